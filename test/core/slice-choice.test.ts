import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver, exchangesOf, observationsOf } from "../../src/core/observe.ts";
import { createSlicer } from "../../src/core/slice.ts";
import { createSliceChoice, type SliceWishes } from "../../src/core/slice-choice.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { compileFilter } from "../../src/library/show.ts";
import { eventsOf } from "../playbook.ts";

const SESSION = `
  @10
  S: * OK ready
  @20
  C: a1 CAPABILITY
  S: * CAPABILITY IMAP4rev1
  S: a1 OK
  @30
  C: a2 LOGIN alice xxxxxxxx
  S: a2 OK in
  @40
  C: a3 LIST "" *
  S: * LIST () "/" INBOX
  S: a3 OK
  @50
  C: a4 SELECT INBOX
  S: * 3 EXISTS
  S: a4 OK [READ-WRITE] selected
  @60
  C: a5 NOOP
  S: a5 OK
  @70
  C: a6 FETCH 1 FLAGS
  S: * 1 FETCH (FLAGS ())
  S: a6 OK
  @80
  C: a7 SELECT Archive
  S: * 9 EXISTS
  S: a7 OK [READ-WRITE] selected
  @90
  C: a8 NOOP
  S: * 10 EXISTS
  S: a8 OK
  @100
  S: * 2 EXPUNGE
  @110
  C: a9 FETCH 2 FLAGS
  C: b1 STORE 2 +FLAGS (\\Seen)
  S: * 2 FETCH (FLAGS ())
  S: a9 OK
  S: b1 OK
  @120
  C: b2 LOGOUT
  S: * BYE
  S: b2 OK
  -- close client`;

function sliced(
  events: readonly WireEvent[],
  { filter, ...wishes }: SliceWishes & { filter?: string },
): WireEvent[] {
  const choice = createSliceChoice(
    filter === undefined ? wishes : { ...wishes, matches: compileFilter(filter) },
  );
  const observer = createObserver({ emit: choice.take });
  for (const event of events) observer.take(event);
  observer.finish();
  const kept: WireEvent[] = [];
  const slicer = createSlicer({ stretches: choice.finish(), emit: (event) => kept.push(event) });
  for (const event of events) slicer.take(event);
  return kept;
}

function tags(events: readonly WireEvent[]): string {
  return exchangesOf(events)
    .map(({ tag, end }) => (end === "completed" ? tag : `${tag}?`))
    .join(" ");
}

const EVENTS = eventsOf(SESSION);

test("what matches is kept with the way to it: greeting, login, and the SELECT that holds there", () => {
  const kept = sliced(EVENTS, { filter: "tag:a6" });
  assert.equal(tags(kept), "a1 a2 a4 a6 b2");
  assert.equal(kept[0]?.kind === "open" && kept[0].midway, false);
});

test("what changed the numbers of messages since the SELECT is kept, and what overlaps what matches", () => {
  const kept = sliced(EVENTS, { filter: "tag:a9" });
  assert.equal(tags(kept), "a1 a2 a7 a9 b1 b2");
  const pushes = observationsOf(kept).filter(({ kind }) => kind === "push");
  assert.equal(pushes.length, 2);
});

test("a push alone is kept with its mailbox", () => {
  assert.equal(tags(sliced(EVENTS, { filter: "push" })), "a1 a2 a7 b2");
});

test("a time keeps what was under way then", () => {
  assert.equal(tags(sliced(EVENTS, { fromMicros: 60_500, untilMicros: 70_000 })), "a1 a2 a4 a5 a6 b2");
  assert.equal(tags(sliced(EVENTS, { fromMicros: 119_000 })), "a1 a2 a7 b2");
});

test("connections are kept whole, and of the others nothing", () => {
  const two = [...EVENTS, ...EVENTS.map((event): WireEvent => ({ ...event, connection: 2 }))];
  assert.deepEqual(
    sliced(two, { connections: new Set([2]) }),
    two.filter(({ connection }) => connection === 2),
  );
  assert.deepEqual(
    new Set(sliced(two, { filter: "tag:a6", connections: new Set([1]) }).map(({ connection }) => connection)),
    new Set([1]),
  );
  assert.deepEqual(sliced(two, { connections: new Set([3]) }), []);
});

test("a connection that nothing was wanted of is left out", () => {
  assert.deepEqual(sliced(EVENTS, { filter: "tag:zz" }), []);
});

test("nothing said is everything", () => {
  assert.deepEqual(sliced(EVENTS, {}), EVENTS);
});
