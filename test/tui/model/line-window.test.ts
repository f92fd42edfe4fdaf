import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clustersOf } from "../../../src/tui/model/clusters.ts";
import { cellOf, lineWindow } from "../../../src/tui/model/line-window.ts";

/** `|` is the caret; the window is shown cell by cell, `<` and `>` marking what is cut off, `_` a wide character's rest. */
const ROWS: readonly (readonly [line: string, columns: number, shown: string, caret: number])[] = [
  ["|", 10, "", 0],
  ["abc|", 10, "abc", 3],
  ["|abc", 10, "abc", 0],
  ["abcdefghi|", 10, "abcdefghi", 9],
  ["|abcdefghij", 10, "abcdefghij", 0],
  ["abcdefghij|", 10, "<ghij", 5],
  ["|abcdefghijkl", 10, "abcdefghi>", 0],
  ["abcdefgh|ijkl", 10, "abcdefghi>", 8],
  ["abcdefghi|jkl", 10, "<ghijkl", 4],
  ["収収|x", 10, "収_収_x", 4],
  ["a収収収収収|収", 10, "< 収_収_収_", 6],
  ["|収収収収収収", 10, "収_収_収_収_ >", 0],
];

for (const [line, columns, expected, caret] of ROWS) {
  test(`${line} in ${columns} cells`, () => {
    const window = lineWindow(line.replace("|", ""), line.indexOf("|"), columns);
    const cells: string[] = [];
    if (window.cutLeft) cells[0] = "<";
    if (window.cutRight) cells[columns - 1] = ">";
    for (const { cell, text, cells: wide } of window.clusters) {
      cells[cell] = text;
      if (wide === 2) cells[cell + 1] = "_";
    }
    assert.equal(Array.from(cells, (cell) => cell ?? " ").join(""), expected);
    assert.equal(window.caretCell, caret);
  });
}

test("a wide character under the caret is all under it", () => {
  assert.equal(lineWindow("a収", 1, 10).caretCells, 2);
  assert.equal(lineWindow("a収", 2, 10).caretCells, 1);
});

test("places have cells, wide characters counted", () => {
  const window = lineWindow("収e\u0301x", 0, 10);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((place) => cellOf(window, place)),
    [0, 2, 2, 3, 4],
  );
  const cut = lineWindow("abcdefghijkl", 0, 10);
  assert.equal(cellOf(cut, 8), 8);
  assert.equal(cellOf(cut, 9), undefined);
  assert.equal(cellOf(cut, 12), undefined);
  assert.equal(cellOf(lineWindow("abcdefghijkl", 12, 10), 2), undefined);
});

test("law: the caret and what is under it are always shown", () => {
  const unit = fc.constantFrom("a", "収", "😀", "\u0301");
  fc.assert(
    fc.property(fc.array(unit), fc.nat(), fc.integer({ min: 8, max: 30 }), (units, n, columns) => {
      const text = units.join("");
      const places = clustersOf(text).map(({ at }) => at);
      const caret = places[n % (places.length + 1)] ?? text.length;
      const window = lineWindow(text, caret, columns);
      assert.ok(window.caretCell >= (window.cutLeft ? 1 : 0));
      assert.ok(window.caretCell + window.caretCells <= columns - (window.cutRight ? 1 : 0));
      for (const { cell, cells } of window.clusters) assert.ok(cell >= 0 && cell + cells <= columns);
    }),
  );
});
