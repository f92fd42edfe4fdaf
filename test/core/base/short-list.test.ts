import assert from "node:assert/strict";
import { test } from "node:test";
import { put, written } from "../../../src/core/base/short-list.ts";

test("a place is written, and the list goes on behind its end, whatever its size", () => {
  let list: number[] = [];
  const expected: number[] = [];
  for (let i = 0; i < 40; i++) {
    list = written(list, i, i);
    expected[i] = i;
    assert.deepEqual(list, expected);
    list = written(list, i >> 1, -i);
    expected[i >> 1] = -i;
    assert.deepEqual(list, expected);
  }
});

test("a list that grows while it is short is a new one, so that an empty one may be shared", () => {
  const shared: string[] = [];
  assert.deepEqual(written(shared, 0, "a"), ["a"]);
  assert.deepEqual(shared, []);
});

test("a place is put, at the end, within, and far behind", () => {
  const list: (string | undefined)[] = [];
  for (const [at, value] of [
    [0, "a"],
    [1, "b"],
    [0, "c"],
    [4, "d"],
  ] as const)
    put(list, at, value);
  assert.deepEqual([list.length, list[0], list[1], list[2], list[4]], [5, "c", "b", undefined, "d"]);
});
