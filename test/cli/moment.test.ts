import assert from "node:assert/strict";
import { test } from "node:test";
import { microsOf, parseMoment } from "../../src/cli/moment.ts";

test("so long after the beginning, in the units of filters", () => {
  const micros = (text: string): number => microsOf(parseMoment(text), undefined);
  assert.deepEqual(["750ms", "12.5s", "3m", "1h"].map(micros), [750e3, 12.5e6, 180e6, 3600e6]);
});

test("a time of day is the first one that is not before the beginning", () => {
  const startedAt = new Date(2026, 10, 22, 23, 59, 30, 500);
  const micros = (text: string): number => microsOf(parseMoment(text), startedAt);
  assert.equal(micros("23:59:31"), 500e3);
  assert.equal(micros("23:59:30"), 0);
  assert.equal(micros("00:00:01.250"), 30_750e3);
  assert.equal(micros("00:01"), 89_500e3);
  assert.equal(micros(new Date(startedAt.getTime() + 2000).toISOString()), 2e6);
});

test("what is no time is refused, and a time of day where the beginning is not known", () => {
  for (const text of ["", "12", "1:2", "now", "-1s", "2026-13-45T00:00:00Z"]) {
    assert.throws(() => parseMoment(text), /after the beginning/);
  }
  assert.throws(() => microsOf(parseMoment("14:00"), undefined), { code: "ERR_TIME_INVALID" });
});
