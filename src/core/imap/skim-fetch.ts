/**
 * FETCH responses as nearly all of them stand, read as far as it matters to whom they belong and what they tell of their
 * message: number, names of items, UID and flags. No value is made of anything else, and nothing behind the first nested
 * value (ENVELOPE, BODY, BODYSTRUCTURE) is looked at. What stands in any other way is left to the parser.
 */
import { CR, DQUOTE, isDigit, LF, SP } from "../base/octets.ts";
import { ShortText } from "../base/short-text.ts";
import { knownList } from "./known-flags.ts";

const ASTERISK = 0x2a;
const OPEN = 0x28;
const CLOSE = 0x29;
const CLOSING_BRACE = 0x7d;
const ZERO = 0x30;
const PLUS = 0x2b;
const COLON = 0x3a;
const FETCH = new ShortText(" FETCH (");
/** A number of so many digits is exact, and more than enough. */
const DIGITS = 15;
/** As many as one of 64 bits has, whose value is of no interest. */
const LONG_DIGITS = 20;
const DATE_OCTETS = 28;

/** How a value stands. Numbers, so that one `switch` tells them apart: calls of many functions from one place are slow. */
const NUMBER = 0;
const UID = 1;
const FLAGS = 2;
const DATE = 3;
const MOD_SEQUENCE = 4;
const LONG_NUMBER = 5;
const NESTED = 6;

interface Item {
  readonly name: string;
  /** The name, written as servers write it, and the space behind it. */
  readonly text: ShortText;
  readonly value: number;
}

const ITEMS: readonly Item[] = [
  item("UID", UID),
  item("FLAGS", FLAGS),
  item("INTERNALDATE", DATE),
  item("RFC822.SIZE", NUMBER),
  item("MODSEQ", MOD_SEQUENCE),
  item("X-GM-MSGID", LONG_NUMBER),
  item("X-GM-THRID", LONG_NUMBER),
  item("ENVELOPE", NESTED),
  item("BODYSTRUCTURE", NESTED),
  item("BODY", NESTED),
];

function item(name: string, value: number): Item {
  return { name, text: new ShortText(`${name} `), value };
}

/** An item behind others, or the name of the response before all. What followed it last is most likely to follow it again. */
class Step {
  readonly text: ShortText;
  readonly value: number;
  /** Of the items up to it. */
  readonly names: readonly string[];
  next: Step | undefined = undefined;

  constructor(text: ShortText, value: number, names: readonly string[]) {
    this.text = text;
    this.value = value;
    this.names = names;
  }

  /** The step to the item whose name stands at `at`. */
  behind(view: DataView, at: number, end: number): Step | undefined {
    const { next } = this;
    return next?.text.stands(view, at, end) === true ? next : this.another(view, at, end);
  }

  private another(view: DataView, at: number, end: number): Step | undefined {
    const found = ITEMS.find(({ text }) => text.stands(view, at, end));
    if (found === undefined || this.names.length === ITEMS.length) return undefined;
    this.next = new Step(found.text, found.value, [...this.names, found.name]);
    return this.next;
  }
}

/** Skims one response after the other; what was read of one is valid until the next is skimmed, but for `names` and `flags`. */
export class FetchSkimmer {
  number = 0;
  uid: number | undefined = undefined;
  flags: readonly string[] | undefined = undefined;
  /** Up to the first nested value; the same array as before where the names are the same. */
  names: readonly string[] = [];
  /** Whether a nested value stands, so that there may be more items. */
  open = false;
  /** Offset behind the line. */
  end = 0;

  private readonly beginning = new Step(FETCH, NESTED, []);
  /** The number whose end was found last. */
  private value = 0;
  /** Where the first value begins that was passed without a look at each of its octets; -1 where none was. */
  private passed = -1;

