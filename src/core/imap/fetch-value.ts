/** The values of message data items, by the name of the item (RFC 9051 §7.5.2 and the extensions that add items). */
import { LIMITS } from "../base/limits.ts";
import { fromLatin1, NO_OCTETS, SP } from "../base/octets.ts";
import { bodyStructureOf } from "./body-structure.ts";
import { isZero } from "./code-data.ts";
import { envelopeOf } from "./envelope.ts";
import { labels, takeFlags } from "./flag-list.ts";
import { blame, type Lexer, LITERAL, offsetOf, peek, skipSpaces, takeLiteral } from "./lexer.ts";
import { takePlainQuoted } from "./quoted-string.ts";
import { readToken, skipValue } from "./read-token.ts";
import type { FetchItem, FetchValue } from "./response.ts";
import type { Token } from "./token.ts";
import { blameToken, decimal, listItems, nstring, rawText, takeDigits } from "./token-value.ts";
import { wordTable } from "./words.ts";

/** `shallow` leaves the nested values (ENVELOPE, BODY, BODYSTRUCTURE) unread: tokens without any token. */
export type Depth = "full" | "shallow";

type ValueParser = (lexer: Lexer, name: string, depth: Depth) => FetchValue;

const UNREAD: FetchValue = { kind: "tokens", tokens: [] };
const NO_TEXT: FetchValue = { kind: "text", text: null };

const PARSERS: ReadonlyMap<string, ValueParser> = new Map<string, ValueParser>([
  ["FLAGS", (lexer) => ({ kind: "flags", flags: takeFlags(lexer) })],
  ["UID", number],
  ["MODSEQ", modSeq],
  ["RFC822.SIZE", number],
  ["INTERNALDATE", text],
  ["SAVEDATE", text],
  ["ENVELOPE", envelope],
  ["BODY", body],
  ["BODYSTRUCTURE", body],
  ["RFC822", octets],
  ["RFC822.HEADER", octets],
  ["RFC822.TEXT", octets],
  ["EMAILID", objectId],
  ["THREADID", objectId],
  ["PREVIEW", text],
  ["ANNOTATION", tokens],
  ["X-GM-MSGID", number],
  ["X-GM-THRID", number],
  ["X-GM-LABELS", (lexer) => ({ kind: "flags", flags: labels(lexer, readToken(lexer)) })],
]);

function parserOf(name: string): ValueParser | undefined {
  const parser = PARSERS.get(name);
  if (parser !== undefined) return parser;
  if (name.startsWith("BODY[") || name.startsWith("BINARY[")) return octets;
  if (name.startsWith("BINARY.SIZE[")) return number;
  return undefined;
}

const knownItem = wordTable([...PARSERS].map(([name, parse]) => [name, { name, parse }] as const));

/**
 * Consumes an item as nearly every one stands: a known name without a section, one space, and a value that cannot be a name.
 * `undefined`, and nothing consumed, where it stands otherwise.
 */
export function takePlainItem(lexer: Lexer, depth: Depth): FetchItem | undefined {
  const { line, limit, at: start } = lexer;
  let at = start;
  while (at < limit && isWordOctet(line[at] ?? 0)) at++;
  if (at >= limit || line[at] !== SP || line[at + 1] === SP || isLetter(line[at + 1] ?? 0)) return undefined;
  const known = knownItem(line, start, at);
  if (known === undefined) return undefined;
  lexer.at = at;
  return { name: known.name, value: known.parse(lexer, known.name, depth) };
}

/** Letters, digits, `-`, `.`, and a few others that atoms may hold. */
function isWordOctet(octet: number): boolean {
  return (octet >= 0x61 && octet <= 0x7a) || (octet >= 0x2d && octet <= 0x5a && octet !== 0x2f);
}

