import assert from "node:assert/strict";
import { test } from "node:test";
import { characterCells } from "../../../src/core/text/cells.ts";
import { safe } from "../../../src/core/text/safe.ts";
import { textCells } from "../../../src/tui/view/cells.ts";

const shown = (text: string, room = 100) => textCells(text, room).cells.join("");

const ROWS: readonly (readonly [text: string, cells: readonly string[]])[] = [
  ["ab", ["a", "b"]],
  ["日b", ["日", "", "b"]],
  ["Ж\u0301", ["Ж\u0301"]],
  // Composed where there is one character for it.
  ["e\u0301", ["é"]],
  ["x\u0301\u0302\u0303\u0304", ["x\u0301\u0302"]],
  ["日\u0301", ["日\u0301", ""]],
  ["\u0301a", ["◌\u0301", "a"]],
  // Emoji of several: the first of them.
  ["👨‍👩‍👧x", ["👨", "", "x"]],
  ["👩🏽‍🚀x", ["👩", "", "x"]],
  ["👍🏽x", ["👍", "", "x"]],
  ["❤️x", ["❤", "x"]],
  ["🇩🇪", ["D", "E"]],
  // A joiner that joins no emoji is to be seen.
  ["a\u200db", [..."a<200D>b"]],
  ["\u202ea", [..."<202E>a"]],
  ["\ue000", [..."<E000>"]],
  ["\u{10ffff}", [..."<10FFFF>"]],
  ["\u0378", [..."<0378>"]],
  ["\x1b[2J", [..."␛[2J"]],
  ["\x9b2J", [..."<9B>2J"]],
  ["a\nb", [..."a␊b"]],
  ["\ud83d", [..."<D83D>"]],
];

for (const [text, cells] of ROWS) {
  test(`${JSON.stringify(text)} takes the cells ${JSON.stringify(cells)}`, () => {
    assert.deepEqual(textCells(text, 100), { cells, cut: false });
  });
}

test("a text that just fits is not cut, and one that does not says so", () => {
  assert.deepEqual(textCells("日本", 4), { cells: ["日", "", "本", ""], cut: false });
  assert.equal(textCells("日本x", 4).cut, true);
  assert.equal(textCells("ёёёё", 4).cut, false);
  assert.equal(textCells("ёёёёё", 4).cut, true);
});

test("the cost depends on the room, not on the text", () => {
  const long = "日本語".repeat(3_000_000);
  const start = process.cpuUsage();
  for (let i = 0; i < 100; i++) assert.equal(textCells(long, 80).cut, true);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 1_000_000, `${user} µs`);
});

test("nothing but marks is cut too", () => {
  assert.deepEqual(textCells(`x${"\u0301".repeat(100_000)}`, 10).cells, ["x\u0301\u0301"]);
  assert.equal(textCells(`x${"\u0301".repeat(100_000)}`, 10).cut, true);
  assert.equal(shown(`x${"\u0301".repeat(50)}y`), "x\u0301\u0301y");
});

test("every character that is let through is safe, assigned, composed, and as wide as core says", () => {
  for (let code = 0x20; code < 0x30000; code++) {
    const character = String.fromCodePoint(code);
    const { cells } = textCells(character, 20);
    const [first = ""] = cells;
    if (first !== character) continue;
    assert.equal(safe(character), character);
    assert.equal(character.normalize("NFC"), character);
    assert.doesNotMatch(character, /[\p{Co}\p{Cn}]/u);
    assert.equal(cells.length, characterCells(character), code.toString(16));
  }
});
