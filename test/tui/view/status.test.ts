import assert from "node:assert/strict";
import { test } from "node:test";
import { initialState } from "../../../src/tui/model/state.ts";
import { said } from "../../../src/tui/model/step.ts";
import { createCanvas } from "../../../src/tui/view/frame.ts";
import { paintBottom, paintStatus } from "../../../src/tui/view/status.ts";
import { acting } from "../model/acting.ts";

function bottom(text: string, columns = 80): readonly string[] {
  const canvas = createCanvas(columns, 24);
  for (let y = 0; y < 23; y++) canvas.fill(0, y, columns, "#", "plain");
  paintBottom(canvas, said(initialState({ columns, rows: 24 }), text));
  return Array.from({ length: 24 }, (_, y) =>
    canvas.characters
      .slice(y * columns, (y + 1) * columns)
      .join("")
      .trimEnd(),
  ).filter((line) => !line.startsWith("#"));
}

test("a message that is longer than a line stands in several, with all that it says", () => {
  const path = `/home/somebody/captures/${"deep/".repeat(12)}marked.imapcap`;
  const long = `saved 2 rows of 1 connection to ${path}; it holds mail: mind whom you give it to`;
  const lines = bottom(long);
  assert.equal(lines.length, 3);
  assert.equal(
    lines
      .map((line) => line.slice(1))
      .join("")
      .replaceAll(" ", ""),
    long.replaceAll(" ", ""),
  );
  assert.deepEqual(bottom("copied as a transcript"), [" copied as a transcript"]);
});

test("a message takes four lines at most, and nothing in it gets to the terminal as a control", () => {
  const lines = bottom(`${"\x1b[2J word".repeat(100)}`, 40);
  assert.equal(lines.length, 4);
  assert.match(lines.at(-1) ?? "", /…$/);
  assert.doesNotMatch(lines.join(""), /\x1b/);
});

test("what is shown says so where it is a second or more behind what happens", () => {
  const { facts, state } = acting();
  const top = (behindMicros: number): string => {
    const canvas = createCanvas(80, 24);
    paintStatus(canvas, state, { ...facts, behindMicros: () => behindMicros }, "imap.example.org");
    return canvas.characters.slice(0, 80).join("");
  };
  assert.doesNotMatch(top(0), /BEHIND/);
  assert.doesNotMatch(top(999_999), /BEHIND/);
  assert.match(top(4_200_000), /BEHIND 4 s {2}FOLLOW $/);
});
