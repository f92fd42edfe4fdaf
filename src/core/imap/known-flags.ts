/**
 * Lists of flags by their octets. A mailbox has thousands of messages and a handful of such lists: each is read once, and all
 * messages that have it share one list. Only what is short and without defects is kept; a later one may take its place.
 */
import { detach } from "../base/octets.ts";

export interface KnownList {
  /** From parenthesis to parenthesis. */
  readonly octets: Uint8Array;
  readonly flags: readonly string[];
}

/** Power of two. */
const PLACES = 1024;
const LIST_OCTETS = 128;
const CLOSE = 0x29;

const places: (KnownList | undefined)[] = Array.from({ length: PLACES });

/** The list that was asked for last: in most mailboxes nearly always the next one, too. */
let last: KnownList | undefined;

/** The list that opens at `start` and ends at the first closing parenthesis, if it was kept. */
export function knownList(line: Uint8Array, start: number): KnownList | undefined {
  if (last !== undefined && stands(last.octets, line, start)) return last;
  const known = places[placeOf(line, start)];
  if (known === undefined || !stands(known.octets, line, start)) return undefined;
  last = known;
  return known;
}

/** Keeps a list from parenthesis to parenthesis, unless it is long, or another closes within it. */
export function keepFlags(list: Uint8Array, flags: readonly string[]): void {
  const isShort = list.length <= LIST_OCTETS && list.indexOf(CLOSE) === list.length - 1;
  if (isShort) places[placeOf(list, 0)] = { octets: detach(list), flags };
}

function placeOf(line: Uint8Array, start: number): number {
  const last = Math.min(line.length, start + LIST_OCTETS);
  let hash = 0;
  for (let at = start + 1; at < last; at++) {
    const octet = line[at] ?? CLOSE;
    if (octet === CLOSE) break;
    hash = (Math.imul(hash, 31) + octet) | 0;
  }
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

function stands(list: Uint8Array, line: Uint8Array, start: number): boolean {
  if (start + list.length > line.length) return false;
  for (let i = 0; i < list.length; i++) if (list[i] !== line[start + i]) return false;
  return true;
}
