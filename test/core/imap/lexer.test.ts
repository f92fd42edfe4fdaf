import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1, readable } from "../../../src/core/base/octets.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import {
  blame,
  createLexer,
  END,
  LITERAL,
  offsetOf,
  peek,
  readWord,
  report,
  skipSpaces,
  takeLiteral,
  takeRest,
  textOf,
  within,
} from "../../../src/core/imap/lexer.ts";
import { defectKinds, serverLexer } from "../../parsed-response.ts";

test("a literal stands where its header begins, and its offsets count the line end (RFC 9051 §4.3)", () => {
  const lexer = serverLexer("* X ~{3}\r\na\0b y");
  lexer.at = 4;
  assert.equal(peek(lexer), LITERAL);
  assert.equal(offsetOf(lexer), 4);
  assert.equal(latin1(takeLiteral(lexer)?.head ?? new Uint8Array()), "a\0b");
  assert.equal(offsetOf(lexer), 13);
  assert.equal(peek(lexer), 0x20);
  assert.equal(lexer.defects.length, 0);
});

test("braces at the end of a line that opens no literal are text", () => {
  const lexer = serverLexer("* OK quota {5}");
  assert.equal(lexer.limit, 14);
  lexer.at = 14;
  assert.equal(peek(lexer), END);
  assert.equal(takeLiteral(lexer), undefined);
});

test("words end at spaces and parentheses", () => {
  const lexer = serverLexer("* FLAGS(");
  assert.deepEqual(
    [readWord(lexer), skipSpaces(lexer), readWord(lexer), readWord(lexer)],
    ["*", true, "FLAGS", ""],
  );
});

test("what repeats is reported once a frame, and nothing is reported without bound", () => {
  const lexer = serverLexer("*   a   b");
  lexer.at = 1;
  skipSpaces(lexer);
  readWord(lexer);
  skipSpaces(lexer);
  assert.deepEqual(defectKinds(lexer), ["server-space"]);
  for (let i = 0; i < 1000; i++) blame(lexer, "number-invalid", "again");
  assert.equal(lexer.defects.length, 100);
});

test("a problem is the sender's", () => {
  const client = createLexer(frameOf("client", "a NOOP\r\n"));
  report(client, "unbalanced", "x");
  assert.deepEqual(defectKinds(client), ["client-unbalanced"]);
});

test("offsets never lie beyond the frame, also where a literal was cut", () => {
  const lexer = createLexer(frameOf("server", "* X {100}\r\nabc"));
  lexer.at = 4;
  takeLiteral(lexer);
  assert.equal(offsetOf(lexer), 14);
});

test("the rest of a frame includes literals that stand in it", () => {
  const lexer = serverLexer("* X {3}\r\nabc d");
  lexer.at = 2;
  assert.equal(
    takeRest(lexer)
      .map((run) => latin1(run))
      .join("|"),
    "X {3}|abc| d",
  );
});

test("a part of a line is read without the rest of it", () => {
  const lexer = serverLexer("* OK [A b] c");
  const inner = within(lexer, 6, 9);
  assert.equal(textOf(inner, inner.at, inner.limit), "A b");
  inner.at = 9;
  assert.equal(peek(inner), END);
});

test("text for people is UTF-8 where it is exactly that", () => {
  assert.equal(readable("caf\u00c3\u00a9"), "caf\u00e9");
  assert.equal(readable("caf\u00e9"), "caf\u00e9");
});
