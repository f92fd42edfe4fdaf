import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readToken } from "../../../src/core/imap/read-token.ts";
import { skipList } from "../../../src/core/imap/skip-list.ts";
import { defectKinds, serverLexer } from "../../parsed-response.ts";

test("a list of proper strings is passed over, and the cursor stands behind it", () => {
  const lexer = serverLexer('("a \\" (" NIL ("b)" 12 NIL) x) FLAGS');
  skipList(lexer);
  assert.equal(lexer.at, 30);
});

test("a quote within an atom opens no string", () => {
  const lexer = serverLexer('(a" ) "b)');
  skipList(lexer);
  assert.equal(lexer.at, 5);
});

test("a list that is not closed is reported and passed over to the end", () => {
  const lexer = serverLexer('("a" ("b")');
  skipList(lexer);
  assert.equal(lexer.at, lexer.limit);
  assert.deepEqual(defectKinds(lexer), ["server-unbalanced"]);
});

test("law: a list is passed over to where reading it ends", () => {
  const piece = fc.constantFrom("(", ")", '"', '"', " ", " ", "\\", "a", "NIL", "7", '" "', "]");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, stringsOnly) => {
      const text = `(${pieces.join("")}`;
      const [read, skipped] = [serverLexer(text), serverLexer(text)];
      for (const lexer of [read, skipped]) lexer.stringsOnly = stringsOnly;
      readToken(read);
      skipList(skipped);
      assert.equal(skipped.at, read.at);
    }),
  );
});
