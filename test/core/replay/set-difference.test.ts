import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { setText } from "../../../src/core/replay/field-values.ts";
import { setDifference } from "../../../src/core/replay/set-difference.ts";

test("what is missing and what is too much, as ranges", () => {
  for (const [asked, recorded, missing, surplus] of [
    ["1:3", "1:5", "4:5", ""],
    ["1:10", "3,5", "", "1:2,4,6:10"],
    ["1,2", "3", "3", "1:2"],
    ["1:*", "5:*", "", "1:4"],
    ["1:4", "1:*", "5:*", ""],
    ["*", "1:*", "1:*", ""],
    ["5", "5", "", ""],
  ] as const)
    assert.deepEqual(
      setDifference(setText(asked), setText(recorded)),
      { missing, surplus },
      `${asked} | ${recorded}`,
    );
  assert.equal(setDifference("$", "1"), undefined);
});

test("missing and surplus are the differences of the sets", () => {
  const set = fc
    .uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 })
    .map((numbers) => new Set(numbers));
  const text = (numbers: Iterable<number>) => setText([...numbers].join(","));
  fc.assert(
    fc.property(set, set, (one, other) => {
      const missing = [...other].filter((number) => !one.has(number));
      const surplus = [...one].filter((number) => !other.has(number));
      assert.deepEqual(setDifference(text(one), text(other)), {
        missing: missing.length === 0 ? "" : text(missing),
        surplus: surplus.length === 0 ? "" : text(surplus),
      });
    }),
  );
});
