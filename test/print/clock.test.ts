import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOCK_COLUMNS, createClock } from "../../src/print/clock.ts";

test("the local time of day", () => {
  const clock = createClock(new Date(2026, 10, 22, 19, 0, 0, 900));
  assert.equal(clock(0), "19:00:00.900");
  assert.equal(clock(3_512_999), "19:00:04.412");
  assert.equal(clock(5 * 3_600_000_000), "00:00:00.900");
  assert.equal(clock(99_999), "19:00:00.999");
  assert.equal(clock(100_000), "19:00:01.000");
});

test("offsets where the beginning is not known", () => {
  const clock = createClock(undefined);
  assert.equal(clock(3_412_900), "      +3.413");
  assert.equal(clock(0).length, CLOCK_COLUMNS);
});
