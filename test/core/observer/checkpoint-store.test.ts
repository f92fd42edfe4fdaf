import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver } from "../../../src/core/observe.ts";
import {
  type CheckpointStoreOptions,
  createCheckpointStore,
} from "../../../src/core/observer/checkpoint-store.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";

/** So many NOOPs behind the prelude, a millisecond a line. */
function noops(count: number): WireEvent[] {
  const lines = Array.from({ length: count }, (_, i) => `C: a${i} NOOP\nS: a${i} OK done`).join("\n");
  return eventsOf(`${SELECTED_PRELUDE}${lines}`);
}

function stored(events: readonly WireEvent[], options: CheckpointStoreOptions = {}) {
  const checkpoints = createCheckpointStore(options);
  const observer = createObserver({ emit: () => {}, checkpoints });
  for (const event of events) observer.take(event);
  return checkpoints;
}

test("checkpoints are as far apart as they shall be, and the last before a time is found", () => {
  const checkpoints = stored(noops(100), { octetsApart: 2000 });
  const last = checkpoints.find(1, Number.POSITIVE_INFINITY);
  const before = last && checkpoints.find(1, last.lastMicros);
  assert.ok(last !== undefined && before !== undefined);
  const exchanges = last.dialogue.lastOrdinal - before.dialogue.lastOrdinal;
  // An exchange has some 30 octets, and two events that count 100 each.
  assert.ok(exchanges >= 8 && exchanges <= 10, `${exchanges} exchanges apart`);
  assert.equal(checkpoints.find(1, 1000), undefined);
  assert.equal(checkpoints.find(2, 1e9), undefined);
});

test("over their bound every other one is forgotten, and they are further apart from then on", () => {
  const wordsKept = 60_000;
  const checkpoints = stored(noops(2000), { octetsApart: 500, wordsKept });
  assert.ok(checkpoints.words() <= wordsKept && checkpoints.words() > wordsKept / 4);
  assert.ok(checkpoints.find(1, Number.POSITIVE_INFINITY) !== undefined);
});

test("a connection whose times go back, or whose number is used again, has none", () => {
  const back = noops(100);
  const last = back.at(-1);
  if (last !== undefined) back.push({ ...last, atMicros: 5 });
  assert.equal(stored(back, { octetsApart: 500 }).find(1, 1e9), undefined);
  const again = noops(100).map((event) => ({ ...event, atMicros: event.atMicros + 1e9 }));
  const close: WireEvent = { kind: "close", connection: 1, atMicros: 1e9 - 1, by: "client", reason: "" };
  assert.equal(stored([...noops(100), close, ...again], { octetsApart: 500 }).find(1, 1e12), undefined);
});

test("nothing is saved while a command is open", () => {
  const lines = `${SELECTED_PRELUDE}C: open NOOP\n${"S: * 3 EXISTS\n".repeat(100)}`;
  const last = stored(eventsOf(lines), { octetsApart: 500 }).find(1, 1e9);
  assert.ok(last === undefined || last.dialogue.lastOrdinal <= 2);
});
