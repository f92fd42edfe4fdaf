/**
 * What a token says where the grammar asks for a string, a number, a list. A token of another sort gives the nearest value
 * that it can stand for, and a defect; a missing one gives the empty value. Strings for people are decoded as UTF-8 where
 * their octets are exactly that.
 */
import { isDigit, readable, SP } from "../base/octets.ts";
import type { DefectKind } from "./defect.ts";
import { blame, type Lexer, peek, textOf } from "./lexer.ts";
import { decodeMailbox } from "./mailbox-name.ts";
import { type ReadSet, readNumberSet } from "./number-set.ts";
import { readToken } from "./read-token.ts";
import type { Mailbox } from "./response.ts";
import type { Token } from "./token.ts";

const NO_TOKENS: readonly Token[] = [];

/** Adds a defect at a token, or at the cursor where the token is missing. */
export function blameToken(lexer: Lexer, kind: DefectKind, detail: string, token: Token | undefined): void {
  blame(lexer, kind, detail, token === undefined ? {} : { offset: token.start });
}

/** The text of any token as ISO-8859-1; lists are written out without their outer parentheses. */
export function rawText(token: Token): string {
  switch (token.kind) {
    case "nil":
      return "NIL";
    case "list":
      return token.items
        .map((item) => (item.kind === "list" ? `(${rawText(item)})` : rawText(item)))
        .join(" ");
    default:
      return token.text;
  }
}

/** An astring (RFC 9051 §9) as ISO-8859-1. `NIL` is an atom like others here. */
export function astring(lexer: Lexer, token: Token | undefined, what: string): string {
  if (token === undefined) {
    blame(lexer, "response-data-missing", `${what} is missing.`);
    return "";
  }
  if (token.kind === "list") blameToken(lexer, "response-data-invalid", `${what} is a list.`, token);
  return rawText(token);
}

/** An nstring (RFC 9051 §9) for people; `null` for NIL. An atom in its place gives its text. */
export function nstring(
  lexer: Lexer,
  token: Token | undefined,
  what: string,
  kind: DefectKind = "response-data-invalid",
): string | null {
  if (token === undefined) {
    blame(lexer, "response-data-missing", `${what} is missing.`);
    return null;
  }
  switch (token.kind) {
    case "nil":
      return null;
    case "quoted":
    case "literal":
      return readable(token.text);
    case "atom":
      blameToken(lexer, kind, `${what} is not quoted.`, token);
      return readable(token.text);
    case "list":
      blameToken(lexer, kind, `${what} is a list.`, token);
      return token.items.length === 0 ? null : readable(rawText(token));
  }
}

/** The items of a list. NIL and a missing one are the empty list, anything else is a list of itself. */
export function listItems(
  lexer: Lexer,
  token: Token | undefined,
  what: string,
  kind: DefectKind = "response-data-invalid",
): readonly Token[] {
  if (token === undefined) {
    blame(lexer, "response-data-missing", `${what} is missing.`);
    return NO_TOKENS;
  }
  if (token.kind === "list") return token.items;
  if (token.kind === "nil") {
    blameToken(lexer, "nil-unexpected", `${what} is NIL.`, token);
    return NO_TOKENS;
  }
  blameToken(lexer, kind, `${what} is not a list.`, token);
  return [token];
}

/** As {@link listItems} where NIL is the proper empty list. */
export function listItemsOrNil(
  lexer: Lexer,
  token: Token | undefined,
  what: string,
  kind?: DefectKind,
): readonly Token[] {
  return token?.kind === "nil" ? NO_TOKENS : listItems(lexer, token, what, kind);
}

/**
 * A number (RFC 9051 §9) as decimal digits, because it may exceed 2^53. A negative one keeps its sign, a float is rounded;
 * `undefined` where there is nothing like a number.
 */
