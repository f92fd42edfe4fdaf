/** The relay is at rest in a round of the event loop that brings nothing; what waits is bounded in time and octets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRest, type Rest } from "../../src/net/rest.ts";

/** A rest whose rounds are ended by hand. */
function byHand(): { rest: Rest; endRound: () => number } {
  let next: (() => void)[] = [];
  const rest = createRest((run) => next.push(run));
  const endRound = (): number => {
    const runs = next;
    next = [];
    for (const run of runs) run();
    return runs.length;
  };
  return { rest, endRound };
}

test("work waits for a round that brings nothing, and is done in the order in which it was put", () => {
  const { rest, endRound } = byHand();
  const done: string[] = [];
  rest.put(() => done.push("a"), 1, 0);
  endRound();
  rest.put(() => done.push("b"), 1, 10);
  endRound();
  rest.put(() => done.push("c"), 1, 20);
  endRound();
  assert.equal(done.length, 0);
  endRound();
  assert.deepEqual(done, ["a", "b", "c"]);
  assert.equal(endRound(), 0, "nothing waits, and no round is asked for");
  rest.put(() => done.push("d"), 1, 30);
  endRound();
  endRound();
  assert.deepEqual(done.slice(3), ["d"]);
});

test("where every round brings more, nothing waits for longer than 250 ms", () => {
  const { rest, endRound } = byHand();
  let done = 0;
  for (let atMicros = 0; atMicros < 249_000; atMicros += 1000) {
    rest.put(() => done++, 1, atMicros);
    endRound();
  }
  assert.equal(done, 0);
  rest.put(() => done++, 1, 250_000);
  endRound();
  assert.equal(done, 250);
});

test("a large read is looked at in the tick in which it came, with all that waits before it", () => {
  const { rest, endRound } = byHand();
  const done: string[] = [];
  rest.put(() => done.push("little"), 1, 0);
  rest.put(() => done.push("much"), 4096, 0);
  assert.deepEqual(done, ["little", "much"]);
  rest.put(() => done.push("little again"), 1, 0);
  assert.equal(done.length, 2);
  endRound();
  endRound();
  assert.equal(done.length, 3);
});

test("of small reads 256 KiB wait at most", () => {
  const { rest } = byHand();
  let done = 0;
  for (let i = 0; i < 255; i++) rest.put(() => done++, 1024, 0);
  assert.equal(done, 0);
  rest.put(() => done++, 1024, 0);
  assert.equal(done, 256);
});

test("who asks for all to be done gets it, also in the middle of it, and nothing is done twice", () => {
  const { rest, endRound } = byHand();
  const done: string[] = [];
  rest.catchUp();
  rest.put(() => done.push("a"), 1, 0);
  rest.put(
    () => {
      done.push("b");
      rest.catchUp();
      done.push("b is over");
    },
    1,
    0,
  );
  rest.put(() => done.push("c"), 1, 0);
  rest.catchUp();
  assert.deepEqual(done, ["a", "b", "c", "b is over"]);
  endRound();
  endRound();
  assert.equal(done.length, 4);
});

test("work that fails is told to whoever ran it, and does not stand in the way of what is behind it", () => {
  const { rest } = byHand();
  const done: string[] = [];
  rest.put(
    () => {
      throw new Error("bug");
    },
    1,
    0,
  );
  rest.put(() => done.push("behind"), 1, 0);
  assert.throws(() => rest.catchUp(), /bug/);
  rest.catchUp();
  assert.deepEqual(done, ["behind"]);
});
