import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { characterCells } from "../../../src/core/text/cells.ts";
import { type Canvas, createCanvas, type Frame, SELECTED } from "../../../src/tui/view/frame.ts";
import { STYLES, span } from "../../../src/tui/view/style.ts";

function row(frame: Frame, y: number): string {
  return frame.characters.slice(y * frame.columns, (y + 1) * frame.columns).join("");
}

function painted(columns: number, paint: (canvas: Canvas) => unknown): string {
  const canvas = createCanvas(columns, 1);
  paint(canvas);
  return row(canvas, 0);
}

test("a text is painted from its cell on, and gives the column behind it", () => {
  const canvas = createCanvas(10, 2);
  assert.equal(canvas.text(2, 1, "abc", "ok"), 5);
  assert.equal(canvas.text(5, 1, "日", "bad"), 7);
  assert.equal(row(canvas, 1), "  abc日   ");
  assert.deepEqual(
    [...canvas.styles.subarray(12, 18)].map((number) => STYLES[number]),
    ["ok", "ok", "ok", "bad", "bad", "plain"],
  );
});

test("what does not fit is cut with an ellipsis, which takes the place of half a wide character", () => {
  assert.equal(
    painted(5, (canvas) => canvas.text(0, 0, "abcdef", "plain")),
    "abcd…",
  );
  assert.equal(
    painted(8, (canvas) => canvas.text(0, 0, "abcdef", "plain", 3)),
    "ab…     ",
  );
  assert.equal(
    painted(4, (canvas) => canvas.text(0, 0, "日本語", "plain")),
    "日 …",
  );
  assert.equal(
    painted(5, (canvas) => canvas.text(0, 0, "日本語", "plain")),
    "日本…",
  );
  assert.equal(
    painted(1, (canvas) => canvas.text(0, 0, "日", "plain")),
    "…",
  );
  assert.equal(
    painted(4, (canvas) => canvas.text(0, 0, "日本", "plain")),
    "日本",
  );
});

test("outside of the screen nothing is painted", () => {
  const canvas = createCanvas(4, 1);
  for (const [x, y] of [
    [4, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    assert.equal(canvas.text(x, y, "x", "bad"), x);
    canvas.fill(x, y + 1, 0, "x", "bad");
    canvas.select(y === 0 ? 1 : y);
  }
  assert.equal(row(canvas, 0), "    ");
  assert.deepEqual([...canvas.styles], [0, 0, 0, 0]);
});

test("a line paints its pieces one behind the other, each in its style", () => {
  const canvas = createCanvas(10, 1);
  assert.equal(canvas.line(1, 0, [span("ab", "ok"), span("日本", "no"), span("xyz")], 8), 9);
  assert.equal(row(canvas, 0), " ab日本x… ");
  assert.equal(canvas.line(0, 0, [span("abc"), span("def"), span("ghi")], 6), 6);
});

test("painting over one half of a wide character leaves a blank of the other", () => {
  const over = (x: number, text: string) =>
    painted(6, (canvas) => {
      canvas.text(0, 0, "日本語", "plain");
      canvas.text(x, 0, text, "plain");
    });
  assert.equal(over(1, "a"), " a本語");
  assert.equal(over(2, "a"), "日a 語");
  assert.equal(over(1, "ab"), " ab 語");
  assert.equal(over(1, "世"), " 世 語");
  assert.equal(over(5, "x"), "日本 x");
  assert.equal(
    painted(6, (canvas) => {
      canvas.text(0, 0, "日本語", "plain");
      canvas.fill(3, 0, 1, "│", "faint");
    }),
    "日 │語",
  );
});

test("a fill takes only what is one cell wide and safe", () => {
  assert.equal(
    painted(3, (canvas) => canvas.fill(0, 0, 3, "─", "faint")),
    "───",
  );
  for (const bad of ["日", "\x1b", "ab", "", "😀", "\u0301", "\x9b"]) {
    assert.equal(
      painted(3, (canvas) => canvas.fill(0, 0, 3, bad, "faint")),
      "   ",
    );
  }
});

test("a selection leaves the style of the cells", () => {
  const canvas = createCanvas(4, 2);
  canvas.text(0, 1, "ab", "no");
  canvas.select(1, 1, 2);
  const no = STYLES.indexOf("no");
  assert.deepEqual([...canvas.styles.subarray(4)], [no, no | SELECTED, SELECTED, 0]);
});

test("whatever is painted where, a cell holds one character, and an empty one stands behind a wide one", () => {
  const pieces = [
    "ab",
    "日本語",
    "😀",
    "👨‍👩‍👧",
    "e\u0301x",
    "\u0301",
    "\x1b]0;x\x07",
    "\u202e",
    "Ж",
    "…",
    "\ue000",
  ];
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          x: fc.integer({ min: -2, max: 14 }),
          text: fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((parts) => parts.join("")),
          most: fc.option(fc.integer({ min: -1, max: 14 }), { nil: undefined }),
          fill: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
      (steps) => {
        const canvas = createCanvas(12, 1);
        for (const { x, text, most, fill } of steps) {
          if (fill) canvas.fill(x, 0, most ?? 3, "─", "faint");
          else canvas.text(x, 0, text, "plain", most);
        }
        assert.equal(canvas.characters.length, 12);
        canvas.characters.forEach((cell, i) => {
          const wide = characterCells(String.fromCodePoint(cell.codePointAt(0) ?? 0)) === 2;
          if (cell === "") assert.notEqual(canvas.characters[i - 1] ?? "", "");
          else {
            assert.equal(wide, canvas.characters[i + 1] === "", JSON.stringify(canvas.characters));
            assert.doesNotMatch(cell, /[\p{C}]/u);
            assert.ok([...cell].length <= 3);
          }
        });
      },
    ),
    { numRuns: 500 },
  );
});
