/**
 * FETCH responses as nearly all of them stand, read as far as it matters to whom they belong and what they tell of their
 * message: number, names of items, UID and flags. No value is made of anything else, and nothing behind the first nested
 * value (ENVELOPE, BODY, BODYSTRUCTURE) is looked at. What stands in any other way is left to the parser.
 */
import { BACKSLASH, CR, DQUOTE, LF, SP } from "../base/octets.ts";
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
const FETCH = [SP, 0x46, 0x45, 0x54, 0x43, 0x48, SP, OPEN];
/** A number of so many digits is exact, and more than enough. */
const DIGITS = 15;

/** Where the cursor stands in which octets; `number` is the last that was read. */
interface Cursor {
  bytes: Uint8Array;
  at: number;
  number: number;
}

/** Moves past a value; false where it stands in another way. */
type Skim = (cursor: Cursor, skimmed: SkimmedFetch) => boolean;

const number: Skim = (cursor) => digits(cursor);

interface Item {
  readonly name: string;
  readonly skim: Skim | "nested";
}

const ITEMS: readonly Item[] = [
  { name: "UID", skim: uid },
  { name: "FLAGS", skim: flags },
  { name: "INTERNALDATE", skim: date },
  { name: "RFC822.SIZE", skim: number },
  { name: "MODSEQ", skim: (cursor) => octet(cursor, OPEN) && digits(cursor) && octet(cursor, CLOSE) },
  { name: "X-GM-MSGID", skim: number },
  { name: "X-GM-THRID", skim: number },
  { name: "ENVELOPE", skim: "nested" },
  { name: "BODYSTRUCTURE", skim: "nested" },
  { name: "BODY", skim: "nested" },
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
  const cursor: Cursor = { bytes: new Uint8Array(0), at: 0, number: 0 };
  /** The items of the response before, which are most likely those of this one, and as many of them as were read again. */
  let expected: Item[] = [];
  let count = 0;

  function head(): boolean {
    if (!octet(cursor, ASTERISK) || !octet(cursor, SP) || !digits(cursor)) return false;
    skimmed.number = cursor.number;
    for (const each of FETCH) if (!octet(cursor, each)) return false;
    return skimmed.number > 0;
  }

  /** The item whose name stands at the cursor; from the first on that is another one than before, all are. */
  function named(): Item | undefined {
    const likely = expected[count];
    if (likely !== undefined && takeName(cursor, likely.name)) return likely;
    const item = ITEMS.find(({ name }) => takeName(cursor, name));
    if (item !== undefined) expected = [...expected.slice(0, count), item];
    return item;
  }

  function items(): boolean {
    count = 0;
    skimmed.open = false;
    do {
      const item = named();
      if (item === undefined) return false;
      count++;
      if (item.skim === "nested") skimmed.open = cursor.bytes[cursor.at] === OPEN;
      else if (!item.skim(cursor, skimmed)) return false;
    } while (!skimmed.open && octet(cursor, SP));
    return skimmed.open || octet(cursor, CLOSE);
  }

  return (bytes, start) => {
    cursor.bytes = bytes;
    cursor.at = start;
    skimmed.uid = undefined;
    skimmed.flags = undefined;
    if (!head() || !items()) return undefined;
    const lf = skimmed.open ? bytes.indexOf(LF, cursor.at) : cursor.at + 1;
    if (bytes[lf] !== LF || bytes[lf - 1] !== CR || bytes[lf - 2] === CLOSING_BRACE) return undefined;
    if (expected.length > count) expected = expected.slice(0, count);
    if (!isNamed(skimmed.names, expected)) skimmed.names = expected.map(({ name }) => name);
    skimmed.end = lf + 1;
    return skimmed;
  };
}

function isNamed(names: readonly string[], items: readonly Item[]): boolean {
  if (names.length !== items.length) return false;
  for (let i = 0; i < names.length; i++) if (names[i] !== items[i]?.name) return false;
  return true;
}

/** Moves past a name, written as servers write it, and the space behind it. */
function takeName(cursor: Cursor, name: string): boolean {
  const { bytes, at } = cursor;
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name.charCodeAt(i)) return false;
  if (bytes[at + name.length] !== SP) return false;
  cursor.at = at + name.length + 1;
  return true;
}

function octet(cursor: Cursor, expected: number): boolean {
  if (cursor.bytes[cursor.at] !== expected) return false;
  cursor.at++;
  return true;
}

function digits(cursor: Cursor): boolean {
  const { bytes, at: start } = cursor;
  let value = 0;
  let at = start;
  for (; ; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  cursor.number = value;
  cursor.at = at;
  return at > start && at - start <= DIGITS;
}

/** Of two UIDs, or two lists of flags, the parser has to tell. */
function uid(cursor: Cursor, skimmed: SkimmedFetch): boolean {
  if (skimmed.uid !== undefined) return false;
  const read = digits(cursor) && cursor.number > 0 && cursor.number <= 0xffffffff;
  skimmed.uid = cursor.number;
  return read;
}

function flags(cursor: Cursor, skimmed: SkimmedFetch): boolean {
  const { bytes, at } = cursor;
  const end = bytes[at] === OPEN ? flagListEnd(bytes, at) : -1;
  if (end < 0 || skimmed.flags !== undefined) return false;
  skimmed.flags = knownFlags(bytes, at, end);
  cursor.at = end;
  return skimmed.flags !== undefined;
}

/** `date-time` is of one size (RFC 9051 §9). */
function date(cursor: Cursor): boolean {
  const { bytes, at } = cursor;
  const end = at + 27;
  if (bytes[at] !== DQUOTE || bytes[end] !== DQUOTE || bytes[end - 1] === BACKSLASH) return false;
  cursor.at = end + 1;
  return true;
}
