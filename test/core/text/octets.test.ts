import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatOctets, groupDigits } from "../../../src/core/text/octets.ts";

const ROWS: readonly (readonly [octets: number, text: string])[] = [
  [0, "0"],
  [999, "999"],
  [1000, "1.0k"],
  [1234, "1.2k"],
  [34_500, "34.5k"],
  [99_949, "99.9k"],
  [99_950, "100k"],
  [999_499, "999k"],
  [999_500, "1.0M"],
  [30_000_000, "30.0M"],
  [2_500_000_000, "2.5G"],
];

for (const [octets, text] of ROWS) {
  test(`${octets} octets are ${text}`, () => assert.equal(formatOctets(octets), text));
}

test("digits are grouped", () => {
  assert.equal(groupDigits(30_000_000), "30,000,000");
  assert.equal(groupDigits(999), "999");
  assert.equal(groupDigits(1000), "1,000");
});

test("law: at most five characters", () => {
  fc.assert(fc.property(fc.maxSafeNat(), (octets) => octets > 9e14 || formatOctets(octets).length <= 5));
});
