import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { fromMillis, toMillis } from "../../../src/core/base/time.ts";
import { isLongRun, LATEST_MICROS, RAW_OCTETS } from "../../../src/core/capture/format.ts";

test("a run is long when one record does not hold it", () => {
  assert.equal(isLongRun(LIMITS.captureRunOctets), false);
  assert.equal(isLongRun(LIMITS.captureRunOctets + 1), true);
});

test("a run of one record fits a line that a reader takes, however it is escaped", () => {
  assert.ok(RAW_OCTETS < LIMITS.captureRunOctets);
  assert.ok(LIMITS.captureRunOctets * 6 * 2 < LIMITS.captureLineOctets);
});

test("times up to the latest one survive as milliseconds", () => {
  for (let back = 0; back < 2000; back++) {
    const micros = LATEST_MICROS - back;
    assert.equal(fromMillis(Number(toMillis(micros).toFixed(3))), micros);
  }
});
