/**
 * Tokens: the syntax that every argument and every datum is built from (RFC 9051 §4). Lists nest to LIMITS.nestingDepth and
 * hold LIMITS.listElements; what is beyond is passed over, with a defect.
 */
import { LIMITS } from "../base/limits.ts";
import { DQUOTE, latin1, SP } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import {
  END,
  type Lexer,
  LITERAL,
  offsetOf,
  peek,
  report,
  reportOdd,
  skipSpaces,
  takeLiteral,
  textOf,
} from "./lexer.ts";
import { skipQuoted, takeQuoted } from "./quoted-string.ts";
import { skipList } from "./skip-list.ts";
import type { ListToken, Token } from "./token.ts";

const OPEN = 0x28;
const CLOSE = 0x29;
const BRACKET = 0x5b;

/** Names behind which a bracket opens a section (RFC 9051 §6.4.5, RFC 3516 §4.2, RFC 5259 §6). */
const SECTIONED = new Set([
  "BODY",
  "BODY.PEEK",
  "BINARY",
  "BINARY.PEEK",
  "BINARY.SIZE",
  "BODYPARTSTRUCTURE",
  "AVAILABLECONVERSIONS",
]);

/** What an octet means to an atom: 0 goes on, 1 ends it, 2 is odd but goes on, 3 is an opening bracket. */
const ATOM_CLASS = atomClasses();

function atomClasses(): Uint8Array {
  const classes = new Uint8Array(256);
  for (let octet = 0; octet < 256; octet++) if (octet < SP || octet >= 0x7f) classes[octet] = 2;
  classes[SP] = 1;
  classes[OPEN] = 1;
  classes[CLOSE] = 1;
  classes[BRACKET] = 3;
  return classes;
}

/**
 * Consumes the next value, and the spaces before it. `undefined` where none is left: at the end, or before a closing
 * parenthesis, which stays.
 */
export function readToken(lexer: Lexer): Token | undefined {
  if (lexer.at < lexer.limit && lexer.line[lexer.at] === SP) skipSpaces(lexer);
  const next = peek(lexer);
  switch (next) {
    case END:
    case CLOSE:
      return undefined;
    case OPEN:
      return readList(lexer);
    case DQUOTE: {
      const start = offsetOf(lexer);
      const text = takeQuoted(lexer);
      return { kind: "quoted", text, start, end: offsetOf(lexer) };
    }
    case LITERAL: {
      const start = offsetOf(lexer);
      const literal = takeLiteral(lexer);
      if (literal === undefined) return undefined;
      const text = latin1(literal.head);
      return { kind: "literal", literal, text, start, end: offsetOf(lexer, 0) };
    }
    default:
      return readAtom(lexer);
  }
}

/**
 * All values that are left, up to the end of the frame. A closing parenthesis too many is reported and passed over, so
 * that this always reaches the end.
 */
export function readTokens(lexer: Lexer): Token[] {
  const tokens: Token[] = [];
  for (;;) {
    const token = readToken(lexer);
    if (token !== undefined) {
      if (tokens.length < LIMITS.listElements) tokens.push(token);
      else report(lexer, "limit", "There are more values than are kept.");
    } else if (peek(lexer) === CLOSE) {
      report(lexer, "unbalanced", "A parenthesis is closed that was not opened.");
      lexer.at++;
    } else {
      if (lexer.at > 0 && lexer.line[lexer.at - 1] === SP) {
        report(lexer, "space", "A space ends the line.", lexer.at - 1);
      }
      return tokens;
    }
  }
}

/** Consumes an atom, number, flag, set or NIL. Sections of message data items belong to the atom, brackets and all. */
function readAtom(lexer: Lexer): Token {
  const from = lexer.at;
  const start = offsetOf(lexer);
  const text = takeAtom(lexer);
  const end = offsetOf(lexer);
  if (lexer.at - from === 3 && isNil(text)) return { kind: "nil", start, end };
  return { kind: "atom", text, start, end };
}

function isNil(text: string): boolean {
  return text === "NIL" || upperCase(text) === "NIL";
}

