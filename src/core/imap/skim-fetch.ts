/**
 * FETCH responses as nearly all of them stand, read as far as it matters to whom they belong and what they tell of their
 * message: number, names of items, UID and flags. No value is made of anything else, and nothing behind the first nested
 * value (ENVELOPE, BODY, BODYSTRUCTURE) is looked at. What stands in any other way is left to the parser.
 */
import { BACKSLASH, CR, DQUOTE, fromLatin1, LF, SP } from "../base/octets.ts";
import { flagListEnd, knownFlags } from "./known-flags.ts";

/** What was read; valid until the next response is skimmed, but for `names` and `flags`. */
export interface SkimmedFetch {
  number: number;
  uid: number | undefined;
  flags: readonly string[] | undefined;
  /** Up to the first nested value; the same array as before where the names are the same. */
  names: readonly string[];
  /** Whether a nested value stands, so that there may be more items. */
  open: boolean;
  /** Offset behind the line. */
  end: number;
}

const ASTERISK = 0x2a;
const OPEN = 0x28;
const CLOSE = 0x29;
const CLOSING_BRACE = 0x7d;
const FETCH = fromLatin1(" FETCH (");
/** A number of so many digits is exact, and more than enough. */
const DIGITS = 15;

/** Moves past a value that begins at `at`; -1 where it stands in another way. */
type Skim = (bytes: Uint8Array, at: number, skimmed: SkimmedFetch) => number;

interface Item {
  readonly name: string;
  /** The name, written as servers write it, and the space behind it. */
  readonly octets: Uint8Array;
  /** `undefined` for nested values. */
  readonly skim: Skim | undefined;
}

const ITEMS: readonly Item[] = [
  item("UID", uid),
  item("FLAGS", flags),
  item("INTERNALDATE", date),
  item("RFC822.SIZE", digitsEnd),
  item("MODSEQ", modSequence),
  item("X-GM-MSGID", digitsEnd),
  item("X-GM-THRID", digitsEnd),
  item("ENVELOPE"),
  item("BODYSTRUCTURE"),
  item("BODY"),
];

/** Reads the response that begins at `start`; `undefined` where it is none, is not whole, or stands in any other way. */
export type FetchSkimmer = (bytes: Uint8Array, start: number) => SkimmedFetch | undefined;

export function createFetchSkimmer(): FetchSkimmer {
  const skimmed: SkimmedFetch = {
    number: 0,
    uid: undefined,
    flags: undefined,
    names: [],
    open: false,
    end: 0,
  };
  /** The items of the response before, which are most likely those of this one, and as many of them as were read again. */
  let expected: Item[] = [];
  let count = 0;

  /** The item whose name stands at `at`; from the first on that is another one than before, all are. */
  function itemAt(bytes: Uint8Array, at: number): Item | undefined {
    const likely = expected[count];
    if (likely !== undefined && stands(likely.octets, bytes, at)) return likely;
    const found = ITEMS.find(({ octets }) => stands(octets, bytes, at));
    if (found !== undefined) expected = [...expected.slice(0, count), found];
    return found;
  }

  /** Where the items end that begin at `start`: before the parenthesis that closes them, or within a nested value. */
  function itemsEnd(bytes: Uint8Array, start: number): number {
    count = 0;
    for (let at = start; ; at++) {
      const found = itemAt(bytes, at);
      if (found === undefined) return -1;
      count++;
      at += found.octets.length;
      if (found.skim === undefined) {
        skimmed.open = true;
        return bytes[at] === OPEN ? at : -1;
      }
      at = found.skim(bytes, at, skimmed);
      if (at < 0 || bytes[at] === CLOSE) return at;
      if (bytes[at] !== SP) return -1;
    }
  }

  return (bytes, start) => {
    skimmed.uid = undefined;
    skimmed.flags = undefined;
    skimmed.open = false;
    if (bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return undefined;
    const numberEnd = digitsEnd(bytes, start + 2);
    if (numberEnd < 0 || !stands(FETCH, bytes, numberEnd)) return undefined;
    skimmed.number = numberAt(bytes, start + 2, numberEnd);
    const itemsAt = itemsEnd(bytes, numberEnd + FETCH.length);
    if (itemsAt < 0 || skimmed.number === 0) return undefined;
    const lf = skimmed.open ? bytes.indexOf(LF, itemsAt) : itemsAt + 2;
    if (bytes[lf] !== LF || bytes[lf - 1] !== CR || bytes[lf - 2] === CLOSING_BRACE) return undefined;
    if (expected.length > count) expected = expected.slice(0, count);
    if (!isNamed(skimmed.names, expected)) skimmed.names = expected.map(({ name }) => name);
    skimmed.end = lf + 1;
    return skimmed;
  };
}

function item(name: string, skim?: Skim): Item {
  return { name, octets: fromLatin1(`${name} `), skim };
}

function isNamed(names: readonly string[], items: readonly Item[]): boolean {
  if (names.length !== items.length) return false;
  for (let i = 0; i < names.length; i++) if (names[i] !== items[i]?.name) return false;
  return true;
}

function stands(octets: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < octets.length; i++) if (bytes[at + i] !== octets[i]) return false;
  return true;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let octet = bytes[at] ?? 0; octet >= 0x30 && octet <= 0x39; octet = bytes[at] ?? 0) at++;
  return at > start && at - start <= DIGITS ? at : -1;
}

function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? 0) - 0x30;
  return value;
}

/** Of two UIDs, or two lists of flags, the parser has to tell. */
function uid(bytes: Uint8Array, at: number, skimmed: SkimmedFetch): number {
  const end = digitsEnd(bytes, at);
  if (end < 0 || skimmed.uid !== undefined) return -1;
  const value = numberAt(bytes, at, end);
  skimmed.uid = value;
  return value > 0 && value <= 0xffffffff ? end : -1;
}

function flags(bytes: Uint8Array, at: number, skimmed: SkimmedFetch): number {
  const end = bytes[at] === OPEN ? flagListEnd(bytes, at) : -1;
  if (end < 0 || skimmed.flags !== undefined) return -1;
  skimmed.flags = knownFlags(bytes, at, end);
  return skimmed.flags === undefined ? -1 : end;
}

/** `date-time` is of one size (RFC 9051 §9). */
function date(bytes: Uint8Array, at: number): number {
  const end = at + 27;
  if (bytes[at] !== DQUOTE || bytes[end] !== DQUOTE || bytes[end - 1] === BACKSLASH) return -1;
  return end + 1;
}

function modSequence(bytes: Uint8Array, at: number): number {
  const end = bytes[at] === OPEN ? digitsEnd(bytes, at + 1) : -1;
  return end >= 0 && bytes[end] === CLOSE ? end + 1 : -1;
}
