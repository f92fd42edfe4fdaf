import assert from "node:assert/strict";
import { test } from "node:test";
import { toBytes } from "../../src/library/octets.ts";

test("a text stands for its UTF-8, and bytes for themselves", () => {
  assert.deepEqual(toBytes("é\r\n"), Uint8Array.of(0xc3, 0xa9, 0x0d, 0x0a));
  const bytes = Uint8Array.of(0xff, 0x00);
  assert.equal(toBytes(bytes), bytes);
});
