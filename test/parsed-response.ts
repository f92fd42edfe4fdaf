/** Parses one server line for tests: octets are given as ISO-8859-1, so that any octet can stand in a table. */
import assert from "node:assert/strict";
import { fromLatin1 } from "../src/core/base/octets.ts";
import type { Frame } from "../src/core/imap/frame.ts";
import { frameOf } from "../src/core/imap/frame-of.ts";
import { createLexer, type Lexer } from "../src/core/imap/lexer.ts";
import { parseResponse } from "../src/core/imap/parse-response.ts";
import type { CodeData, FetchValue, Response, ResponseData } from "../src/core/imap/response.ts";
import type { Token } from "../src/core/imap/token.ts";

export function serverFrame(octets: string): Frame {
  return frameOf("server", fromLatin1(`${octets}\r\n`));
}

export function serverLexer(octets: string): Lexer {
  return createLexer(serverFrame(octets));
}

/** A cursor at data: behind `* X `, so that the framer opens literals. */
export function dataLexer(octets: string): Lexer {
  const lexer = serverLexer(`* X ${octets}`);
  lexer.at = 4;
  return lexer;
}

export function defectKinds(lexer: Lexer): string[] {
  return lexer.defects.map(({ kind }) => kind);
}

/** The response of a line, and the kinds of its defects in their order. */
export function parsed(line: string): { readonly value: Response; readonly kinds: readonly string[] } {
  const { value, defects } = parseResponse(serverFrame(line));
  return { value, kinds: defects.map(({ kind }) => kind) };
}

export function dataOf(line: string): { readonly data: ResponseData; readonly kinds: readonly string[] } {
  const { value, kinds } = parsed(line);
  assert.equal(value.kind, "data");
  return { data: value.kind === "data" ? value.data : { kind: "count" }, kinds };
}

export function codeOf(line: string): {
  readonly data: CodeData | undefined;
  readonly kinds: readonly string[];
} {
  const { value, kinds } = parsed(line);
  assert.ok(value.kind === "status" || value.kind === "continuation");
  return { data: value.code?.data, kinds };
}

/** The value of the one item of `* 1 FETCH (item value)`, and the kinds of the defects. */
export function itemOf(item: string): {
  readonly name: string | undefined;
  readonly value: FetchValue | undefined;
  readonly kinds: readonly string[];
} {
  const { data, kinds } = dataOf(`* 1 FETCH (${item})`);
  const [only] = data.kind === "fetch" ? data.items : [];
  return { name: only?.name, value: only?.value, kinds };
}

/** A token as a table can write it: lists as arrays, NIL as null, texts as they are. */
export type Plain = string | null | readonly Plain[];
export function plain(token: Token): Plain {
  if (token.kind === "list") return token.items.map(plain);
  return token.kind === "nil" ? null : token.text;
}
