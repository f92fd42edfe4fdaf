/**
 * Canonical forms of arguments: however a client has written one (atom, quoted or literal, in any case and order that the
 * grammar leaves open), the text is the same, and different values have different texts.
 */
import { MASK } from "../base/mask.ts";
import { NO_OCTETS, readable } from "../base/octets.ts";
import { rangeSet } from "../exchange/range-set.ts";
import { lowerCase, upperCase } from "../imap/ascii-case.ts";
import type { Literal } from "../imap/frame.ts";
import { decodeMailboxName, mailboxOf } from "../imap/mailbox-name.ts";
import { readNumberSet } from "../imap/number-set.ts";
import type { Token } from "../imap/token.ts";
import { FLAGS } from "../vocabulary/flags.ts";
import type { LiteralPrint } from "./literal-print.ts";

export type Prints = ReadonlyMap<Literal, LiteralPrint>;

/** What may be a string (RFC 9051 §9): all but a list. */
export type StringToken = Exclude<Token, { readonly kind: "list" }>;

/** A string of which not every octet is kept, by a text that no octets have; one that did not come may be any of its size. */
export function printText({ octets, digest }: LiteralPrint): string {
  return `\u2026${octets} octets, ${digest === undefined ? MASK : `digest ${digest}`}`;
}

/** Octets of a literal up to which its octets are compared as they are. */
const SHORT_OCTETS = 256;

export function isShort({ octets, head }: LiteralPrint): boolean {
  return octets <= SHORT_OCTETS && head.length === octets;
}

/** The octets of a string as ISO-8859-1. */
export function stringOf(token: StringToken, prints: Prints): string {
  if (token.kind === "nil") return "NIL";
  if (token.kind !== "literal") return token.text;
  const { literal } = token;
  if (literal.received < literal.octets)
    return printText({ octets: literal.octets, head: NO_OCTETS, digest: undefined });
  if (literal.head.length === literal.octets) return token.text;
  return printText(prints.get(literal) ?? { octets: literal.octets, head: literal.head, digest: undefined });
}

/** A string beside others: quoted where it could be taken for anything else. */
export function quoted(text: string): string {
  return /^[^\s"(){}\\,]+$/.test(text) && text !== "NIL" ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** A string that IMAP compares without case. */
export function caseless(token: StringToken, prints: Prints): string {
  return quoted(lowerCase(stringOf(token, prints)));
}

/** In capitals but for masks, which must be found again. */
function folded(text: string): string {
  return text.includes(MASK) ? text.split(MASK).map(upperCase).join(MASK) : upperCase(text);
}

/** Any argument, where nothing is known of it: strings without case, however they are written, and sets as sets. */
export function anyText(token: Token, prints: Prints): string {
  switch (token.kind) {
    case "nil":
      return "NIL";
    case "list":
      return `(${token.items.map((item) => anyText(item, prints)).join(" ")})`;
    case "atom":
      return /^[\d*][\d,:*]*$/.test(token.text) ? setText(token.text) : quoted(folded(token.text));
    default:
      return quoted(folded(stringOf(token, prints)));
  }
}

/** A set of messages: sorted, merged, the smaller number first (RFC 9051 §4.1.1). What is no set stays as it stands. */
export function setText(text: string): string {
  const { set, problem } = readNumberSet(text);
  if (problem !== undefined) return upperCase(text);
  const numbers: [number, number][] = [];
  const open = new Set<number>();
  let last = false;
  for (const { from, to } of set) {
    if (from === "*" && to === "*") last = true;
    else if (from === "*") open.add(Number(to));
    else if (to === "*") open.add(from);
    else numbers.push([from, to]);
  }
  const ranges = rangeSet(numbers).ranges.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`));
  const toLast = [...open].sort((a, b) => a - b).map((from) => `${from}:*`);
  return [...ranges, ...toLast, ...(last ? ["*"] : [])].join(",");
}

/** A mailbox by the name that people read, so that modified UTF-7 and UTF-8 are the same; INBOX in capitals. */
export function mailboxText(raw: string): string {
  const { name } = mailboxOf(raw);
  // What is not UTF-8 has no name of its own.
  return name.includes("\ufffd") ? raw : name;
}

/** The same for a pattern of LIST. */
export function patternText(raw: string): string {
  return upperCase(raw) === "INBOX" ? "INBOX" : decodeMailboxName(raw).name;
}

const USUAL_CASE: ReadonlyMap<string, string> = new Map(FLAGS.map(({ name }) => [upperCase(name), name]));

/** A flag as it is usually written: flags are compared without case (RFC 9051 §2.3.2). */
export function flagText(flag: string): string {
  return USUAL_CASE.get(upperCase(flag)) ?? lowerCase(flag);
}

/** Sorted, each once. */
export function sortedOnce(texts: Iterable<string>): readonly string[] {
  return [...new Set(texts)].sort();
}

/** A date as it is usually written: its month with one capital. */
export function monthText(date: string): string {
  return date.replace(
    /-([A-Za-z])([A-Za-z]{2})-/,
    (_, first, rest) => `-${upperCase(String(first))}${lowerCase(String(rest))}-`,
  );
}

/** How octets are shown to people, where that is not as they stand; decoded names come as they are. */
export function shownAs(text: string): { readonly shown?: string } {
  const shown = octetsText(text);
  return shown === text ? {} : { shown };
}

/** Octets as people read them; a text that is none, because it was decoded, stays. */
export function octetsText(text: string): string {
  return /^[\0-\xff]*$/.test(text) ? readable(text) : text;
}
