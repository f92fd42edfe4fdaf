import assert from "node:assert/strict";
import { test } from "node:test";
import { startClock } from "../../src/net/clock.ts";

test("integer microseconds from the start on, never back", () => {
  const before = Date.now();
  const clock = startClock();
  assert.ok(clock.startedAt.getTime() >= before && clock.startedAt.getTime() <= Date.now());
  let last = 0;
  for (let at = 0; at < 1000; at++) {
    const micros = clock.micros();
    assert.ok(Number.isSafeInteger(micros) && micros >= last);
    last = micros;
  }
  assert.ok(last > 0 && last < 5_000_000);
});
