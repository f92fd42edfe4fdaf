import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  before,
  behind,
  boundary,
  clustersOf,
  oneLine,
  termBefore,
  wordBefore,
  wordBehind,
} from "../../../src/tui/model/clusters.ts";
import { createCanvas } from "../../../src/tui/view/frame.ts";

const CLUSTERS: readonly (readonly [text: string, shown: string])[] = [
  ["", ""],
  ["ab", "a@0/0+1 b@1/1+1"],
  ["収x", "収@0/0+2 x@1/2+1"],
  ["😀x", "😀@0/0+2 x@2/2+1"],
  ["e\u0301x", "e\u0301@0/0+1 x@2/1+1"],
  ["\u202ex", "\u202e@0/0+6 x@1/6+1"],
  ["\u0301x", "\u0301@0/0+0 x@1/0+1"],
];

for (const [text, shown] of CLUSTERS) {
  test(`clusters of ${JSON.stringify(text)}`, () => {
    const clusters = clustersOf(text).map(({ text, at, cell, cells }) => `${text}@${at}/${cell}+${cells}`);
    assert.equal(clusters.join(" "), shown);
  });
}

const LINES: readonly (readonly [text: string, line: string])[] = [
  ["a\r\nb\nc\rd", "a b c d"],
  ["a\tb", "a b"],
  ["a\u2028b", "a b"],
  ["a\u001b[31mb\u009bc\u0000", "a[31mbc"],
  ["Ärzte 収 👩\u200d👩", "Ärzte 収 👩\u200d👩"],
];

for (const [text, line] of LINES) {
  test(`${JSON.stringify(text)} on one line`, () => assert.equal(oneLine(text, 100), line));
}

test("a line is cut between characters", () => assert.equal(oneLine("a😀b", 2), "a"));

type Step = (text: string, place: number) => number;
const STEPS: readonly (readonly [name: string, step: Step, from: string, to: string])[] = [
  ["before", before, "a|b", "|ab"],
  ["before", before, "|ab", "|ab"],
  ["before", before, "ae\u0301|", "a|e\u0301"],
  ["before", before, "a😀|", "a|😀"],
  ["behind", behind, "a|😀b", "a😀|b"],
  ["behind", behind, "ab|", "ab|"],
  ["behind", behind, "|e\u0301b", "e\u0301|b"],
  ["boundary", boundary, "ae|\u0301", "a|e\u0301"],
  ["wordBefore", wordBefore, "cmd:fetch|", "cmd:|fetch"],
  ["wordBefore", wordBefore, "cmd:|fetch", "|cmd:fetch"],
  ["wordBefore", wordBefore, "ящик 2 |", "ящик |2 "],
  ["wordBefore", wordBefore, "|a", "|a"],
  ["wordBehind", wordBehind, "cmd|:fetch x", "cmd:fetch| x"],
  ["wordBehind", wordBehind, "|cmd:fetch", "cmd|:fetch"],
  ["wordBehind", wordBehind, "a| )", "a )|"],
  ["termBefore", termBefore, "push cmd:fetch |", "push |cmd:fetch "],
  ["termBefore", termBefore, "push cmd:fe|tch", "push |cmd:fetch"],
  ["termBefore", termBefore, " |", "| "],
];

for (const [name, step, from, to] of STEPS) {
  test(`${name} of ${from}`, () => {
    const place = step(from.replace("|", ""), from.indexOf("|"));
    assert.equal(place, to.indexOf("|"));
  });
}

test("law: a text takes the cells on a canvas that its clusters say", () => {
  const unit = fc.constantFrom("a", "収", "😀", "\u0301", "é", "\u202e", "\ufe0f", "\u1112\u1161", "\ud800");
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
      // After a letter, because a mark needs something to stand on.
      const text = `a${units.join("")}`;
      const last = clustersOf(text).at(-1);
      assert.equal(createCanvas(100, 1).text(0, 0, text, "plain"), (last?.cell ?? 0) + (last?.cells ?? 0));
    }),
  );
});
