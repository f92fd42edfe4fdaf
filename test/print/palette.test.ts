import assert from "node:assert/strict";
import { test } from "node:test";
import { createPalette } from "../../src/print/palette.ts";

test("colour only where it is asked for", () => {
  assert.equal(createPalette(false)("bad", "NO"), "NO");
  assert.equal(createPalette(true)("bad", "NO"), "\u001b[31mNO\u001b[39m");
  assert.equal(createPalette(true)("plain", "NO"), "NO");
  assert.equal(createPalette(true)("bad", ""), "");
});
