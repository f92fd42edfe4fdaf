import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromMillis, toMillis } from "../../../src/core/base/time.ts";

test("milliseconds with three decimals keep every microsecond", () => {
  assert.equal(toMillis(12_008), 12.008);
  assert.equal(fromMillis(12.008), 12_008);
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 }), (micros) => {
      assert.equal(fromMillis(toMillis(micros)), micros);
      assert.equal(fromMillis(Number(JSON.parse(JSON.stringify(toMillis(micros))))), micros);
    }),
  );
});
