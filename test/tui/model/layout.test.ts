import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place } from "../../../src/tui/model/action.ts";
import {
  connectionRows,
  connectionsTop,
  detailRows,
  layoutOf,
  tableRows,
  topFor,
} from "../../../src/tui/model/layout.ts";

const PLACES: readonly Place[] = ["exchanges", "details", "connections", "session", "help"];

test("every line of a screen of any size belongs to one part, and none is beyond it", () => {
  for (let rows = 1; rows <= 80; rows++) {
    for (const place of PLACES) {
      const { status, table, details, page, bottom } = layoutOf({ columns: 80, rows }, place);
      assert.equal(status.y, 0);
      assert.equal(bottom.y, rows - 1);
      const middle = Math.max(0, rows - 2);
      assert.deepEqual(page, { y: 1, rows: middle });
      assert.equal(table.rows + details.rows, middle, `${place} of ${rows}`);
      assert.equal(details.y, table.y + table.rows);
      assert.ok(tableRows({ columns: 80, rows }, place) >= 0 && detailRows({ columns: 80, rows }) >= 0);
    }
  }
});

test("on a small screen details take the place of the table, on a large one a part of it", () => {
  assert.equal(tableRows({ columns: 80, rows: 24 }, "details"), 0);
  assert.equal(detailRows({ columns: 80, rows: 24 }), 21);
  assert.equal(tableRows({ columns: 80, rows: 60 }, "details"), 18);
  assert.equal(detailRows({ columns: 80, rows: 60 }), 38);
});

test("the connection at the cursor stands in the middle, and a line is left beneath for it", () => {
  const size = { columns: 80, rows: 24 };
  assert.equal(connectionRows(size), 20);
  assert.equal(connectionsTop(size, 3, 60), 0);
  assert.equal(connectionsTop(size, 30, 60), 20);
  assert.equal(connectionsTop(size, 59, 60), 40);
  assert.equal(connectionRows({ columns: 80, rows: 1 }), 0);
});

const TOPS: readonly (readonly [
  what: string,
  given: readonly [cursor: number, top: number, rows: number, length: number],
  top: number,
])[] = [
  ["in sight nothing moves", [5, 3, 10, 50], 3],
  ["above, the cursor becomes the first line", [2, 3, 10, 50], 2],
  ["below, it becomes the last", [20, 3, 10, 50], 11],
  ["nothing empty is shown at the end", [49, 45, 10, 50], 40],
  ["a list that became short is shown from its beginning", [5, 40, 10, 10], 0],
  ["a short list begins at its beginning", [2, 2, 10, 3], 0],
  ["without a cursor", [-1, 0, 10, 0], 0],
  ["without room", [5, 0, 0, 50], 6],
];

for (const [what, given, top] of TOPS) {
  test(`where a list is cut: ${what}`, () => assert.equal(topFor(...given), top));
}
