import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatDuration, formatOffset } from "../../../src/core/text/duration.ts";

const ROWS: readonly (readonly [micros: number, text: string])[] = [
  [0, "0 µs"],
  [312, "312 µs"],
  [999, "999 µs"],
  [1000, "1.00 ms"],
  [1234, "1.23 ms"],
  [9994, "9.99 ms"],
  [9996, "10.0 ms"],
  [45_000, "45.0 ms"],
  [99_960, "100 ms"],
  [999_600, "1.0 s"],
  [2_400_000, "2.4 s"],
  [59_960_000, "1m00s"],
  [192_000_000, "3m12s"],
  [3_599_600_000, "1h00m"],
  [3_900_000_000, "1h05m"],
  [86_390_000_000, "1d00h"],
  [183_600_000_000, "2d03h"],
  [-1500, "-1.50 ms"],
];

for (const [micros, text] of ROWS) {
  test(`${micros} µs is ${text}`, () => assert.equal(formatDuration(micros), text));
}

test("an offset is milliseconds with three decimals", () => {
  assert.equal(formatOffset(1_234_567), "1234.567");
  assert.equal(formatOffset(0), "0.000");
});

test("law: at most seven characters below 1000 days", () => {
  fc.assert(
    fc.property(fc.nat({ max: 999 * 86_400_000_000 }), (micros) =>
      assert.ok(formatDuration(micros).length <= 7),
    ),
  );
});
