import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { readLog } from "../../src/files/event-log.ts";
import { createSpool } from "../../src/files/spool.ts";
import { runs } from "../runs.ts";
import { comparable, wireEvent } from "../wire-events.ts";
import { loggedEvents, NEVER } from "./logged-events.ts";

/** Up to the last one of the connection that is not later. */
function upTo(events: readonly WireEvent[], connection: number, untilMicros: number): readonly WireEvent[] {
  const own = events.filter((event) => event.connection === connection);
  const last = own.findLastIndex((event) => event.atMicros <= untilMicros);
  return own.slice(0, last + 1).map(comparable);
}

test("law: a connection is read up to and with a time, in order, whatever the times of others are", async () => {
  const events = fc.array(wireEvent, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(
      events,
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      async (all, connection, untilMicros) => {
        const spool = createSpool();
        for (const event of all) spool.append(event);
        const whole = await loggedEvents(spool);
        assert.deepEqual(
          await loggedEvents(spool, { connection, untilMicros }),
          upTo(whole, connection, untilMicros),
        );
        await spool.close();
      },
    ),
    { numRuns: runs(100) },
  );
});

function large(count: number): readonly WireEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "data" as const,
    connection: 1 + (i % 3),
    atMicros: i,
    from: "server" as const,
    bytes: new Uint8Array(100 + (i % 50) * 200).fill(0x20 + (i % 90)),
    redacted: [],
  }));
}

test("blocks that hold nothing of the connection or the time are not read", async () => {
  const spool = createSpool();
  for (const event of large(2000)) spool.append(event);
  const read: number[] = [];
  const watched = {
    ...spool,
    read: (into: Uint8Array, start: number) => {
      read.push(into.length);
      return spool.read(into, start);
    },
  };
  const found = await loggedEvents(watched, { connection: 2, afterMicros: 999, untilMicros: 1003 });
  assert.deepEqual(
    found.map((event) => event.atMicros),
    [1000, 1003],
  );
  const octets = read.reduce((sum, each) => sum + each, 0);
  assert.ok(octets < 600_000 && octets < spool.index.end() / 10, `${octets} of ${spool.index.end()}`);
  await spool.close();
});

test("all of a connection among others equals what was appended, across the borders of reads", async () => {
  const spool = createSpool();
  const all = large(3000);
  for (const event of all) spool.append(event);
  const own = all.filter((event) => event.connection === 3).map(comparable);
  assert.deepEqual(await loggedEvents(spool, { connection: 3 }), own);
  await spool.close();
});

test("reading takes turns with others, and ends with the reason of the signal", async () => {
  const spool = createSpool();
  for (const event of large(3000)) spool.append(event);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const slow = (): void => {
    const until = performance.now() + 0.05;
    while (performance.now() < until);
  };
  await readLog(spool, { signal: NEVER }, slow);
  clearInterval(timer);
  assert.ok(turns > 5, `${turns} turns`);
  const controller = new AbortController();
  let seen = 0;
  const reading = readLog(spool, { signal: controller.signal }, () => {
    slow();
    if (++seen === 10) controller.abort(new Error("enough"));
  });
  await assert.rejects(reading, /enough/);
  assert.ok(seen < 1000, `${seen} events`);
  await assert.rejects(readLog(spool, { signal: AbortSignal.abort(new Error("no")) }, slow), /no/);
  await spool.close();
});
