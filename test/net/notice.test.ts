import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainText } from "../../src/net/notice.ts";
import { anyCharacter } from "../any-character.ts";

test("a peer's text is printable ASCII, and short", () => {
  assert.equal(plainText("a\r\n\u001b[31mb\u009bя c"), "a?[31mb? c");
  assert.equal(plainText("x".repeat(300)), `${"x".repeat(200)}...`);
});

test("law: whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 500 }), (text) => {
      assert.match(plainText(text), /^[\x20-\x7e]{0,203}$/);
    }),
  );
});
