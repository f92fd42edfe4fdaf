/**
 * FETCH responses as nearly all of them stand, read as far as it matters to whom they belong and what they tell of their
 * message: number, names of items, UID and flags. No value is made of anything else, and nothing behind the first nested
 * value (ENVELOPE, BODY, BODYSTRUCTURE) is looked at. What stands in any other way is left to the parser.
 */
import { BACKSLASH, CR, DQUOTE, isDigit, LF, SP } from "../base/octets.ts";
import { ShortText } from "../base/short-text.ts";
import { knownList } from "./known-flags.ts";

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
const FETCH = new ShortText(" FETCH (");
/** A number of so many digits is exact, and more than enough. */
const DIGITS = 15;
const DATE_OCTETS = 28;

/** Moves past a value that begins at `at`; -1 where it stands in another way. */
type Skim = (bytes: Uint8Array, at: number, skimmed: SkimmedFetch) => number;

interface Item {
  readonly name: string;
  /** The name, written as servers write it, and the space behind it. */
  readonly text: ShortText;
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

/** An item behind others, or the name of the response before all. What followed it last is most likely to follow it again. */
class Step {
  readonly text: ShortText;
  readonly skim: Skim | undefined;
  /** Of the items up to it. */
  readonly names: readonly string[];
  next: Step | undefined = undefined;

  constructor(text: ShortText, skim: Skim | undefined, names: readonly string[]) {
    this.text = text;
    this.skim = skim;
    this.names = names;
  }
}

/** Reads the response that begins at `start`; `undefined` where it is none, is not whole, or stands in any other way. */
export type FetchSkimmer = (bytes: Uint8Array, view: DataView, start: number) => SkimmedFetch | undefined;

export function createFetchSkimmer(): FetchSkimmer {
  const beginning = new Step(FETCH, undefined, []);
  const skimmed: SkimmedFetch = {
    number: 0,
    uid: undefined,
    flags: undefined,
    names: [],
    open: false,
    end: 0,
  };

  /** Where the items end that begin at `start`: before the parenthesis that closes them, or within a nested value. */
  function itemsEnd(bytes: Uint8Array, view: DataView, start: number): number {
    let step: Step | undefined = beginning;
    for (let at = start; ; at++) {
      step = stepBehind(step, view, at, bytes.length);
      if (step === undefined) return -1;
      at += step.text.octets;
      const { skim, names } = step;
      skimmed.names = names;
      skimmed.open = skim === undefined;
      if (skim === undefined) return bytes[at] === OPEN ? at : -1;
      at = skim(bytes, at, skimmed);
      if (at < 0 || bytes[at] === CLOSE) return at;
      if (bytes[at] !== SP) return -1;
    }
  }

  return (bytes, view, start) => {
    skimmed.uid = undefined;
    skimmed.flags = undefined;
    if (bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return undefined;
    const numberEnd = digitsEnd(bytes, start + 2);
    if (numberEnd < 0 || !FETCH.stands(view, numberEnd, bytes.length)) return undefined;
    skimmed.number = numberAt(bytes, start + 2, numberEnd);
    const itemsAt = itemsEnd(bytes, view, numberEnd + FETCH.octets);
    if (itemsAt < 0 || skimmed.number === 0) return undefined;
    const lf = skimmed.open ? bytes.indexOf(LF, itemsAt) : itemsAt + 2;
    if (bytes[lf] !== LF || bytes[lf - 1] !== CR || bytes[lf - 2] === CLOSING_BRACE) return undefined;
    skimmed.end = lf + 1;
    return skimmed;
  };
}

function item(name: string, skim?: Skim): Item {
  return { name, text: new ShortText(`${name} `), skim };
}

/** The step to the item whose name stands at `at`. */
function stepBehind(step: Step, view: DataView, at: number, size: number): Step | undefined {
  const { next } = step;
  if (next?.text.stands(view, at, size) === true) return next;
  const found = ITEMS.find(({ text }) => text.stands(view, at, size));
  if (found === undefined || step.names.length === ITEMS.length) return undefined;
  step.next = new Step(found.text, found.skim, [...step.names, found.name]);
  return step.next;
}

function digitsEnd(bytes: Uint8Array, start: number): number {
  const { length } = bytes;
  let at = start;
  while (at < length && isDigit(bytes[at])) at++;
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
  const known = bytes[at] === OPEN ? knownList(bytes, at) : undefined;
  if (known === undefined || skimmed.flags !== undefined) return -1;
  skimmed.flags = known.flags;
  return at + known.octets.length;
}

/** `date-time` is of one size (RFC 9051 §9). */
function date(bytes: Uint8Array, at: number): number {
  const end = at + DATE_OCTETS;
  const isWhole = end < bytes.length && bytes[at] === DQUOTE && bytes[end - 1] === DQUOTE;
  return isWhole && bytes[end - 2] !== BACKSLASH ? end : -1;
}

function modSequence(bytes: Uint8Array, at: number): number {
  const end = bytes[at] === OPEN ? digitsEnd(bytes, at + 1) : -1;
  return end >= 0 && bytes[end] === CLOSE ? end + 1 : -1;
}
