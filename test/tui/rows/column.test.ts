import assert from "node:assert/strict";
import { test } from "node:test";
import { createColumn } from "../../../src/tui/rows/column.ts";

test("numbers are kept across chunks, and what was never set is 0", () => {
  const column = createColumn(Float64Array);
  const places = [0, 1, 65_535, 65_536, 200_000];
  for (const place of places) column.set(place, place + 0.5);
  assert.deepEqual(
    places.map(column.get),
    places.map((place) => place + 0.5),
  );
  assert.equal(column.get(2), 0);
  assert.equal(column.get(9_999_999), 0);
});
