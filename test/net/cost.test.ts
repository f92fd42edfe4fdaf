import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCostMeter } from "../../src/net/cost.ts";

test("without a sample there is no cost", () => {
  assert.deepEqual(createCostMeter().read(), { samples: 0, medianMicros: 0, maxMicros: 0 });
});

test("law: the maximum is exact, the median at most a quarter of an octave too high", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 1 }), (samples) => {
      const meter = createCostMeter();
      for (const sample of samples) meter.add(sample);
      const sorted = [...samples].sort((a, b) => a - b);
      const median = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
      const { samples: count, medianMicros, maxMicros } = meter.read();
      assert.equal(count, samples.length);
      assert.equal(maxMicros, sorted.at(-1));
      assert.ok(medianMicros >= median && medianMicros <= Math.ceil(median * 2 ** 0.25) + 1);
    }),
  );
});
