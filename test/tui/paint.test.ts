import assert from "node:assert/strict";
import { test } from "node:test";
import { createPainter } from "../../src/tui/paint.ts";
import { type Canvas, createCanvas } from "../../src/tui/view/frame.ts";
import { STYLES } from "../../src/tui/view/style.ts";

/** Each style as a sequence of its name; plain is none. */
const SEQUENCES = STYLES.map((style) => (style === "plain" ? "\x1b[m" : `\x1b[${style}m`));

function painterOf(columns: number, rows: number) {
  const painter = createPainter(SEQUENCES);
  const frameOf = (paint: (canvas: Canvas) => unknown) => {
    const canvas = createCanvas(columns, rows);
    paint(canvas);
    return canvas;
  };
  return {
    forget: painter.forget,
    paint: (paint: (canvas: Canvas) => unknown) => painter.paint(frameOf(paint)).replaceAll("\x1b[", "<"),
    paintOf: (width: number, paint: (canvas: Canvas) => unknown) => {
      const canvas = createCanvas(width, rows);
      paint(canvas);
      return painter.paint(canvas).replaceAll("\x1b[", "<");
    },
  };
}

const nothing = () => {};

test("only what changed is written, and nothing for a frame as before", () => {
  const { paint } = painterOf(20, 3);
  assert.equal(paint(nothing), `<1;1H${" ".repeat(20)}<2;1H${" ".repeat(20)}<3;1H${" ".repeat(20)}`);
  assert.equal(
    paint((canvas) => canvas.text(2, 1, "abc", "plain")),
    "<2;3Habc",
  );
  assert.equal(
    paint((canvas) => canvas.text(2, 1, "abc", "plain")),
    "",
  );
  assert.equal(
    paint((canvas) => canvas.text(2, 1, "abd", "plain")),
    "<2;5Hd",
  );
});

test("a look is set where it changes, whatever was set before, and left plain", () => {
  const { paint } = painterOf(20, 1);
  paint(nothing);
  const twice = (canvas: Canvas) => {
    canvas.text(0, 0, "ab", "ok");
    canvas.text(2, 0, "cd", "no");
    canvas.text(4, 0, "e", "plain");
  };
  assert.equal(paint(twice), "<1;1H<0;okmab<0;nomcd<me");
  assert.equal(
    paint((canvas) => {
      twice(canvas);
      canvas.text(1, 0, "b", "bad");
    }),
    "<1;2H<0;badmb<m",
  );
});

test("few cells between two changes are written again, many are passed by", () => {
  const { paint } = painterOf(30, 1);
  paint((canvas) => canvas.text(0, 0, "a.......b.........c", "plain"));
  assert.equal(
    paint((canvas) => canvas.text(0, 0, "A.......B.........C", "plain")),
    "<1;1HA.......B<1;19HC",
  );
});

test("a row that holds or held a wide character is written whole, with the cursor put behind it", () => {
  const { paint } = painterOf(6, 2);
  paint(nothing);
  assert.equal(
    paint((canvas) => canvas.text(0, 0, "日x", "plain")),
    "<1;1H日<3Gx   ",
  );
  assert.equal(
    paint((canvas) => canvas.text(0, 0, "ab", "plain")),
    "<1;1Hab    ",
  );
  assert.equal(
    paint((canvas) => canvas.text(0, 0, "ac", "plain")),
    "<1;2Hc",
  );
});

test("everything is written again once the terminal shows something else, or has another size", () => {
  const { paint, paintOf, forget } = painterOf(3, 1);
  const abc = (canvas: Canvas) => canvas.text(0, 0, "abc", "plain");
  paint(abc);
  forget();
  assert.equal(paint(abc), "<1;1Habc");
  assert.equal(paintOf(4, abc), "<1;1Habc ");
});
