import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1, utf8 } from "../../../src/core/base/octets.ts";
import { RecordQueue } from "../../../src/core/secrets/record-queue.ts";
import type { DataEvent, WireEvent } from "../../../src/core/wire/event.ts";

function read(text: string): DataEvent {
  return { kind: "data", connection: 1, atMicros: 0, from: "client", bytes: utf8(text), redacted: [] };
}

test("an undecided slot holds back itself and what came after it", () => {
  const events: WireEvent[] = [];
  const queue = new RecordQueue((event) => events.push(event));
  const first = queue.add(read("ab"));
  first.held = 1;
  queue.add(read("cd")).clear(0, 2);
  queue.flush();
  assert.equal(events.length, 0);
  assert.equal(queue.octets, 4);
  first.held = 0;
  first.clear(0, 2);
  queue.flush();
  assert.equal(events.length, 2);
  assert.equal(queue.octets, 0);
});

test("a slot is rebuilt with the spans of its masks, and vanishes where nothing is left", () => {
  const events: WireEvent[] = [];
  const queue = new RecordQueue((event) => events.push(event));
  const slot = queue.add(read("user pw!"));
  slot.clear(0, 5);
  slot.write(utf8("xxxxxxxx"), [[0, 8]]);
  slot.clear(7, 8);
  queue.add(read("gone"));
  queue.flush();
  const [event] = events;
  assert.ok(event?.kind === "data");
  assert.equal(latin1(event.bytes), "user xxxxxxxx!");
  assert.deepEqual(event.redacted, [[5, 13]]);
  assert.equal(events.length, 1);
});

test("a read of which everything stands is given on as it is, also where something was held for a while", () => {
  const events: WireEvent[] = [];
  const queue = new RecordQueue((event) => events.push(event));
  const event = read("abcdef");
  const slot = queue.add(event);
  slot.clear(0, 2);
  slot.pieces.push({
    kind: "held",
    pieces: [
      { kind: "clear", start: 2, end: 3 },
      { kind: "clear", start: 3, end: 4 },
    ],
  });
  slot.clear(4, 6);
  queue.flush();
  assert.equal(events[0], event);
});

test("a read of which a part is dropped is not", () => {
  const events: WireEvent[] = [];
  const queue = new RecordQueue((event) => events.push(event));
  for (const [start, end] of [
    [0, 5],
    [1, 6],
  ] as const) {
    queue.add(read("abcdef")).clear(start, end);
  }
  queue.flush();
  assert.deepEqual(
    events.map((event) => event.kind === "data" && latin1(event.bytes)),
    ["abcde", "bcdef"],
  );
});

test("what cannot be decided is counted", () => {
  const events: WireEvent[] = [];
  const queue = new RecordQueue((event) => events.push(event));
  const slot = queue.add(read("secret"));
  slot.held = 1;
  queue.omitUndecided(slot);
  queue.flush();
  assert.deepEqual(events, [
    { kind: "omitted", connection: 1, atMicros: 0, from: "client", octets: 6, reason: "opaque" },
  ]);
});
