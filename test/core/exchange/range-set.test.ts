import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rangeSet, setSize, writtenRanges } from "../../../src/core/exchange/range-set.ts";

test("ranges are sorted and merged, whichever way round they were written", () => {
  assert.deepEqual(
    rangeSet([
      [9, 7],
      [1, 2],
      [3, 3],
      [8, 12],
    ]).ranges,
    [
      [1, 3],
      [7, 12],
    ],
  );
});

test("a set includes exactly the numbers of its ranges", () => {
  const range = fc.tuple(fc.nat(50), fc.nat(50));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), fc.nat(60), (ranges, number) => {
      const naive = ranges.some(([a, b]) => number >= Math.min(a, b) && number <= Math.max(a, b));
      assert.equal(rangeSet(ranges).includes(number), naive);
    }),
  );
});

test("the size of a set counts overlaps twice and does not exist with *", () => {
  assert.equal(
    setSize([
      { from: 5, to: 1 },
      { from: 3, to: 3 },
    ]),
    6,
  );
  assert.equal(setSize([{ from: 1, to: "*" }]), undefined);
});

test("$ and an unread set have no ranges", () => {
  assert.equal(writtenRanges("$"), undefined);
  assert.equal(writtenRanges(undefined), undefined);
});
