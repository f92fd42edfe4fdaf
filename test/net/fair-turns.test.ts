import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as round } from "node:timers/promises";
import { createFairTurns, Worker } from "../../src/net/fair-turns.ts";

function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test("turns are given in the order in which they were asked for, one after the other", async () => {
  const turns = createFairTurns();
  const given: number[] = [];
  const all = [1, 2, 3].map((number) =>
    turns.next().then(() => {
      given.push(number);
    }),
  );
  while (given.length < 1) await round();
  // The others have theirs in later rounds.
  assert.deepEqual(given, [1]);
  await Promise.all(all);
  assert.deepEqual(given, [1, 2, 3]);
  await turns.next();
});

test("between two turns there are rounds in which others are heard", async () => {
  const turns = createFairTurns();
  let rounds = 0;
  let over = false;
  const both = Promise.all([turns.next(), turns.next()]).then(() => {
    over = true;
  });
  while (!over) {
    await round();
    rounds++;
  }
  await both;
  assert.ok(rounds > 8, String(rounds));
});

test("who has done little waits for nobody, and who has used up a turn asks for the next", async () => {
  let asked = 0;
  const turns = {
    next: async () => {
      asked++;
    },
  };
  const worker = new Worker(turns);
  await worker.begin();
  assert.equal(asked, 0);
  busy(3);
  assert.equal(worker.isOver(), true);
  await worker.begin();
  assert.equal(asked, 1);
  assert.equal(new Worker(turns).isOver(), true, "what was not begun is over");
});
