import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns } from "../../src/files/turns.ts";

test("a turn is over after some milliseconds, and the next lets timers have theirs", async () => {
  const turns = createTurns(undefined);
  assert.equal(turns.isOver(), false);
  const begun = performance.now();
  while (!turns.isOver());
  assert.ok(performance.now() - begun < 10_000);
  let ran = false;
  setImmediate(() => {
    ran = true;
  });
  await turns.next();
  assert.equal(ran, true);
});

test("the reason of the signal ends the work between two turns", async () => {
  const controller = new AbortController();
  const turns = createTurns(controller.signal);
  const next = turns.next();
  controller.abort(new Error("enough"));
  await assert.rejects(next, /enough/);
});
