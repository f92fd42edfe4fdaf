import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cellWidth,
  clip,
  clipStart,
  cutUnits,
  glance,
  glanceEnd,
  padEnd,
  padStart,
} from "../../../src/core/text/cells.ts";
import { isSafe, safe } from "../../../src/core/text/safe.ts";
import { anyCharacter } from "../../any-character.ts";

const WIDTHS: readonly (readonly [text: string, cells: number])[] = [
  ["INBOX", 5],
  ["", 0],
  ["Входящие", 8],
  ["受信箱", 6],
  ["한글", 4],
  ["e\u0301", 1],
  ["😀", 2],
  ["…", 1],
  ["312 µs", 6],
];

for (const [text, cells] of WIDTHS) {
  test(`cells of ${JSON.stringify(text)}`, () => assert.equal(cellWidth(text), cells));
}

const CUTS: readonly (readonly [text: string, columns: number, cut: string])[] = [
  ["INBOX", 5, "INBOX"],
  ["INBOX", 4, "INB…"],
  ["INBOX", 1, "…"],
  ["INBOX", 0, ""],
  ["受信箱", 6, "受信箱"],
  ["受信箱", 5, "受信…"],
  ["受信箱", 4, "受…"],
  ["Входящие", 4, "Вхо…"],
  [`a${"\u0301".repeat(50)}b`, 2, "a\u0301\u0301b"],
];

for (const [text, columns, cut] of CUTS) {
  test(`cut ${JSON.stringify(text.slice(0, 9))} to ${columns} cells`, () =>
    assert.equal(clip(text, columns), cut));
}

const ENDS: readonly (readonly [text: string, columns: number, cut: string])[] = [
  ["ABCD123", 7, "ABCD123"],
  ["ABCD0012", 7, "…CD0012"],
  ["ABCD0012", 1, "…"],
  ["ABCD0012", 0, ""],
  ["受信箱", 6, "受信箱"],
  ["受信箱", 5, "…信箱"],
  ["受信箱", 4, "…箱"],
  [`aab${"\u0301".repeat(50)}c`, 3, "…b\u0301\u0301c"],
  [`a${"\u0301".repeat(50)}`, 3, "a\u0301\u0301"],
];

for (const [text, columns, cut] of ENDS) {
  test(`the last ${columns} cells of ${JSON.stringify(text.slice(0, 9))}`, () =>
    assert.equal(clipStart(text, columns), cut));
}

test("a glance at the end of a long hostile text begins with an ellipsis", () => {
  assert.equal(glanceEnd("\u001b[2J", 4), "␛[2J");
  assert.equal(glanceEnd(`${"x".repeat(1000)}12`, 4), "…x12");
  assert.equal(glanceEnd(`${"x".repeat(1000)}a${"\u0301".repeat(500)}`, 4), "…\u0301\u0301");
});

test("padding leaves no more marks than cutting does", () => {
  assert.equal(padEnd(`a${"\u0301".repeat(50)}`, 3), "a\u0301\u0301  ");
  assert.equal(padStart(`a${"\u0301".repeat(50)}`, 3), "  a\u0301\u0301");
});

test("padding counts cells, not characters", () => {
  assert.equal(padEnd("受信", 6), "受信  ");
  assert.equal(padStart("12", 4), "  12");
  assert.equal(padEnd("INBOX", 3), "IN…");
});

test("a text is not cut within a surrogate pair", () => {
  assert.equal(cutUnits("a😀", 2), "a");
  assert.equal(cutUnits("a😀", 3), "a😀");
  assert.equal(cutUnits("ab", 9), "ab");
});

test("a glance at a long hostile text ends in an ellipsis", () => {
  assert.equal(glance("\u001b[2J", 4), "␛[2J");
  assert.equal(glance("x".repeat(1000), 4), "xxx…");
  assert.equal(glance("\u0301".repeat(1000), 4).endsWith("…"), true);
});

test("law: never more cells than asked for, padded exactly, always safe", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.nat({ max: 30 }), (text, columns) => {
      assert.ok(cellWidth(glance(text, columns)) <= columns);
      assert.ok(isSafe(glance(text, columns)));
      assert.ok(cellWidth(glanceEnd(text, columns)) <= columns);
      assert.ok(isSafe(glanceEnd(text, columns)));
      assert.equal(cellWidth(padEnd(safe(text), columns)), columns);
      assert.equal(cellWidth(padStart(safe(text), columns)), columns);
    }),
  );
});
