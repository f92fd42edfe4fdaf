/**
 * Free text never opens a literal or a quoted string (RFC 9051 §7.1, §7.6): continuation requests, and everything after
 * the status word of `* OK …`, `tag NO …`. A lone `"` or a `{5}` at its end is text. Lines that are no response at all
 * are free text too, so that they cannot swallow what follows them.
 */
import { latin1, NUL, SP } from "../base/octets.ts";
import { RESPONSES } from "../vocabulary/responses.ts";
import { wordReader } from "./words.ts";

const PLUS = 0x2b;
const ASTERISK = 0x2a;

/** The parts of a server line that decide what it is. */
export interface ServerLine {
  readonly kind: "continuation" | "untagged" | "tagged" | "malformed" | "blank";
  /** Where the tag of a tagged response stands; nowhere otherwise. */
  readonly tagStart: number;
  readonly tagEnd: number;
  /** Upper case: the status, or the response name (for `* 5 EXISTS` the name behind the number); "" where there is none. */
  readonly name: string;
  /** Offset of the name (of its number for `* 5 EXISTS`); of the first octet that is not NUL otherwise. */
  readonly start: number;
  /** Offset of the first octet behind the name or `+`. */
  readonly rest: number;
}

/** Reads the name of a response, or a status. */
export const readResponseName = wordReader(RESPONSES.map(({ name }) => name));
const STATUSES = new Set(["OK", "NO", "BAD", "BYE", "PREAUTH"]);
const BLANK: ServerLine = { kind: "blank", tagStart: 0, tagEnd: 0, name: "", start: 0, rest: 0 };

/** Octets of a tag or name beyond which a word is neither; a hostile line costs no more than this. */
const WORD_OCTETS = 256;

export function isStatus(name: string): boolean {
  return STATUSES.has(name);
}

/** Reads just enough of a server line to tell what it is (RFC 9051 §2.2.2). Tolerates leading NULs and extra spaces. */
export function serverLine(line: Uint8Array): ServerLine {
  let at = 0;
  while (line[at] === NUL) at++;
  if (at === line.length) return BLANK;
  if (line[at] === PLUS)
    return { kind: "continuation", tagStart: 0, tagEnd: 0, name: "", start: at, rest: at + 1 };
  const first = wordEnd(line, at);
  if (line[at] === ASTERISK && first === at + 1) return untagged(line, first);
  const second = skipSpaces(line, first);
  const end = wordEnd(line, second);
  const name = readResponseName(line, second, end);
  if (second > first && STATUSES.has(name)) {
    return { kind: "tagged", tagStart: at, tagEnd: first, name, start: second, rest: end };
  }
  return malformed(at);
}

/** The tag of a tagged response. */
export function tagIn(line: Uint8Array, { tagStart, tagEnd }: ServerLine): string {
  return latin1(line, tagStart, tagEnd);
}

function malformed(at: number): ServerLine {
  return { kind: "malformed", tagStart: 0, tagEnd: 0, name: "", start: at, rest: at };
}

function untagged(line: Uint8Array, behindAsterisk: number): ServerLine {
  const start = skipSpaces(line, behindAsterisk);
  if (start === behindAsterisk) return malformed(0);
  let end = wordEnd(line, start);
  let from = start;
  if (isNumber(line, start, end)) {
    from = skipSpaces(line, end);
    end = wordEnd(line, from);
  }
  const name = readResponseName(line, from, end);
  return { kind: "untagged", tagStart: 0, tagEnd: 0, name, start, rest: end };
}

/** Whether a server line is free text from some point on, and so opens no literal. */
export function isFreeText(line: Uint8Array): boolean {
  const { kind, name } = serverLine(line);
  if (kind !== "untagged" || STATUSES.has(name)) return true;
  return STATUS_AND_MORE.test(name);
}

/** A code without a status, or a status without the space behind it: `[ALERT]`, `OK[ALERT]`. */
const STATUS_AND_MORE = /^(?:(?:OK|NO|BAD|BYE|PREAUTH)[^\w-]|\[)/;

function skipSpaces(line: Uint8Array, at: number): number {
  let i = at;
  while (line[i] === SP) i++;
  return i;
}

function wordEnd(line: Uint8Array, start: number): number {
  const limit = Math.min(line.length, start + WORD_OCTETS);
  let i = start;
  while (i < limit && line[i] !== SP) i++;
  return i;
}

function isNumber(line: Uint8Array, start: number, end: number): boolean {
  if (start === end) return false;
  for (let i = start; i < end; i++) {
    const octet = line[i] ?? 0;
    if (octet < 0x30 || octet > 0x39) return false;
  }
  return true;
}
