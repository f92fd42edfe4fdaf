/** Looks names up in the vocabulary, in any case; who solicits what is derived here from the rows of the commands. */
import { CAPABILITIES } from "./capabilities.ts";
import { COMMANDS } from "./commands.ts";
import { DATA_ITEMS } from "./data-items.ts";
import type { CapabilityEntry, CodeEntry, DataItemEntry, FlagEntry, ResponseEntry } from "./entry.ts";
import { FLAGS } from "./flags.ts";
import { RESPONSE_CODES } from "./response-codes.ts";
import { RESPONSES } from "./responses.ts";

export { COMMANDS, commandEntry, isKnownCommand } from "./commands.ts";

function commandsWith(list: "solicits" | "codes" | "capabilities", name: string): readonly string[] {
  return COMMANDS.filter((entry) => entry[list].includes(name)).map((entry) => entry.name);
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.name.toUpperCase(), entry]));
}

export const RESPONSE_ENTRIES: readonly ResponseEntry[] = RESPONSES.map((row) => ({
  ...row,
  solicitedBy: commandsWith("solicits", row.name),
}));

export const CODE_ENTRIES: readonly CodeEntry[] = RESPONSE_CODES.map((row) => ({
  ...row,
  solicitedBy: commandsWith("codes", row.name),
}));

export const CAPABILITY_ENTRIES: readonly CapabilityEntry[] = CAPABILITIES.map((row) => ({
  ...row,
  allows: commandsWith("capabilities", row.name.toUpperCase()),
}));

const responses = byName(RESPONSE_ENTRIES);
const codes = byName(CODE_ENTRIES);
const capabilities = byName(CAPABILITY_ENTRIES);
const flags = byName(FLAGS);
const dataItems = byName(DATA_ITEMS);

/** The row of a response by its name (`FETCH`, `OK`). */
export function responseEntry(name: string): ResponseEntry | undefined {
  return responses.get(name) ?? responses.get(name.toUpperCase());
}

/** The row of a response code by its name (`UIDNEXT`). */
export function codeEntry(name: string): CodeEntry | undefined {
  return codes.get(name.toUpperCase());
}

/**
 * The row of a capability as a server advertises it. `AUTH=PLAIN` without a row of its own is that of `AUTH=`, and
 * `QUOTA=RES-STORAGE` that of `QUOTA=RES-`.
 */
export function capabilityEntry(name: string): CapabilityEntry | undefined {
  const upper = name.toUpperCase();
  const exact = capabilities.get(upper);
  if (exact !== undefined) return exact;
  const equals = upper.indexOf("=");
  if (equals === -1) return undefined;
  if (upper.startsWith("QUOTA=RES-")) return capabilities.get("QUOTA=RES-");
  return capabilities.get(upper.slice(0, equals + 1));
}

/** The row of a flag, keyword or mailbox attribute. */
export function flagEntry(name: string): FlagEntry | undefined {
  return flags.get(name.toUpperCase());
}

/** The row of an item of FETCH or STATUS; a section and what follows it are not part of the name. */
export function dataItemEntry(name: string): DataItemEntry | undefined {
  const bracket = name.indexOf("[");
  return dataItems.get((bracket === -1 ? name : name.slice(0, bracket)).toUpperCase());
}

/** Whether a capability (`SORT=DISPLAY`, `IMAP4rev2`) satisfies what a command's row asks for (`SORT=`, `IMAP4REV2`). */
export function capabilitySatisfies(advertised: string, needed: string): boolean {
  const upper = advertised.toUpperCase();
  return needed.endsWith("=") ? upper.startsWith(needed) : upper === needed;
}
