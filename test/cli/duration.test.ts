import assert from "node:assert/strict";
import { test } from "node:test";
import { durationMicros, parseTimeout } from "../../src/cli/duration.ts";

test("stretches of time have a unit", () => {
  assert.deepEqual(["750ms", "12.5s", "3m", "1h"].map(durationMicros), [750e3, 12.5e6, 180e6, 3600e6]);
  for (const text of ["", "5", "-5s", "5 s", "5d", "1e3s"])
    assert.equal(durationMicros(text), undefined, text);
});

test("a time-out is in milliseconds, and neither nothing nor more than a timer can take", () => {
  assert.deepEqual(["1ms", "0.1ms", "1.5s", "30m"].map(parseTimeout), [1, 1, 1500, 1_800_000]);
  for (const text of ["0s", "600h", "soon"])
    assert.throws(() => parseTimeout(text), /Write a time such as 30s/);
});
