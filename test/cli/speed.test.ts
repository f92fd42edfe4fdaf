import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSpeed } from "../../src/cli/speed.ts";

test("a speed is how many times as fast", () => {
  assert.deepEqual(["1x", "2", "0.5x", "10X"].map(parseSpeed), [1, 2, 0.5, 10]);
});

test("what is no speed is refused", () => {
  for (const text of ["", "fast", "0", "0x", "-1x", "1xx", "1e9"])
    assert.throws(() => parseSpeed(text), /1x as recorded/);
});
