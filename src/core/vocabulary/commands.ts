/** Every command, by name. */
import { CONNECTION_COMMANDS } from "./commands-connection.ts";
import { EXTENSION_COMMANDS } from "./commands-extension.ts";
import { MAILBOX_COMMANDS } from "./commands-mailbox.ts";
import { MESSAGE_COMMANDS } from "./commands-message.ts";
import { UID_COMMANDS } from "./commands-uid.ts";
import type { CommandEntry } from "./entry.ts";

export const COMMANDS: readonly CommandEntry[] = [
  ...CONNECTION_COMMANDS,
  ...MAILBOX_COMMANDS,
  ...MESSAGE_COMMANDS,
  ...UID_COMMANDS,
  ...EXTENSION_COMMANDS,
];

const byName: ReadonlyMap<string, CommandEntry> = new Map(COMMANDS.map((entry) => [entry.name, entry]));

/** The row of a command, by its name in any case (`uid fetch` with one space); `undefined` where no row has it. */
export function commandEntry(name: string): CommandEntry | undefined {
  return byName.get(name) ?? byName.get(name.toUpperCase());
}

/**
 * Whether a name, in any case, is that of a command; `UID` alone is none, because its second word makes the command.
 * The masker relies on it before authentication.
 */
export function isKnownCommand(name: string): boolean {
  return commandEntry(name) !== undefined;
}
