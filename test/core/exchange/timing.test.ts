import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Moments, timingsOf } from "../../../src/core/exchange/timing.ts";

const NOTHING: Moments = {
  sentMicros: 100,
  sentEndMicros: undefined,
  firstResponseMicros: undefined,
  completedMicros: undefined,
  gapMicros: 0,
  continuationMicros: [],
  idleStartMicros: undefined,
  doneMicros: undefined,
};

test("upload, wait and download follow one another", () => {
  const times = timingsOf({ ...NOTHING, sentEndMicros: 110, firstResponseMicros: 150, completedMicros: 190 });
  assert.deepEqual(
    [times.uploadMicros, times.waitMicros, times.downloadMicros, times.totalMicros, times.roundTrips],
    [10, 40, 40, 90, 1],
  );
});

test("without data the wait lasts to the completion", () => {
  const times = timingsOf({ ...NOTHING, sentEndMicros: 110, completedMicros: 190 });
  assert.deepEqual([times.waitMicros, times.downloadMicros], [80, 0]);
});

test("a refusal before the last octet makes all of it upload", () => {
  const times = timingsOf({ ...NOTHING, completedMicros: 190, firstResponseMicros: 120 });
  assert.deepEqual([times.uploadMicros, times.waitMicros, times.downloadMicros], [90, 0, 0]);
});

test("an exchange that never completed has no total, but what is known", () => {
  const times = timingsOf({ ...NOTHING, sentEndMicros: 130 });
  assert.deepEqual([times.uploadMicros, times.waitMicros, times.totalMicros], [30, undefined, undefined]);
});

test("idle time runs from + to DONE, and its end from DONE to the answer", () => {
  const times = timingsOf({ ...NOTHING, idleStartMicros: 120, doneMicros: 500, completedMicros: 520 });
  assert.deepEqual([times.idleMicros, times.idleEndMicros], [380, 20]);
});

test("total is the sum of its parts and nothing is negative, in whatever order octets came", () => {
  const moment = fc.option(fc.nat(1000), { nil: undefined });
  fc.assert(
    fc.property(moment, moment, fc.nat(1000), (sentEndMicros, firstResponseMicros, later) => {
      const completedMicros = NOTHING.sentMicros + later;
      const times = timingsOf({ ...NOTHING, sentEndMicros, firstResponseMicros, completedMicros });
      const parts = [times.uploadMicros ?? -1, times.waitMicros ?? -1, times.downloadMicros ?? -1];
      assert.ok(parts.every((part) => part >= 0));
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        times.totalMicros,
      );
    }),
  );
});
