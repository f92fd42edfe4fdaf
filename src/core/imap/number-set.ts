/**
 * Sequence sets and UID sets (RFC 9051 §4.1.1), kept as the ranges they were written in and never expanded: `1:4294967295`
 * costs what `1` costs.
 */
import { LIMITS } from "../base/limits.ts";
import type { NumberSet } from "./command.ts";
import type { SetRange, UidSet } from "./response.ts";

const ASTERISK = 0x2a;
const COLON = 0x3a;
const LARGEST = 0xffffffff;

export interface ReadSet {
  /** The ranges that could be read, at most LIMITS.listElements. */
  readonly set: UidSet;
  /** What breaks the grammar, in words, if anything does. */
  readonly problem: string | undefined;
}

/** Reads a set; ranges that cannot be read are left out, with a problem. Never throws. */
export function readNumberSet(text: string): ReadSet {
  const set: SetRange[] = [];
  let problem: string | undefined;
  let at = 0;
  const length = text.length;
  if (length === 0) return { set, problem: "The set is empty." };
  while (at <= length) {
    const comma = text.indexOf(",", at);
    const end = comma < 0 ? length : comma;
    const range = readRange(text, at, end);
    if (range === undefined) problem ??= "A range of the set is no number, `*`, or two of them with a colon.";
    else if (set.length < LIMITS.listElements) set.push(range);
    else problem ??= "The set has more ranges than are kept.";
    at = end + 1;
  }
  return { set, problem };
}

function readRange(text: string, start: number, end: number): SetRange | undefined {
  let colon = start;
  while (colon < end && text.charCodeAt(colon) !== COLON) colon++;
  const from = readMember(text, start, colon);
  if (from === undefined || colon === end) return from === undefined ? undefined : { from, to: from };
  const to = readMember(text, colon + 1, end);
  return to === undefined ? undefined : { from, to };
}

/** A number from 1 to 2^32 - 1, or `*`. */
function readMember(text: string, start: number, end: number): number | "*" | undefined {
  if (end - start === 1 && text.charCodeAt(start) === ASTERISK) return "*";
  if (end <= start || end - start > 10) return undefined;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value >= 1 && value <= LARGEST ? value : undefined;
}

/** Reads the set argument of a command: also `$` (RFC 5182 §2.1); `undefined` where it is no set. */
export function parseNumberSet(text: string): NumberSet {
  if (text === "$") return "$";
  const { set, problem } = readNumberSet(text);
  return problem === undefined ? set : undefined;
}

/** A set as it is written. */
export function formatNumberSet(set: UidSet): string {
  return set.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(",");
}

/**
 * Whether a set has a number. `largest` is what `*` stands for: EXISTS or the largest UID. Where it is not known and only a
 * range with `*` could have the number, the answer is `undefined`.
 */
export function setContains(set: UidSet, number: number, largest: number | undefined): boolean | undefined {
  let unsure = false;
  for (const { from, to } of set) {
    const first = from === "*" ? largest : from;
    const last = to === "*" ? largest : to;
    if (first !== undefined && last !== undefined) {
      if (number >= Math.min(first, last) && number <= Math.max(first, last)) return true;
      continue;
    }
    const known = first ?? last;
    if (known === number) return true;
    unsure = true;
  }
  return unsure ? undefined : false;
}

/** How many numbers a set names, counting repeated ones again; `undefined` where it holds `*`. */
export function setSize(set: UidSet): number | undefined {
  let size = 0;
  for (const { from, to } of set) {
    if (from === "*" || to === "*") return undefined;
    size += Math.abs(to - from) + 1;
  }
  return size;
}
