/** What follows a status or `+`: a response code, and free text, in which nothing has a meaning (RFC 9051 §7.1, §7.6). */
import { concat, exactUtf8, latin1, SP } from "../base/octets.ts";
import { blame, END, type Lexer, peek, report, reportOdd, skipSpaces, takeRest } from "./lexer.ts";
import type { ResponseCode } from "./response.ts";
import { takeCode } from "./response-code.ts";

const BRACKET = 0x5b;

/** Consumes all that is left of the frame as text: UTF-8 where the octets are exactly that, else ISO-8859-1. */
export function takeText(lexer: Lexer): string {
  const { line, at: start } = lexer;
  let ascii = true;
  for (let at = start; at < line.length; at++) {
    const octet = line[at] ?? 0;
    if (octet >= SP && octet < 0x7f) continue;
    if (octet >= 0x80) ascii = false;
    reportOdd(lexer, octet, at);
  }
  if (ascii && lexer.frame.literals.length === 0) {
    lexer.at = lexer.limit;
    return latin1(line, start, line.length);
  }
  const bytes = concat(takeRest(lexer));
  return exactUtf8(bytes) ?? latin1(bytes);
}

/** Consumes the space before a text. Further ones are part of the text, unless a response code stands behind them. */
export function skipToText(lexer: Lexer): boolean {
  if (peek(lexer) !== SP) return false;
  let at = lexer.at + 1;
  while (lexer.line[at] === SP) at++;
  if (lexer.line[at] === BRACKET) skipSpaces(lexer);
  else lexer.at++;
  return true;
}

/** `resp-text = ["[" resp-text-code "]" SP] [text]`. */
export function takeCodeAndText(lexer: Lexer): {
  readonly code: ResponseCode | undefined;
  readonly text: string;
} {
  const code = peek(lexer) === BRACKET ? takeCode(lexer) : undefined;
  if (code !== undefined) {
    if (peek(lexer) === END) blame(lexer, "response-text-missing", "No text follows the response code.");
    else if (peek(lexer) !== SP) report(lexer, "space", "No space follows the response code.");
    if (peek(lexer) === SP) lexer.at++;
  }
  return { code, text: takeText(lexer) };
}
