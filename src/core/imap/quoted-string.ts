/**
 * Quoted strings (RFC 9051 §4.3), with recovery. Servers put raw texts of messages between quotes, so that a string may hold
 * quotes nobody escaped, or end in a backslash that seems to escape its closing quote.
 *
 * First the string is read by the rule: it ends at the first quote without a backslash. If what follows can follow a
 * string, that is its end. If not, the first quote from its start is sought, with a backslash or without, behind which
 * the grammar could go on. Both searches remember how far they looked, so that a line of nothing but quotes stays linear.
 */
import { BACKSLASH, DQUOTE, latin1, SP } from "../base/octets.ts";
import { type Lexer, report, reportOdd, textOf } from "./lexer.ts";

/** What an octet means between quotes: 0 stands for itself, 1 is a quote, 2 a backslash, 3 may not stand there. */
const QUOTED_CLASS = quotedClasses();

function quotedClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let octet = 0; octet < 256; octet++) if (octet < SP || octet >= 0x7f) classes[octet] = 3;
  classes[DQUOTE] = 1;
  classes[BACKSLASH] = 2;
  return classes;
}

/**
 * Consumes the quoted string that the cursor stands at (its opening quote) and gives its text without quotes and
 * escapes, octets as ISO-8859-1. A string that is never closed ends with the line.
 */
export function takeQuoted(lexer: Lexer): string {
  const open = lexer.at;
  const close = closingQuote(lexer);
  const plain = lexer.quotePlain && close === lexer.quoteClose;
  lexer.at = Math.min(close + 1, lexer.limit);
  return plain ? textOf(lexer, open + 1, close) : unescaped(lexer, open + 1, close);
}

/**
 * Consumes a quoted string as nearly every one stands: behind one space, of nothing but US-ASCII without escapes. `undefined`,
 * and nothing consumed, where it stands otherwise.
 */
export function takePlainQuoted(lexer: Lexer): string | undefined {
  const { line, limit } = lexer;
  const start = lexer.at + 2;
  if (line[start - 2] !== SP || line[start - 1] !== DQUOTE) return undefined;
  let end = start;
  while (end < limit && QUOTED_CLASS[line[end] ?? 0] === 0) end++;
  if (end >= limit || line[end] !== DQUOTE || !mayFollow(lexer, end + 1)) return undefined;
  lexer.at = end + 1;
  return textOf(lexer, start, end);
}

/** Moves past the quoted string that the cursor stands at, by the same rule, without making a text of it. */
export function skipQuoted(lexer: Lexer): void {
  lexer.at = Math.min(closingQuote(lexer) + 1, lexer.limit);
}

/** Where the string closes whose opening quote the cursor stands at; the end of the text where it is not closed. */
function closingQuote(lexer: Lexer): number {
  const regular = regularClose(lexer);
  if (regular < lexer.limit && mayFollow(lexer, regular + 1)) return regular;
  const recovered = recoveredClose(lexer);
  if (recovered !== undefined) {
    report(lexer, "quoted", "A quoted string holds a quote that is not escaped, or ends in a backslash.");
    return recovered;
  }
  if (regular < lexer.limit)
    report(lexer, "quoted", "Something stands right behind a closing quote.", regular);
  else report(lexer, "unbalanced", "A quoted string is not closed.");
  return regular;
}

/**
 * The first quote without a backslash. Where an earlier search for it began before the cursor and ended beyond it, it
 * stepped over the cursor's quote as an escaped one, and so this search would take the same steps.
 */
function regularClose(lexer: Lexer): number {
  const { line, limit } = lexer;
  if (lexer.quoteOpen < lexer.at && lexer.at < lexer.quoteClose) {
    lexer.quotePlain = false;
    return lexer.quoteClose;
  }
  let plain = true;
  let at = lexer.at + 1;
  for (; at < limit; at++) {
    const what = QUOTED_CLASS[line[at] ?? 0];
    if (what === 0) continue;
    if (what === 1) break;
    plain = false;
    if (what === 2) at++;
  }
  lexer.quotePlain = plain;
  lexer.quoteOpen = lexer.at;
  lexer.quoteClose = Math.min(at, limit);
  return lexer.quoteClose;
}

/** The first quote behind the opening one that the grammar could go on behind. */
function recoveredClose(lexer: Lexer): number | undefined {
  const { line, limit } = lexer;
  if (lexer.at >= lexer.noCloseFrom) return undefined;
  for (let at = lexer.at + 1; at < limit; at++) {
    if (line[at] === DQUOTE && mayFollow(lexer, at + 1) && startsValue(lexer, at + 1)) return at;
  }
  lexer.noCloseFrom = lexer.at;
  return undefined;
}

/** Whether a string may end before `at`. */
function mayFollow(lexer: Lexer, at: number): boolean {
  if (at >= lexer.limit) return true;
  const octet = lexer.line[at];
  if (octet === 0x29 || octet === 0x5d) return true;
  return octet === SP && (!lexer.stringsOnly || startsValue(lexer, at));
}

/** Whether behind the spaces at `at` a string, a list, a number, NIL, a parenthesis or the end stands. */
function startsValue(lexer: Lexer, at: number): boolean {
  let from = at;
  while (from < lexer.limit && from < at + 4 && lexer.line[from] === SP) from++;
  if (from >= lexer.limit) return true;
  const octet = lexer.line[from] ?? 0;
  if (octet === DQUOTE || octet === 0x28 || octet === 0x29 || octet === 0x5d) return true;
  if (octet === 0x2d || (octet >= 0x30 && octet <= 0x39)) return true;
  return (octet | 0x20) === 0x6e && lowerAt(lexer, from + 1) === 0x69 && lowerAt(lexer, from + 2) === 0x6c;
}

function lowerAt(lexer: Lexer, at: number): number {
  return (lexer.line[at] ?? 0) | 0x20;
}

/** The text between two positions without its escapes; a backslash that escapes neither `"` nor `\` stays. */
function unescaped(lexer: Lexer, start: number, end: number): string {
  const { line } = lexer;
  let odd = -1;
  let escapes = 0;
  for (let at = start; at < end; at++) {
    const octet = line[at] ?? 0;
    if (octet === BACKSLASH) escapes++;
    else if ((octet < SP || octet >= 0x7f) && odd < 0) odd = at;
  }
  if (odd >= 0) reportOddOctets(lexer, odd, end);
  if (escapes === 0) return textOf(lexer, start, end);
  const bytes = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const octet = line[at] ?? 0;
    if (octet === BACKSLASH) {
      const next = at + 1 < end ? line[at + 1] : undefined;
      if (next === DQUOTE || next === BACKSLASH) {
        bytes[length++] = next;
        at++;
        continue;
      }
      if (next !== undefined) {
        report(lexer, "quoted", "A backslash escapes neither a quote nor a backslash.", at);
      }
    }
    bytes[length++] = octet;
  }
  return latin1(bytes, 0, length);
}

/** One defect for each sort of octet that no quoted string may hold. */
function reportOddOctets(lexer: Lexer, from: number, end: number): void {
  for (let at = from; at < end; at++) {
    const octet = lexer.line[at] ?? 0;
    if (octet < SP || octet >= 0x7f) reportOdd(lexer, octet, at);
  }
}
