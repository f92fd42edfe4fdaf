import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSize } from "../../src/cli/size.ts";

test("sizes are numbers of octets, with powers of 1000", () => {
  assert.deepEqual(["1", "4096", "2k", "100M", "1g"].map(parseSize), [1, 4096, 2000, 100_000_000, 1e9]);
});

test("anything else is refused", () => {
  for (const text of ["", "0", "0M", "M", "-1", "1.5M", "1MB", "1T", "9999999999"]) {
    assert.throws(() => parseSize(text), { code: "commander.invalidArgument" }, text);
  }
});
