import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  formatNumberSet,
  parseNumberSet,
  readNumberSet,
  setContains,
  setSize,
} from "../../../src/core/imap/number-set.ts";

test("RFC 9051 §4.1.1: a set keeps the ranges that it was written in", () => {
  assert.deepEqual(readNumberSet("2,4:7,9,12:*,7:3").set, [
    { from: 2, to: 2 },
    { from: 4, to: 7 },
    { from: 9, to: 9 },
    { from: 12, to: "*" },
    { from: 7, to: 3 },
  ]);
  assert.equal(parseNumberSet("$"), "$");
  assert.equal(setSize(readNumberSet("1:4294967295").set), 4294967295);
});

test("what is no range is left out, with a problem", () => {
  for (const text of ["", "0", "1,,2", "a", "1:", ":1", "4294967296", "-1", "1.5", "none", "1 "]) {
    assert.notEqual(readNumberSet(text).problem, undefined, text);
    assert.equal(parseNumberSet(text), undefined, text);
  }
  assert.deepEqual(readNumberSet("1,x,3").set.length, 2);
});

test("`*` is the largest number, and is not guessed where that is not known", () => {
  const open = readNumberSet("5:*").set;
  assert.equal(setContains(open, 6, 10), true);
  assert.equal(setContains(open, 11, 10), false);
  assert.equal(setContains(open, 6, 3), false);
  assert.equal(setContains(open, 5, undefined), true);
  assert.equal(setContains(open, 6, undefined), undefined);
  assert.equal(setContains(readNumberSet("7:3").set, 4, undefined), true);
  assert.equal(setContains(readNumberSet("1:3").set, 4, undefined), false);
  assert.equal(setSize(open), undefined);
});

test("law: a set is read back as it was written", () => {
  const member = fc.oneof(fc.integer({ min: 1, max: 0xffffffff }), fc.constant("*" as const));
  const range = fc.tuple(member, member).map(([from, to]) => ({ from, to }));
  fc.assert(
    fc.property(fc.array(range, { minLength: 1 }), (set) => {
      assert.deepEqual(readNumberSet(formatNumberSet(set)), { set, problem: undefined });
    }),
  );
});