/** Consumes an atom and gives its text as ISO-8859-1; "" where none stands at the cursor. */
export function takeAtom(lexer: Lexer): string {
  const { line, limit } = lexer;
  const from = lexer.at;
  let at = from;
  for (; at < limit; at++) {
    const octet = line[at] ?? 0;
    const what = ATOM_CLASS[octet];
    if (what === 0) continue;
    if (what === 1) break;
    if (what === 2) {
      reportOdd(lexer, octet, at);
    } else if (
      at - from <= 20 &&
      at < lexer.noBracketFrom &&
      SECTIONED.has(upperCase(textOf(lexer, from, at)))
    ) {
      const whole = takeSectioned(lexer, from, at);
      if (whole !== undefined) return whole;
    }
  }
  lexer.at = at;
  return textOf(lexer, from, at);
}

/**
 * Consumes an atom whose section opens at `bracket`, with what follows its closing bracket up to a space or parenthesis.
 * A header name that is a literal stands quoted in the text. `undefined` where the section is not closed in its line.
 */
function takeSectioned(lexer: Lexer, from: number, bracket: number): string | undefined {
  let text = "";
  let start = from;
  lexer.at = bracket + 1;
  for (;;) {
    const next = peek(lexer);
    if (next === 0x5d) break;
    if (next === DQUOTE) {
      skipQuoted(lexer);
    } else if (next === LITERAL) {
      text += textOf(lexer, start, lexer.limit);
      const literal = takeLiteral(lexer);
      text += `"${literal === undefined ? "" : latin1(literal.head)}"`;
      start = 0;
    } else if (next === END) {
      report(lexer, "unbalanced", "A bracket is not closed.", bracket);
      if (text !== "") return text + textOf(lexer, start, lexer.at);
      lexer.noBracketFrom = bracket;
      return undefined;
    } else {
      lexer.at++;
    }
  }
  while (lexer.at < lexer.limit && ATOM_CLASS[lexer.line[lexer.at] ?? 0] !== 1) lexer.at++;
  return text + textOf(lexer, start, lexer.at);
}

/** Consumes a parenthesised list; the cursor stands at its `(`. */
function readList(lexer: Lexer): ListToken {
  const start = offsetOf(lexer);
  if (lexer.depth >= LIMITS.nestingDepth) {
    report(lexer, "deep", "Parentheses are nested too deep; what is in them is passed over.");
    skipList(lexer);
    return { kind: "list", items: [], start, end: offsetOf(lexer) };
  }
  lexer.at++;
  lexer.depth++;
  const items: Token[] = [];
  if (peek(lexer) === SP) report(lexer, "space", "A space stands behind an opening parenthesis.");
  for (;;) {
    const token = readToken(lexer);
    if (token === undefined) break;
    if (items.length < LIMITS.listElements) items.push(token);
    else report(lexer, "limit", "A list has more elements than are kept.");
  }
  lexer.depth--;
  closeList(lexer);
  return { kind: "list", items, start, end: offsetOf(lexer) };
}

/** Consumes the `)` that the cursor stands at, or reports that there is none. */
export function closeList(lexer: Lexer): void {
  if (peek(lexer) === CLOSE) {
    if (lexer.at > 0 && lexer.line[lexer.at - 1] === SP) {
      report(lexer, "space", "A space stands before a closing parenthesis.", lexer.at - 1);
    }
    lexer.at++;
    return;
  }
  report(lexer, "unbalanced", "A parenthesis is not closed.");
  if (lexer.index > 0 && lexer.line.length === 0) {
    report(lexer, "literal", "The line ends right behind a literal although a parenthesis is open.");
  }
}

/** Moves past the next value without making anything of it; octets that may not stand in it are not looked for. */
export function skipValue(lexer: Lexer): void {
  skipSpaces(lexer);
  const next = peek(lexer);
  if (next === OPEN) skipList(lexer);
  else if (next === DQUOTE) skipQuoted(lexer);
  else if (next === LITERAL) takeLiteral(lexer);
  else if (next !== END && next !== CLOSE) takeAtom(lexer);
}
