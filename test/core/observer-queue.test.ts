import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserverQueue, type TurnTime } from "../../src/core/observer-queue.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";

function data(connection: number, octets: number, atMicros = 0): WireEvent {
  return {
    kind: "data",
    connection,
    atMicros,
    from: "server",
    bytes: new Uint8Array(octets),
    redacted: [],
  };
}

function queueing(boundOctets: number, take: (event: WireEvent) => void = () => {}) {
  const turns: ((mayGoOn: () => boolean) => void)[] = [];
  const times: TurnTime[] = [];
  const told: string[] = [];
  const taken: WireEvent[] = [];
  const queue = createObserverQueue({
    take: (event) => {
      taken.push(event);
      take(event);
    },
    schedule: (run, when) => {
      turns.push(run);
      times.push(when);
    },
    onBehind: (connection) => told.push(`behind ${connection}`),
    onFailure: (connection, error) => told.push(`failed ${connection} ${(error as Error).message}`),
    boundOctets,
  });
  return { queue, turns, times, told, taken };
}

test("the observer runs in turns of its own, never within push", () => {
  const { queue, turns, taken } = queueing(1e9);
  for (let i = 0; i < 1000; i++) queue.push(data(1, 10));
  assert.equal(taken.length, 0);
  assert.equal(turns.length, 1);
  while (turns.length > 0) turns.shift()?.(() => true);
  assert.equal(taken.length, 1000);
});

test("a turn ends when it may not go on, and another one follows", () => {
  const { queue, turns, times, taken } = queueing(1e9);
  for (let i = 0; i < 10; i++) queue.push(data(1, 100));
  let left = 3;
  turns.shift()?.(() => --left > 0);
  assert.equal(taken.length, 3);
  assert.deepEqual([turns.length, times], [1, ["soon", "now"]]);
});

test("where little waits a turn comes soon, and at once where it becomes much", () => {
  const { queue, times } = queueing(1e9);
  for (let i = 0; i < 10; i++) queue.push(data(1, 100));
  assert.deepEqual(times, ["soon"]);
  for (let i = 0; i < 10; i++) queue.push(data(1, 60_000));
  assert.deepEqual(times, ["soon", "now"]);
});

test("a turn that is to come soon is put off while events keep coming, but none of them waits for long", () => {
  const { queue, turns, times, taken } = queueing(1e9);
  queue.push(data(0, 10, 0));
  for (let atMicros = 2000; taken.length === 0; atMicros += 2000) {
    assert.ok(atMicros < 200_000);
    queue.push(data(atMicros, 10, atMicros));
    turns.shift()?.(() => true);
  }
  // 20 ms in steps of 2, and what came first.
  assert.equal(taken.length, 11);
  assert.ok(times.every((when) => when === "soon"));
});

test("a command and its answer are observed in the first turn, and so is what was put off, once nothing more comes", () => {
  const { queue, turns, taken } = queueing(1e9);
  for (const atMicros of [0, 300]) queue.push(data(1, 10, atMicros));
  turns.shift()?.(() => true);
  assert.equal(taken.length, 2);
  for (const atMicros of [10_000, 12_000]) queue.push(data(1, 10, atMicros));
  turns.shift()?.(() => true);
  assert.equal(taken.length, 2);
  turns.shift()?.(() => true);
  assert.equal(taken.length, 4);
});

test("a connection over the bound is behind: told once, its octets counted; others go on", () => {
  const { queue, told, taken } = queueing(100);
  for (let i = 0; i < 5; i++) queue.push(data(1, 60));
  queue.push(data(2, 60));
  queue.drain();
  assert.deepEqual(told, ["behind 1"]);
  assert.deepEqual(
    taken.map((event) => `${event.connection} ${event.kind}`),
    ["1 data", "1 omitted", "1 omitted", "1 omitted", "1 omitted", "2 data"],
  );
});

test("an observer that throws is told of once, and stops for that connection only", () => {
  const { queue, told, taken } = queueing(1e9, (event) => {
    if (event.connection === 1) throw new Error("a bug");
  });
  for (const connection of [1, 1, 2]) queue.push(data(connection, 1));
  queue.drain();
  assert.deepEqual(told, ["failed 1 a bug"]);
  assert.equal(taken.filter((event) => event.connection === 2).length, 1);
});

test("how old the oldest is of what waits", () => {
  const { queue, turns } = queueing(1e9);
  assert.equal(queue.oldestMicros(), undefined);
  for (const atMicros of [5, 7, 9]) queue.push(data(1, 10, atMicros));
  assert.equal(queue.oldestMicros(), 5);
  turns.shift()?.(() => false);
  assert.equal(queue.oldestMicros(), 7);
  queue.drain();
  assert.equal(queue.oldestMicros(), undefined);
});
