import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findFrom,
  findSlowest,
  findTag,
  findTime,
  isDefect,
  isFailure,
} from "../../../src/tui/model/find.ts";
import { completed, defectFound, push, started } from "../../observations.ts";
import { acting, exchanges } from "./acting.ts";

test("failures are what ended, but not with OK", () => {
  const { facts, add } = acting();
  add(...exchanges("OK", "NO", "BAD"), started({ id: 9 }), push());
  add(started({ id: 10 }), completed({ id: 10, end: "connectionLost", status: undefined }));
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(isFailure(facts.rows)), [false, true, true, false, false, true]);
});

test("defects are their rows, not what they are about", () => {
  const { facts, add } = acting();
  add(...exchanges("OK"), defectFound());
  assert.deepEqual([0, 1].map(isDefect(facts.rows)), [false, true]);
});

test("one looks from the cursor on, without coming round, among what is shown", () => {
  const { state, facts, list, add } = acting();
  add(...exchanges("NO", "OK", "NO", "NO"));
  const at = { ...state, cursor: 2 };
  const isNo = isFailure(facts.rows);
  assert.equal(findFrom(at, facts, 1, isNo), 3);
  assert.equal(findFrom(at, facts, -1, isNo), 0);
  assert.equal(findFrom({ ...state, cursor: 3 }, facts, 1, isNo), undefined);
  list.choose((row) => row !== 3);
  assert.equal(findFrom(at, facts, 1, isNo), undefined);
});

test("the slowest of what is shown, besides those found; what is in flight is none", () => {
  const { state, facts, list, add } = acting();
  add(...exchanges("OK", "OK", "OK"), started({ id: 9 }));
  assert.equal(findSlowest(state, facts, []), 2);
  assert.equal(findSlowest(state, facts, [2]), 1);
  list.choose((row) => row === 0);
  assert.equal(findSlowest(state, facts, []), 0);
  assert.equal(findSlowest(state, facts, [0]), undefined);
});

test("a tag is looked for behind the cursor, then from the beginning", () => {
  const { state, facts, add } = acting();
  add(started({ id: 1, tag: "x" }), started({ id: 2, tag: "y" }), started({ id: 3, tag: "x" }));
  assert.equal(findTag({ ...state, cursor: 0 }, facts, "x"), 2);
  assert.equal(findTag({ ...state, cursor: 2 }, facts, "x"), 0);
  assert.equal(findTag(state, facts, "X"), undefined);
  assert.equal(findTag(acting().state, acting().facts, "x"), undefined);
});

test("a tag that is longer than rows keep it is found by all of it", () => {
  const { state, facts, add } = acting();
  const tags = ["1", "2"].map((end) => `${"x".repeat(40)}${end}`);
  add(...tags.map((tag, i) => started({ id: i + 1, tag })));
  assert.deepEqual(
    tags.map((tag) => findTag(state, facts, tag)),
    [0, 1],
  );
});

/** Exchanges begin at 1, 2 and 3 seconds. */
const TIMES: readonly (readonly [seconds: number, row: number | undefined])[] = [
  [0, 0],
  [1, 0],
  [1.5, 1],
  [3, 2],
  [99, 2],
];

test("a time leads to the first row at or behind it, or to the last", () => {
  const { state, facts, add } = acting();
  assert.equal(findTime(state, facts, 0), undefined);
  add(...exchanges("OK", "OK", "OK"));
  for (const [seconds, row] of TIMES) assert.equal(findTime(state, facts, seconds * 1e6), row);
});
