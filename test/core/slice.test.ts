import assert from "node:assert/strict";
import { test } from "node:test";
import { displayText } from "../../src/core/base/octets.ts";
import { exchangesOf } from "../../src/core/observe.ts";
import { createSlicer, type Stretch } from "../../src/core/slice.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { eventsOf } from "../playbook.ts";

const SESSION = `
  S: * OK ready
  @100
  C: a1 NOOP
  S: a1 OK done
  @200
  C: a2 APPEND x {5}
  S: + go on
  @300
  C| hel
  C: lo
  S: a2 OK done
  @400
  C: a3 NOOP
  S: a3 OK done
  -- close client`;

function slice(events: readonly WireEvent[], stretches: readonly Stretch[], connection = 1): WireEvent[] {
  const kept: WireEvent[] = [];
  const { take } = createSlicer({
    stretches: new Map([[connection, stretches]]),
    emit: (event) => kept.push(event),
  });
  for (const event of events) take(event);
  return kept;
}

function tags(events: readonly WireEvent[]): string[] {
  return exchangesOf(events).map(({ tag, end, status }) => `${tag} ${end} ${status}`);
}

test("the exchanges of a stretch, whole, with what is known of the connection", () => {
  const kept = slice(eventsOf(SESSION), [{ fromMicros: 400_000, untilMicros: 402_000 }]);
  assert.deepEqual(tags(kept), ["a3 completed OK"]);
  assert.deepEqual(
    kept.map(({ kind }) => kind),
    ["open", "data", "data", "close"],
  );
  assert.equal(kept[0]?.kind === "open" && kept[0].midway, true);
});

test("a stretch that begins in the middle of a literal keeps the command whole", () => {
  const kept = slice(eventsOf(SESSION), [{ fromMicros: 300_500, untilMicros: 302_000 }]);
  assert.deepEqual(tags(kept), ["a2 completed OK"]);
});

test("all of it is all of it, and not midway", () => {
  const events = eventsOf(SESSION);
  assert.deepEqual(slice(events, [{ fromMicros: 0, untilMicros: 1e9 }]), events);
});

test("several stretches of one connection", () => {
  const kept = slice(eventsOf(SESSION), [
    { fromMicros: 100_000, untilMicros: 101_000 },
    { fromMicros: 400_000, untilMicros: 401_000 },
  ]);
  assert.deepEqual(tags(kept), ["a1 completed OK", "a3 completed OK"]);
});

test("nothing of a connection but how it began and ended, where nothing of it is wanted; nothing at all of others", () => {
  const kept = slice(eventsOf(SESSION), [{ fromMicros: 2e9, untilMicros: 3e9 }]);
  assert.deepEqual(
    kept.map(({ kind }) => kind),
    ["open", "close"],
  );
  assert.deepEqual(slice(eventsOf(SESSION), [{ fromMicros: 0, untilMicros: 1e9 }], 2), []);
});

test("octets are kept as they were", () => {
  const kept = slice(eventsOf(SESSION), [{ fromMicros: 100_000, untilMicros: 100_000 }]);
  const data = kept.filter((event) => event.kind === "data");
  assert.deepEqual(
    data.map(({ bytes }) => displayText(bytes)),
    ["a1 NOOP\r\n"],
  );
});

test("stretches in any order, over each other, and very many of them", () => {
  const overlapping = [
    { fromMicros: 400_000, untilMicros: 402_000 },
    { fromMicros: 100_000, untilMicros: 100_000 },
    { fromMicros: 90_000, untilMicros: 101_000 },
  ];
  assert.deepEqual(tags(slice(eventsOf(SESSION), overlapping)), ["a1 completed OK", "a3 completed OK"]);
  const lines = Array.from({ length: 20_000 }, (_, i) => `C: a${i} NOOP\nS: a${i} OK done`);
  const events = eventsOf(["S: * OK ready", ...lines].join("\n"));
  const many = lines.map((_, i) => ({ fromMicros: (2 * i + 2) * 1000, untilMicros: (2 * i + 3) * 1000 }));
  const { user } = process.cpuUsage();
  assert.equal(slice(events, many.reverse()).length, events.length - 1, "all but the greeting");
  assert.ok(process.cpuUsage().user - user < 3e6);
});
