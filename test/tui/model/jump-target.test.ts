import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseTag, parseTime } from "../../../src/tui/model/jump-target.ts";

const MINUTE = 60_000_000;

const TIMES: readonly (readonly [source: string, kind: "clock" | "offset", micros: number])[] = [
  ["14:03", "clock", 843 * MINUTE],
  ["14:03:05.2", "clock", 843 * MINUTE + 5_200_000],
  [" 9:05 ", "clock", 545 * MINUTE],
  ["00:00:00.000001", "clock", 1],
  ["23:59:59.", "clock", 1440 * MINUTE - 1_000_000],
  ["+12.5", "offset", 12_500_000],
  ["+0", "offset", 0],
  ["+1m30s", "offset", 90_000_000],
  ["+1h2m3.5s", "offset", 62 * MINUTE + 3_500_000],
  ["+90s", "offset", 90_000_000],
  ["+250ms", "offset", 250_000],
  ["+1m5ms", "offset", MINUTE + 5000],
  ["+.5h", "offset", 30 * MINUTE],
];

for (const [source, kind, micros] of TIMES) {
  test(`reads the time ${source}`, () => assert.deepEqual(parseTime(source), { kind, micros }));
}

const ERRORS: readonly (readonly [source: string, column: number, message: RegExp])[] = [
  ["", 1, /This is no time: write 14:03, 14:03:05\.2, \+12\.5 or \+1m30s/],
  ["  noon", 3, /no time/],
  ["12.5", 1, /no time/],
  ["24:00", 1, /no 24 hours/],
  ["14:63", 4, /no 63 minutes/],
  ["14:03:60", 7, /no 60 seconds/],
  ["14:03 pm", 6, /does not belong/],
  ["14:03:05:01", 9, /does not belong/],
  ["+", 2, /missing here/],
  [" + 5", 3, /missing here/],
  ["+1m30", 6, /unit is missing/],
  ["+1s2m", 4, /Larger units come first/],
  ["+1m2m", 4, /Larger units come first/],
  ["+1d", 3, /does not belong/],
  ["+12.5 x", 6, /does not belong/],
];

for (const [source, column, message] of ERRORS) {
  test(`refuses the time ${JSON.stringify(source)} at column ${column}`, () => {
    const target = parseTime(source);
    assert.ok("message" in target);
    assert.equal(target.column, column);
    assert.match(target.message, message);
  });
}

test("a tag is a word", () => {
  assert.equal(parseTag(" a1 "), "a1");
  assert.deepEqual(parseTag("a1 b"), { column: 3, message: "A tag has no spaces." });
  assert.deepEqual(parseTag("  "), { column: 3, message: "Write the tag of a command, such as a1." });
});

test("law: reading a time never throws, and an error lies within the text or just behind it", () => {
  const unit = fc.constantFrom("1", "60", ":", ".", "+", "m", "s", "h", " ", "x", "収");
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const source = units.join("");
      const target = parseTime(source);
      if ("message" in target) assert.ok(target.column >= 1 && target.column <= source.length + 1);
      else assert.ok(Number.isSafeInteger(target.micros) && target.micros >= 0);
    }),
  );
});
