import assert from "node:assert/strict";
import { test } from "node:test";
import { paintFrame, type ScreenRow } from "../../src/tui/paint.ts";
import { type Canvas, createCanvas } from "../../src/tui/view/frame.ts";
import { createTheme } from "../../src/tui/view/theme.ts";

const { attributes } = createTheme(256, "dark");
const BLANK = attributes[0] ?? 0;

function createRows(columns: number, rows: number): ScreenRow[] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => [BLANK, " "]));
}

function screenOf(columns: number, rows: number) {
  const lines = createRows(columns, rows);
  const shown = createRows(columns, rows);
  return {
    lines,
    shown,
    paint: (paint: (canvas: Canvas) => unknown) => {
      const canvas = createCanvas(columns, rows);
      paint(canvas);
      for (const row of [...lines, ...shown]) row.dirty = false;
      for (const [y, row] of shown.entries()) {
        for (const [x, cell] of row.entries()) [cell[0], cell[1]] = lines[y]?.[x] ?? [0, ""];
      }
      return paintFrame(canvas, attributes, lines, shown);
    },
    dirty: () => lines.map((row) => row.dirty === true),
    whole: () => shown.map((row) => row.every(([attribute]) => attribute === -1)),
  };
}

test("only rows that changed are drawn, and a frame as before is not", () => {
  const screen = screenOf(10, 3);
  assert.equal(
    screen.paint((canvas) => canvas.text(0, 1, "abc", "ok")),
    true,
  );
  assert.deepEqual(screen.dirty(), [false, true, false]);
  assert.deepEqual(screen.whole(), [false, false, false]);
  assert.equal(
    screen.paint((canvas) => canvas.text(0, 1, "abc", "ok")),
    false,
  );
  assert.deepEqual(screen.dirty(), [false, false, false]);
  assert.equal(
    screen.paint((canvas) => canvas.text(0, 1, "abc", "no")),
    true,
  );
});

test("a row that holds or held a wide character is drawn whole", () => {
  const screen = screenOf(10, 2);
  screen.paint((canvas) => canvas.text(0, 0, "日本", "ok"));
  assert.deepEqual(screen.whole(), [true, false]);
  screen.paint((canvas) => canvas.text(0, 0, "日 x", "ok"));
  assert.deepEqual(screen.whole(), [true, false]);
  screen.paint((canvas) => canvas.text(0, 0, "abcd", "ok"));
  assert.deepEqual(screen.whole(), [true, false]);
  screen.paint((canvas) => canvas.text(0, 0, "abcx", "ok"));
  assert.deepEqual(screen.whole(), [false, false]);
});

test("behind what terminals may measure differently the cursor is put where it belongs", () => {
  const screen = screenOf(10, 1);
  screen.paint((canvas) => canvas.text(0, 0, "a日Ж\u0301😀x", "ok"));
  assert.deepEqual(
    screen.lines[0]?.slice(0, 7).map(([, character]) => character),
    ["a", "日", "\x1b[4G", "Ж\u0301\x1b[5G", "  \x1b[5G😀", "\x1b[7G", "x"],
  );
});

test("a frame larger than the screen paints what there is room for", () => {
  const lines = createRows(2, 1);
  const canvas = createCanvas(4, 3);
  canvas.text(0, 0, "abcd", "ok");
  assert.equal(paintFrame(canvas, attributes, lines, createRows(2, 1)), true);
  assert.deepEqual(
    lines.map((row) => row.map(([, character]) => character).join("")),
    ["ab"],
  );
});
