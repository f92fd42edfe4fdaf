import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createLexer } from "../../../src/core/imap/lexer.ts";
import { readToken, readTokens, skipValue } from "../../../src/core/imap/read-token.ts";
import type { Token } from "../../../src/core/imap/token.ts";
import { defectKinds, type Plain, plain, serverFrame, serverLexer } from "../../parsed-response.ts";

const ROWS: readonly (readonly [line: string, tokens: Plain, kinds?: readonly string[]])[] = [
  ['X a "b" (c NIL) 1:*', ["X", "a", "b", ["c", null], "1:*"]],
  ["X nil Nil NILS", ["X", null, null, "NILS"]],
  ['* BODY[HEADER.FIELDS (SUBJECT "X y")]<0.10> x', ["*", 'BODY[HEADER.FIELDS (SUBJECT "X y")]<0.10>', "x"]],
  ["* BINARY.SIZE[1] body.peek[1.MIME]", ["*", "BINARY.SIZE[1]", "body.peek[1.MIME]"]],
  ["* BODY[HEADER.FIELDS ({3}\r\nfoo)] 5", ["*", 'BODY[HEADER.FIELDS ("foo")]', "5"]],
  ["* ([css3-page] \\Seen a]b)", ["*", ["[css3-page]", "\\Seen", "a]b"]]],
  ["* BODY[ (a) b", ["*", "BODY[", ["a"], "b"], ["server-unbalanced"]],
  ["* X {3}\r\na b)", ["*", "X", "a b"], ["server-unbalanced"]],
  ["* ({1}\r\nab)", ["*", ["a", "b"]], ["literal-length-suspect"]],
  ["* (a (b", ["*", ["a", ["b"]]], ["server-unbalanced"]],
  ["* ( a  b ) ", ["*", ["a", "b"]], ["server-space"]],
  ["* a)(b)) c", ["*", "a", ["b"], "c"], ["server-unbalanced"]],
];

for (const [line, tokens, kinds] of ROWS) {
  test(`RFC 9051 §4: ${JSON.stringify(line)}`, () => {
    const lexer = serverLexer(line);
    assert.deepEqual(readTokens(lexer).map(plain), tokens);
    assert.deepEqual(defectKinds(lexer), kinds ?? []);
  });
}

test("a literal that ends the line although a list is open is suspect", () => {
  const lexer = serverLexer("* ({2}\r\nab");
  readTokens(lexer);
  assert.deepEqual(defectKinds(lexer), ["server-unbalanced", "literal-length-suspect"]);
});

test("offsets of tokens are those of their octets", () => {
  const tokens = readTokens(serverLexer('* (ab "c") {2}\r\nxy z'));
  assert.deepEqual(
    tokens.map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [2, 10],
      [11, 18],
      [19, 20],
    ],
  );
});

test("lists nest to the limit; what is deeper is passed over, with what follows intact", () => {
  const line = `* ${"(".repeat(150)}"a)" b${")".repeat(150)} c`;
  const lexer = serverLexer(line);
  const tokens = readTokens(lexer);
  let depth = 0;
  for (let token: Token | undefined = tokens[1]; token?.kind === "list"; token = token.items[0]) depth++;
  assert.equal(depth, 101);
  assert.equal(tokens.length, 3);
  assert.deepEqual(defectKinds(lexer), ["nesting-too-deep"]);
});

test("more elements than the limit are counted out", () => {
  const lexer = serverLexer(`(${"a ".repeat(100_001)}b)`);
  const token = readToken(lexer);
  assert.equal(token?.kind === "list" ? token.items.length : 0, 100_000);
  assert.deepEqual(defectKinds(lexer), ["server-limit"]);
});

test("law: skipping a value stops where reading it does", () => {
  const value = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("a", "NIL", '"x"', '"a\\")"', '"("', "12", "{2}\r\n)("),
      fc.array(tie("value"), { maxLength: 4 }).map((items) => `(${items.join(" ")})`),
    ),
  })).value;
  fc.assert(
    fc.property(value, (text) => {
      const frame = serverFrame(`* X ${text} z`);
      const reading = createLexer(frame);
      const skipping = createLexer(frame);
      reading.at = 4;
      skipping.at = 4;
      readToken(reading);
      skipValue(skipping);
      assert.deepEqual([skipping.index, skipping.at], [reading.index, reading.at]);
    }),
  );
});
