/**
 * Response codes (RFC 9051 §7.1): what stands in brackets before the text of a status.
 *
 *     resp-text = ["[" resp-text-code "]" SP] [text]
 *
 * The text is free, so nothing but the code is read by grammar. The code ends at the first `]` that stands outside quotes
 * and parentheses, since servers put brackets into flags; where that finds none, at the first `]` outside quotes, and at
 * last at the first `]` of all.
 */
import { BACKSLASH, DQUOTE, SP } from "../base/octets.ts";
import { codeEntry } from "../vocabulary/vocabulary.ts";
import { upperCase } from "./ascii-case.ts";
import { codeData, hasShape } from "./code-data.ts";
import { blame, type Lexer, peek, textOf, within } from "./lexer.ts";
import { readTokens } from "./read-token.ts";
import type { ResponseCode } from "./response.ts";

const CLOSE_BRACKET = 0x5d;

/**
 * Consumes the code that the cursor stands at (its `[`). Where the bracket is not closed, the rest of the line is the code
 * if its name is a known one; otherwise there is no code, and the cursor stays.
 */
export function takeCode(lexer: Lexer): ResponseCode | undefined {
  const open = lexer.at;
  const closed = codeEnd(lexer);
  const end = closed ?? lexer.line.length;
  const nameEnd = endOfName(lexer, open + 1, end);
  const written = upperCase(textOf(lexer, open + 1, nameEnd));
  if (closed === undefined) {
    blame(lexer, "response-code-invalid", "The bracket of the response code is not closed.");
    if (codeEntry(written) === undefined) return undefined;
  }
  const equals = codeEntry(written) === undefined ? written.indexOf("=") : -1;
  const name = equals > 0 ? written.slice(0, equals) : written;
  if (name === "" || equals >= 0) {
    blame(lexer, "response-code-invalid", "The response code does not begin with a name and a space.");
  }
  let from = equals > 0 ? open + 2 + equals : nameEnd;
  while (from < end && lexer.line[from] === SP) from++;
  const inner = within(lexer, nameEnd, end);
  const spaced = peek(inner) === SP;
  const tokens = readTokens(argumentsLexer(lexer, name, from, end));
  if (spaced && tokens.length === 0) {
    blame(inner, "response-code-invalid", "A space stands where the response code has no argument.");
  }
  const code: ResponseCode = {
    name,
    text: textOf(lexer, from, end),
    data: codeData(inner, name, tokens),
  };
  lexer.at = closed === undefined ? end : end + 1;
  return code;
}

/** Arguments without a grammar of their own (URLs, texts) may hold any parentheses and quotes: no defects are theirs. */
function argumentsLexer(lexer: Lexer, name: string, from: number, end: number): Lexer {
  const inner = within(lexer, from, end);
  return hasShape(name) ? inner : { ...inner, defects: [] };
}

function endOfName(lexer: Lexer, start: number, end: number): number {
  let at = start;
  while (at < end && lexer.line[at] !== SP && lexer.line[at] !== DQUOTE && lexer.line[at] !== 0x28) at++;
  return at;
}

/** Where the code's closing bracket stands. */
function codeEnd(lexer: Lexer): number | undefined {
  const { line, limit } = lexer;
  let depth = 0;
  let quoted = false;
  let outsideQuotes: number | undefined;
  let first: number | undefined;
  for (let at = lexer.at + 1; at < limit; at++) {
    const octet = line[at];
    if (octet === CLOSE_BRACKET) {
      first ??= at;
      if (quoted) continue;
      outsideQuotes ??= at;
      if (depth <= 0) return at;
    } else if (octet === DQUOTE) quoted = !quoted;
    else if (quoted && octet === BACKSLASH) at++;
    else if (!quoted && octet === 0x28) depth++;
    else if (!quoted && octet === 0x29) depth--;
  }
  return outsideQuotes ?? first;
}
