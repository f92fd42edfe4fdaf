import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createSequenceMap } from "../../../src/core/connection/sequence-map.ts";

test("EXPUNGE 3, 3, 5, 8 of eleven messages are the originals 3, 4, 7 and 11 (RFC 9051 §7.5.1)", () => {
  const map = createSequenceMap();
  const removed = [3, 3, 5, 8].map((number) => {
    const slot = map.slotOf(number) ?? 0;
    map.remove(slot);
    return slot;
  });
  assert.deepEqual(removed, [3, 4, 7, 11]);
});

test("it agrees with an array from which elements are spliced, both ways", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 39 }), (expunges) => {
      const map = createSequenceMap();
      const naive = Array.from({ length: 40 }, (_, index) => index + 1);
      for (const number of expunges) {
        const slot = naive[number - 1];
        if (slot === undefined) continue;
        naive.splice(number - 1, 1);
        assert.equal(map.slotOf(number), slot);
        assert.equal(map.remove(slot), true);
        assert.equal(map.numberOf(slot), undefined);
      }
      for (const [index, slot] of naive.entries()) {
        assert.equal(map.slotOf(index + 1), slot);
        assert.equal(map.numberOf(slot), index + 1);
      }
    }),
  );
});

test("0, huge numbers and removed slots are not followed", () => {
  const map = createSequenceMap();
  assert.equal(map.slotOf(0), undefined);
  assert.equal(map.slotOf(4_294_967_295), undefined);
  assert.equal(map.remove(7), true);
  assert.equal(map.remove(7), false);
});
