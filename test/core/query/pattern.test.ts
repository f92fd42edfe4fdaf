import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createPattern } from "../../../src/core/query/pattern.ts";

const ROWS: readonly (readonly [source: string, text: string, covers: boolean, occurs: boolean])[] = [
  ["inbox", "inbox", true, true],
  ["INBOX", "inbox", true, true],
  ["inbox", "inbox/a", false, true],
  ["inbox*", "inbox/a", true, true],
  ["*a", "inbox/a", true, true],
  ["i*x*a", "inbox/a", true, true],
  ["a*i", "inbox/a", false, false],
  ["*", "", true, true],
  ["", "", true, true],
  ["", "a", false, true],
  ["ab*ab", "ab", false, false],
  ["ab*ab", "abab", true, true],
  ["a*b*b", "ab", false, false],
  ["\\*", "*", true, true],
  ["\\*", "a", false, false],
  ["\\\\seen", "\\seen", true, true],
  ["АРХИВ", "архив", true, true],
];

for (const [source, text, covers, occurs] of ROWS) {
  test(`pattern ${source} on ${JSON.stringify(text)}`, () => {
    assert.equal(createPattern(source).covers(text), covers);
    assert.equal(createPattern(source).occursIn(text), occurs);
  });
}

test("law: the same answers as a regular expression gives", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 6 }), text, (source, lower) => {
      const expression = source.replaceAll("*", ".*");
      assert.equal(createPattern(source).covers(lower), new RegExp(`^${expression}$`).test(lower));
      assert.equal(createPattern(source).occursIn(lower), new RegExp(expression).test(lower));
    }),
  );
});

test("a hostile pattern costs no more than a pass over the text", () => {
  const pattern = createPattern(`${"a*".repeat(200)}b`);
  assert.equal(pattern.covers("a".repeat(200_000)), false);
});
