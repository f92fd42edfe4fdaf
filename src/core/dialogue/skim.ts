/** Tag and name of a client line, without looking at its arguments (RFC 9051 §2.2.1). */
import { latin1, SP } from "../base/octets.ts";
import { readCommandName, readUidName } from "../imap/command-name.ts";
import { isKnownCommand } from "../vocabulary/vocabulary.ts";

export interface CommandLine {
  /** Offset behind the first word, which is the tag: 0 where the line begins with a space. */
  readonly tagEnd: number;
  /** Whether that word may be a tag at all. */
  readonly tagged: boolean;
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
  let name = readCommandName(line, start, end);
  if (name === "UID" && end < limit) {
    start = spacesEnd(line, end, limit);
    end = wordEnd(line, start, limit);
    name = readUidName(line, start, end);
  }
  const decided = complete || end < limit || limit === COMMAND_PREFIX_OCTETS;
  return { tagEnd, tagged: isTag(line, tagEnd), name, rest: end, decided };
}

/** The first word of a line; "" where it begins with a space. */
export function tagOf(line: Uint8Array, { tagEnd }: CommandLine): string {
  return latin1(line, 0, tagEnd);
}

/** `tag SP known-command`: no SASL line (Base64 has no space) and no password is mistaken for one. */
export function isCommand({ tagged, name }: CommandLine): boolean {
  return tagged && isKnownCommand(name);
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
const TAG_OCTETS = Uint8Array.from({ length: 256 }, (_, octet) =>
  /[^\x00-\x20\x7f-\xff(){%*"\\+]/.test(String.fromCharCode(octet)) ? 1 : 0,
);

/** Whether the octets before `end` are a tag. */
export function isTag(line: Uint8Array, end = line.length): boolean {
  for (let i = 0; i < end; i++) if (TAG_OCTETS[line[i] ?? 0] === 0) return false;
  return end > 0;
}

/**
 * Whether a line, or the octets of one that have come, is a record of TLS that holds a part of a handshake (RFC 8446 §5.1): no tag begins
 * so. `undefined` where that is not known yet.
 */
export function isTls(line: Uint8Array, complete = true): boolean | undefined {
  if (line[0] !== 0x16) return false;
  return line.length < 2 && !complete ? undefined : line[1] === 0x03;
}

/** Whether a line reads `DONE`, the end of IDLE (RFC 2177 §3). */
export function isDone(line: Uint8Array): boolean {
  return line.length >= 4 && line.length <= 6 && latin1(line).trim().toUpperCase() === "DONE";
}

/** Whether a line reads `*`, the end of an authentication exchange by the client (RFC 9051 §6.2.2). */
export function isCancel(line: Uint8Array): boolean {
  return line.length === 1 && line[0] === 0x2a;
}