export function decimal(lexer: Lexer, token: Token | undefined, what: string): string | undefined {
  if (token === undefined) {
    blame(lexer, "response-data-missing", `${what} is missing.`);
    return undefined;
  }
  if (token.kind === "nil") {
    blameToken(lexer, "nil-unexpected", `${what} is NIL.`, token);
    return undefined;
  }
  if (token.kind === "atom" && token.text.length <= 20 && isDigits(token.text)) return token.text;
  const inner = token.kind === "list" ? token.items[0] : token;
  const value = inner === undefined || inner.kind === "list" ? undefined : decimalOf(rawText(inner));
  blameToken(lexer, "number-invalid", `${what} is no number of digits alone.`, token);
  return value;
}

/** A number of 32 or 63 bits as a JavaScript number; `undefined` where it is none, negative, or over 2^53. */
export function integer(lexer: Lexer, token: Token | undefined, what: string): number | undefined {
  const text = decimal(lexer, token, what);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value < 0) return undefined;
  if (Number.isSafeInteger(value)) return value;
  blameToken(lexer, "number-invalid", `${what} is too large.`, token);
  return undefined;
}

export function isDigits(text: string): boolean {
  if (text.length === 0) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** The decimal digits of a text that is a number in some notation: `-1`, `9.3736e+06`. */
export function decimalOf(text: string): string | undefined {
  if (text.length > 40 || !/^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text)) return undefined;
  if (/^-?\d+$/.test(text)) return text;
  const value = Number(text);
  return Math.abs(value) < 1e21 ? String(Math.round(value)) : undefined;
}

/** A mailbox name, with a defect where its encoding is wrong. */
export function mailbox(lexer: Lexer, token: Token | undefined, what = "The mailbox name"): Mailbox {
  const raw = astring(lexer, token, what);
  const decoded = decodeMailbox(raw);
  if (decoded.problem !== undefined) {
    blameToken(lexer, "server-mailbox-name-utf7", decoded.problem, token);
  }
  return decoded.mailbox;
}

/** The ranges of a sequence set or UID set (RFC 9051 §4.1.1). */
export function numberSet(lexer: Lexer, token: Token | undefined, what: string): ReadSet["set"] {
  const { set, problem } = readNumberSet(token === undefined || token.kind === "nil" ? "" : rawText(token));
  if (problem !== undefined) blameToken(lexer, "set-invalid", `${what}: ${problem}`, token);
  return set;
}

/**
 * The digits that the cursor stands at, up to a space, a closing parenthesis or the end; `undefined`, and nothing consumed,
 * where anything else stands there. Makes no token: searches answer with very many numbers.
 */
export function takeNumber(lexer: Lexer): number | undefined {
  const { line, limit } = lexer;
  let value = 0;
  let at = lexer.at;
  for (; at < limit; at++) {
    const octet = line[at] ?? 0;
    if (octet === SP || octet === 0x29) break;
    if (octet < 0x30 || octet > 0x39) return undefined;
    value = value * 10 + octet - 0x30;
  }
  if (at === lexer.at || value > Number.MAX_SAFE_INTEGER) return undefined;
  lexer.at = at;
  return value;
}

/**
 * The same digits as text, at most 20 of them, behind one space: a number as nearly every one stands. `undefined`, and nothing
 * consumed, where anything else stands there.
 */
export function takeDigits(lexer: Lexer): string | undefined {
  const { line, limit } = lexer;
  if (line[lexer.at] !== SP) return undefined;
  const start = lexer.at + 1;
  let at = start;
  while (at < limit && isDigit(line[at])) at++;
  const next = line[at];
  if (at === start || at - start > 20 || at >= limit || (next !== SP && next !== 0x29)) return undefined;
  lexer.at = at;
  return textOf(lexer, start, at);
}

/** The next value; where none is left, `undefined` and a defect. */
export function requiredToken(lexer: Lexer, what: string): Token | undefined {
  const token = readToken(lexer);
  if (token === undefined) blame(lexer, "response-data-missing", `${what} is missing.`);
  return token;
}

/** Whether a list opens here, behind spaces. */
export function listFollows(lexer: Lexer): boolean {
  let at = lexer.at;
  while (at < lexer.limit && lexer.line[at] === SP) at++;
  return at < lexer.limit ? lexer.line[at] === 0x28 : peek(lexer) === 0x28;
}
