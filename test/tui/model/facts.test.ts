import assert from "node:assert/strict";
import { test } from "node:test";
import { cursorPosition, cursorRow, shownLength } from "../../../src/tui/model/facts.ts";
import { acting, exchanges } from "./acting.ts";

test("without rows there is no cursor", () => {
  const { state, facts } = acting();
  assert.deepEqual(
    [shownLength(state, facts), cursorPosition(state, facts), cursorRow(state, facts)],
    [0, -1, undefined],
  );
});

test("rows that began after the table was held still are not shown", () => {
  const { state, facts, add } = acting();
  add(...exchanges("OK", "OK", "OK"));
  assert.equal(shownLength({ ...state, pausedAt: 1 }, facts), 2);
  assert.equal(cursorRow({ ...state, cursor: 2, pausedAt: 1 }, facts), 1);
});

test("where the row at the cursor is not shown, the next one has it, or the last", () => {
  const { state, facts, list, add } = acting();
  add(...exchanges("OK", "OK", "OK", "OK"));
  list.choose((row) => row === 0 || row === 2);
  assert.equal(cursorRow({ ...state, cursor: 1 }, facts), 2);
  assert.equal(cursorRow({ ...state, cursor: 3 }, facts), 2);
});
