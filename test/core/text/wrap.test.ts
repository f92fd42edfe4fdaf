import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cellWidth } from "../../../src/core/text/cells.ts";
import { wrap } from "../../../src/core/text/wrap.ts";

const ROWS: readonly (readonly [text: string, columns: number, lines: readonly string[]])[] = [
  ["", 10, [""]],
  ["one", 10, ["one"]],
  ["one two three", 7, ["one two", "three"]],
  ["one two three", 8, ["one two", "three"]],
  ["onetwothree", 4, ["onet", "woth", "ree"]],
  ["a onetwothree", 4, ["a", "onet", "woth", "ree"]],
  ["письмо от Анны", 9, ["письмо от", "Анны"]],
  ["日本語の件名", 5, ["日本", "語の", "件名"]],
  ["e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]],
];

for (const [text, columns, lines] of ROWS) {
  test(`${JSON.stringify(text)} in ${columns} cells`, () => assert.deepEqual(wrap(text, columns), lines));
}

test("what does not fit into the lines there are is marked as left out", () => {
  assert.deepEqual(wrap("one two three", 7, 1), ["one tw…"]);
  assert.deepEqual(wrap("one two three four", 5, 2), ["one", "two…"]);
  assert.deepEqual(wrap("日本語の", 4, 1), ["日…"]);
});

test("law: no line is wider than the columns, and nothing but spaces goes", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", " ", "日", "é", "😀", "word")),
      fc.integer({ min: 2, max: 12 }),
      (parts, columns) => {
        const text = parts.join("");
        const lines = wrap(text, columns);
        assert.ok(lines.every((line) => cellWidth(line) <= columns));
        assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
      },
    ),
  );
});
