import assert from "node:assert/strict";
import { test } from "node:test";
import { createTally } from "../../src/print/tally.ts";
import { closed, completed, defectFound, notice, opened, push } from "../observations.ts";

test("what went by", () => {
  const tally = createTally();
  const lost = completed({ end: "connectionLost", status: undefined });
  for (const one of [
    opened(),
    completed(),
    completed(),
    lost,
    push(),
    push(),
    defectFound(),
    notice("x"),
    closed(),
  ]) {
    tally.count(one);
  }
  assert.deepEqual(tally.summary(), [
    "1 connection, 3 exchanges (2 OK, 1 lost)",
    "2 pushes, 1 defect, 102 up, 37.1k down",
  ]);
});

test("nothing", () => {
  assert.deepEqual(createTally().summary(), [
    "0 connections, 0 exchanges",
    "0 pushes, 0 defects, 0 up, 0 down",
  ]);
});