function isLetter(octet: number): boolean {
  return (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a;
}

/** Whether a word is the name of an item that some RFC defines, so that it cannot be the value of another one. */
export function isItemName(name: string): boolean {
  return parserOf(name) !== undefined;
}

/**
 * Consumes the value of an item. Where none stands (the list closes, or the frame ends), the value is the empty one of its
 * kind, with a defect. Items of no RFC have one token as their value.
 */
export function fetchValue(lexer: Lexer, name: string, depth: Depth): FetchValue {
  return (parserOf(name) ?? tokens)(lexer, name, depth);
}

function missing(lexer: Lexer, name: string): void {
  blame(lexer, "response-data-missing", `${shortName(name)} has no value.`);
}

/** The name without its section, which may be long and hold header names; a name of no RFC may be long as well. */
function shortName(name: string): string {
  const bracket = name.indexOf("[");
  return bracket < 0 ? name.slice(0, 40) : `${name.slice(0, Math.min(bracket, 40))}[…]`;
}

function number(lexer: Lexer, name: string): FetchValue {
  const digits = takeDigits(lexer);
  if (digits !== undefined) return { kind: "number", value: digits };
  const token = readToken(lexer);
  if (token === undefined) {
    missing(lexer, name);
    return NO_TEXT;
  }
  const value = decimal(lexer, token, shortName(name));
  if (value !== undefined) return { kind: "number", value };
  return token.kind === "nil" ? NO_TEXT : { kind: "tokens", tokens: [token] };
}

/** `"(" permsg-modsequence ")"`, where 0 and a bare number are known to occur (RFC 7162 §3.1). */
function modSeq(lexer: Lexer, name: string): FetchValue {
  const token = readToken(lexer);
  if (token === undefined) {
    missing(lexer, name);
    return NO_TEXT;
  }
  const [item] = listItems(lexer, token, "MODSEQ");
  const value = token.kind === "nil" ? undefined : decimal(lexer, item, "MODSEQ");
  if (value === undefined) return NO_TEXT;
  if (isZero(value)) blameToken(lexer, "number-invalid", "MODSEQ is 0.", item);
  return { kind: "number", value };
}

function text(lexer: Lexer, name: string): FetchValue {
  const plain = takePlainQuoted(lexer);
  if (plain !== undefined) return { kind: "text", text: plain };
  const token = readToken(lexer);
  if (token === undefined) {
    missing(lexer, name);
    return NO_TEXT;
  }
  if (name === "INTERNALDATE" && token.kind === "nil") {
    blameToken(lexer, "nil-unexpected", "INTERNALDATE is NIL.", token);
  }
  return { kind: "text", text: nstring(lexer, token, shortName(name)) };
}

/** `"(" objectid ")" / nil` (RFC 8474 §7). */
function objectId(lexer: Lexer, name: string): FetchValue {
  const token = readToken(lexer);
  if (token === undefined) missing(lexer, name);
  if (token === undefined || token.kind === "nil") return NO_TEXT;
  const items = listItems(lexer, token, name);
  return { kind: "text", text: items.map(rawText).join(" ") };
}

function envelope(lexer: Lexer, name: string, depth: Depth): FetchValue {
  const token = nested(lexer, name, depth);
  return token === undefined ? UNREAD : { kind: "envelope", envelope: envelopeOf(lexer, token) };
}

function body(lexer: Lexer, name: string, depth: Depth): FetchValue {
  const token = nested(lexer, name, depth);
  return token === undefined ? UNREAD : { kind: "bodyStructure", structure: bodyStructureOf(lexer, token) };
}

/** A value of strings, numbers, NIL and lists only, which tells where a broken string ends; passed over if shallow. */
function nested(lexer: Lexer, name: string, depth: Depth): Token | undefined {
  const before = offsetOf(lexer);
  let token: Token | undefined;
  lexer.stringsOnly = true;
  if (depth === "full") token = readToken(lexer);
  else skipValue(lexer);
  lexer.stringsOnly = false;
  if (depth === "full" ? token === undefined : offsetOf(lexer) <= before + 1) missing(lexer, name);
  return token;
}

/** `nstring` or `literal8`: only the head of a literal is kept, and no text is made of it. */
function octets(lexer: Lexer, name: string): FetchValue {
  skipSpaces(lexer);
  if (peek(lexer) === LITERAL) {
    const literal = takeLiteral(lexer);
    return { kind: "octets", octets: literal?.octets ?? 0, head: literal?.head ?? NO_OCTETS };
  }
  const token = readToken(lexer);
  if (token === undefined) missing(lexer, name);
  if (token === undefined || token.kind === "nil") return { kind: "octets", octets: 0, head: null };
  if (token.kind !== "quoted") {
    blameToken(lexer, "response-data-invalid", `${shortName(name)} is neither string nor NIL.`, token);
  }
  const raw = rawText(token);
  const head = fromLatin1(
    raw.length > LIMITS.literalHeadOctets ? raw.slice(0, LIMITS.literalHeadOctets) : raw,
  );
  return { kind: "octets", octets: raw.length, head };
}

function tokens(lexer: Lexer, name: string): FetchValue {
  const token = readToken(lexer);
  if (token === undefined) missing(lexer, name);
  return { kind: "tokens", tokens: token === undefined ? [] : [token] };
}