  /**
   * Reads the response that begins at `start`; false where it is none, is not whole, or stands in any other way. `lastLf` is
   * the last LF of the octets: no number and no name goes on behind it, so that nothing need ask whether octets are there.
   */
  skim(bytes: Uint8Array, view: DataView, start: number, lastLf: number): boolean {
    if (start >= lastLf || bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return false;
    this.uid = undefined;
    this.flags = undefined;
    this.passed = -1;
    const numberEnd = this.numberEnd(bytes, start + 2);
    if (numberEnd < 0 || this.value === 0 || !FETCH.stands(view, numberEnd, lastLf)) return false;
    this.number = this.value;
    const end = this.itemsEnd(bytes, view, numberEnd + FETCH.octets, lastLf);
    if (end < 0) return false;
    const lf = this.passed < 0 ? end + 2 : bytes.indexOf(LF, this.passed);
    this.end = lf + 1;
    if (lf > lastLf || (this.open ? lf < end : lf !== end + 2)) return false;
    return bytes[lf] === LF && bytes[lf - 1] === CR && bytes[lf - 2] !== CLOSING_BRACE;
  }

  /** Where the items end that begin at `start`: before the parenthesis that closes them, or within a nested value. */
  private itemsEnd(bytes: Uint8Array, view: DataView, start: number, lastLf: number): number {
    let step: Step | undefined = this.beginning;
    for (let at = start; ; at++) {
      step = step.behind(view, at, lastLf);
      if (step === undefined) return -1;
      at += step.text.octets;
      this.names = step.names;
      this.open = step.value === NESTED;
      if (this.passed < 0 && (this.open || step.value === DATE)) this.passed = at;
      if (this.open) return bytes[at] === OPEN ? at : -1;
      at = this.valueEnd(step.value, bytes, at, lastLf);
      if (at < 0 || bytes[at] === CLOSE) return at;
      if (bytes[at] !== SP) return -1;
    }
  }

  /** Where a value ends that begins at `at`, before the last LF; -1 where it stands in another way. */
  private valueEnd(value: number, bytes: Uint8Array, at: number, lastLf: number): number {
    switch (value) {
      case UID:
        return this.uidEnd(bytes, at);
      case FLAGS:
        return this.flagsEnd(bytes, at, lastLf);
      case DATE:
        return dateEnd(bytes, at, lastLf);
      case MOD_SEQUENCE:
        return this.modSequenceEnd(bytes, at);
      case LONG_NUMBER:
        return this.numberEnd(bytes, at, LONG_DIGITS);
      default:
        return this.numberEnd(bytes, at);
    }
  }

  private numberEnd(bytes: Uint8Array, start: number, digits = DIGITS): number {
    let value = 0;
    let at = start;
    for (let octet = bytes[at]; isDigit(octet); octet = bytes[++at])
      value = value * 10 + (octet ?? ZERO) - ZERO;
    this.value = value;
    return at > start && at - start <= digits ? at : -1;
  }

  /** Of two UIDs, or two lists of flags, the parser has to tell. */
  private uidEnd(bytes: Uint8Array, at: number): number {
    const end = this.numberEnd(bytes, at);
    if (this.uid !== undefined) return -1;
    this.uid = this.value;
    return this.value > 0 && this.value <= 0xffffffff ? end : -1;
  }

  private flagsEnd(bytes: Uint8Array, at: number, lastLf: number): number {
    const known = bytes[at] === OPEN ? knownList(bytes, at) : undefined;
    if (known === undefined || this.flags !== undefined) return -1;
    this.flags = known.flags;
    const end = at + known.octets.length;
    return end < lastLf ? end : -1;
  }

  private modSequenceEnd(bytes: Uint8Array, at: number): number {
    const end = bytes[at] === OPEN ? this.numberEnd(bytes, at + 1, LONG_DIGITS) : -1;
    return end >= 0 && this.value > 0 && bytes[end] === CLOSE ? end + 1 : -1;
  }
}

/** `date-time` is of one size (RFC 9051 §9), and whatever else may stand in quotes is the parser's. */
function dateEnd(bytes: Uint8Array, at: number, lastLf: number): number {
  const end = at + DATE_OCTETS;
  if (end >= lastLf || bytes[at] !== DQUOTE || bytes[end - 1] !== DQUOTE) return -1;
  for (let i = at + 1; i < end - 1; i++) if (!isDateOctet(bytes[i] ?? 0)) return -1;
  return end;
}

/** From `+` to `:` are the digits and all signs of a date. */
function isDateOctet(octet: number): boolean {
  return (
    (octet >= PLUS && octet <= COLON) || octet === SP || ((octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a)
  );
}
