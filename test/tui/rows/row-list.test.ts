import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RowNumber, Rows } from "../../../src/tui/rows/row.ts";
import { createRowList, createRowSet, showsOf } from "../../../src/tui/rows/row-list.ts";

/** Rows of which only number and connection matter. */
function rowsOf(connections: readonly number[]): Pick<Rows, "count" | "connection"> {
  return { count: () => connections.length, connection: (row) => connections[row] ?? 0 };
}

function listed(list: ReturnType<typeof createRowList>): RowNumber[] {
  return Array.from({ length: list.length() }, (_, position) => list.at(position) ?? -1);
}

test("without a test all rows are shown, those that come later too", () => {
  const connections = [1, 2];
  const list = createRowList(rowsOf(connections) as Rows);
  connections.push(3);
  assert.deepEqual(listed(list), [0, 1, 2]);
  assert.equal(list.at(3), undefined);
  assert.equal(list.at(-1), undefined);
  assert.equal(list.positionOf(2), 2);
});

test("law: offering rows in any order gives the same as choosing anew", () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { maxLength: 60 }),
      fc.array(fc.tuple(fc.nat({ max: 59 }), fc.boolean()), { maxLength: 200 }),
      (first, changes) => {
        const rows = rowsOf(first.map(() => 1)) as Rows;
        const shown = createRowSet();
        first.forEach((on, row) => {
          shown.set(row, on);
        });
        const list = createRowList(rows);
        list.choose(shown.has);
        for (const [row, on] of changes.filter(([row]) => row < first.length)) {
          shown.set(row, on);
          list.offer(row);
        }
        const expected = first.map((_, row) => row).filter(shown.has);
        assert.deepEqual(listed(list), expected);
        for (let row = 0; row < first.length; row++) {
          assert.equal(list.has(row), shown.has(row));
          assert.equal(list.positionOf(row), expected.filter((other) => other < row).length);
        }
      },
    ),
  );
});

test("picked connections and matches are both asked for", () => {
  const rows = rowsOf([1, 2, 1, 2]) as Rows;
  const matched = createRowSet();
  matched.set(0, true);
  matched.set(3, true);
  assert.equal(showsOf(rows, undefined, undefined), undefined);
  const shown = (shows: ReturnType<typeof showsOf>): number[] => [0, 1, 2, 3].filter((row) => shows?.(row));
  assert.deepEqual(shown(showsOf(rows, new Set([2]), undefined)), [1, 3]);
  assert.deepEqual(shown(showsOf(rows, undefined, matched)), [0, 3]);
  assert.deepEqual(shown(showsOf(rows, new Set([2]), matched)), [3]);
});
