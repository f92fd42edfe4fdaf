import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Span } from "../../../src/core/base/leg.ts";
import { readSpans, spanCutter } from "../../../src/core/capture/spans.ts";

test("spans that fit the octets are taken", () => {
  assert.deepEqual(readSpans(undefined, 3), []);
  assert.deepEqual(readSpans([], 3), []);
  assert.deepEqual(
    readSpans(
      [
        [0, 2],
        [2, 2],
        [2, 3],
      ],
      3,
    ),
    [
      [0, 2],
      [2, 2],
      [2, 3],
    ],
  );
});

const REFUSED: readonly unknown[] = [
  null,
  1,
  "0-2",
  {},
  [1],
  [[0]],
  [[0, 1, 2]],
  [["0", "1"]],
  [[-1, 1]],
  [[0.5, 1]],
  [[0, Number.NaN]],
  [[2, 1]],
  [[0, 4]],
  [
    [0, 2],
    [1, 3],
  ],
  [
    [2, 3],
    [0, 1],
  ],
];

test("spans that do not fit are refused as a whole", () => {
  for (const value of REFUSED) assert.equal(readSpans(value, 3), undefined, JSON.stringify(value));
});

test("each piece gets its parts of the spans, counted from its start", () => {
  const within = spanCutter([
    [2, 5],
    [8, 25],
    [30, 31],
    [31, 31],
  ]);
  assert.deepEqual(within(0, 4), [[2, 4]]);
  assert.deepEqual(within(4, 10), [
    [0, 1],
    [4, 6],
  ]);
  assert.deepEqual(within(10, 20), [[0, 10]]);
  assert.deepEqual(within(20, 31), [
    [0, 5],
    [10, 11],
  ]);
  assert.deepEqual(within(31, 40), []);
  assert.deepEqual(spanCutter([])(0, 10), []);
});

test("law: the pieces together mask the same octets", () => {
  const gap = fc.tuple(fc.nat(6), fc.nat(6));
  fc.assert(
    fc.property(fc.array(gap), fc.array(fc.integer({ min: 1, max: 20 })), (gaps, pieces) => {
      const masked = new Set<number>();
      const spans: Span[] = [];
      let at = 0;
      for (const [before, octets] of gaps) {
        spans.push([at + before, at + before + octets]);
        for (let i = 0; i < octets; i++) masked.add(at + before + i);
        at += before + octets;
      }
      const within = spanCutter(spans);
      const found = new Set<number>();
      let start = 0;
      for (const piece of [...pieces, at + 1]) {
        for (const [first, last] of within(start, start + piece)) {
          for (let i = first; i < last; i++) found.add(start + i);
        }
        start += piece;
      }
      assert.deepEqual(found, masked);
    }),
  );
});
