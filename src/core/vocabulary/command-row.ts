/** How the tables of commands write a row: what most commands have in common is left out. */
import type { CommandEntry, CommandState } from "./entry.ts";

export const ANY_STATE: readonly CommandState[] = ["notAuthenticated", "authenticated", "selected"];
export const NOT_AUTHENTICATED: readonly CommandState[] = ["notAuthenticated"];
export const AUTHENTICATED: readonly CommandState[] = ["authenticated", "selected"];
export const SELECTED: readonly CommandState[] = ["selected"];

type Optional = Omit<CommandEntry, "name" | "rfc" | "states" | "words">;

/**
 * A row. Unless `more` says otherwise a command needs no capability, is answered by nothing but its tagged response,
 * and may be accompanied by EXPUNGE wherever a mailbox can be selected (RFC 9051 §7.5.1).
 */
export function command(
  name: string,
  rfc: string | undefined,
  states: readonly CommandState[],
  words: string,
  more: Partial<Optional> = {},
): CommandEntry {
  return {
    name,
    rfc,
    states,
    words,
    capabilities: [],
    solicits: [],
    codes: [],
    mayExpunge: states.includes("selected"),
    usesSequenceNumbers: false,
    takesMailbox: false,
    obsolete: false,
    ...more,
  };
}
