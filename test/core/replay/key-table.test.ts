import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { digestKey, KeyTable } from "../../../src/core/replay/key-table.ts";

function placesOf(keys: readonly string[], key: string): readonly number[] {
  const table = new KeyTable(keys.length);
  for (const [place, each] of keys.entries()) table.add(place, digestKey(each));
  table.finish();
  const found: number[] = [];
  for (let at = table.first(digestKey(key)); at !== undefined; at = table.next(at)) found.push(at);
  return found;
}

test("a key finds all its places in their order, and another finds none", () => {
  const key = fc.constantFrom("a", "b", "NOOP", "UID FETCH 1", "UID FETCH 2", "");
  fc.assert(
    fc.property(fc.array(key, { maxLength: 50 }), key, (keys, wanted) => {
      const expected = keys.flatMap((each, place) => (each === wanted ? [place] : []));
      assert.deepEqual(placesOf(keys, wanted), expected);
    }),
  );
});

test("places may be left out", () => {
  const table = new KeyTable(5);
  table.add(1, digestKey("x"));
  table.add(4, digestKey("x"));
  table.finish();
  assert.deepEqual([table.first(digestKey("x")), table.next(1), table.next(4)], [1, 4, undefined]);
});

test("keys that differ in little have digests that differ in both words", () => {
  const keys = Array.from({ length: 100_000 }, (_, at) => `command UID FETCH\u{e000}set ${at}`);
  const both = new Set<string>();
  const lows = new Set<number>();
  for (const key of [...keys, "ab", "ba", "a", "aa", "aaa", "\u0100", "\u0001"]) {
    const { high, low } = digestKey(key);
    both.add(`${high} ${low}`);
    lows.add(low);
  }
  assert.equal(both.size, keys.length + 7);
  // Of 32 bits a hundred thousand have one pair in common, or a few.
  assert.ok(lows.size > keys.length - 20);
});
