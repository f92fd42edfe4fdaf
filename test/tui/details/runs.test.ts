import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Run, runsOf } from "../../../src/tui/details/runs.ts";

/** `aaa-b`: letters are keys, `-` has none. */
function runs(items: string, least = 2): string {
  return runsOf([...items], (key) => (key === "-" ? undefined : key), least)
    .map(({ first, count }) => items.slice(first, first + count))
    .join(" ");
}

const ROWS: readonly (readonly [items: string, least: number, runs: string])[] = [
  ["", 2, ""],
  ["a", 2, "a"],
  ["aaab", 2, "aaa b"],
  ["aabb", 3, "a a b b"],
  ["baaa", 3, "b aaa"],
  ["--aa--", 2, "- - aa - -"],
  ["aa-aa", 2, "aa - aa"],
];

for (const [items, least, expected] of ROWS) {
  test(`"${items}" in runs of at least ${least}: "${expected}"`, () =>
    assert.equal(runs(items, least), expected));
}

test("law: runs cover everything once, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "b", "-")), fc.integer({ min: 1, max: 4 }), (items, least) => {
      const covered = runsOf(items, (key) => (key === "-" ? undefined : key), least);
      const places = covered.flatMap(({ first, count }: Run) =>
        Array.from({ length: count }, (_none, i) => first + i),
      );
      assert.deepEqual(
        places,
        items.map((_item, place) => place),
      );
    }),
  );
});
