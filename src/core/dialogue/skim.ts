/** Tag and name of a client line, without looking at its arguments (RFC 9051 §2.2.1). */
import { latin1, SP } from "../base/octets.ts";

export interface CommandLine {
  /** The first word; "" where the line begins with a space. */
  readonly tag: string;
  /** Upper case, with `UID ` where it has that prefix; "" where there is no second word. */
  readonly name: string;
  /** Offset of the first octet behind the name. */
  readonly rest: number;
  /** False while more octets could still lengthen the name (only for a line that is not complete). */
  readonly decided: boolean;
}

/** Octets of tag and name together beyond which a line is no command. */
export const COMMAND_PREFIX_OCTETS = 512;

/** Skims a line, or the part of one that has come so far. Never throws; looks at no more than COMMAND_PREFIX_OCTETS. */
export function commandLine(line: Uint8Array, complete = true): CommandLine {
  const limit = Math.min(line.length, COMMAND_PREFIX_OCTETS);
  const tagEnd = wordEnd(line, 0, limit);
  let start = spacesEnd(line, tagEnd, limit);
  let end = wordEnd(line, start, limit);
  let name = latin1(line, start, end).toUpperCase();
  if (name === "UID" && end < limit) {
    start = spacesEnd(line, end, limit);
    end = wordEnd(line, start, limit);
    name = `UID ${latin1(line, start, end).toUpperCase()}`;
  }
  const decided = complete || end < limit || limit === COMMAND_PREFIX_OCTETS;
  return { tag: latin1(line, 0, tagEnd), name, rest: end, decided };
}

function wordEnd(line: Uint8Array, start: number, limit: number): number {
  let i = start;
  while (i < limit && line[i] !== SP) i++;
  return i;
}

function spacesEnd(line: Uint8Array, start: number, limit: number): number {
  let i = start;
  while (i < limit && line[i] === SP) i++;
  return i;
}

/** A tag is one or more ASTRING-CHARs except `+` (RFC 9051 §9). */
export function isTag(text: string): boolean {
  return /^[^\x00-\x20\x7f-\xff(){%*"\\+]+$/.test(text);
}

/** Whether a line reads `DONE`, the end of IDLE (RFC 2177 §3). */
export function isDone(line: Uint8Array): boolean {
  return line.length >= 4 && line.length <= 6 && latin1(line).trim().toUpperCase() === "DONE";
}

/** Whether a line reads `*`, the end of an authentication exchange by the client (RFC 9051 §6.2.2). */
export function isCancel(line: Uint8Array): boolean {
  return line.length === 1 && line[0] === 0x2a;
}
