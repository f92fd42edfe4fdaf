import assert from "node:assert/strict";
import { test } from "node:test";
import { readSpans, spansWithin } from "../../../src/core/capture/spans.ts";

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

test("the part of the spans that lies in a piece counts from the start of the piece", () => {
  const spans = [
    [2, 5],
    [8, 20],
    [30, 31],
  ] as const;
  assert.deepEqual(spansWithin(spans, 4, 10), [
    [0, 1],
    [4, 6],
  ]);
  assert.deepEqual(spansWithin(spans, 5, 8), []);
  assert.deepEqual(spansWithin([], 0, 10), []);
});
