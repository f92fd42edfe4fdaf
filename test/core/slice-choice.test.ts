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

test("a change of state is kept with the command that made it", () => {
  assert.equal(tags(sliced(EVENTS, { filter: "state:selected mailbox:INBOX" })), "a1 a2 a4 b2");
});

test("what has not ended is wanted as it began, and kept as far as it has come", () => {
  const events = eventsOf(
    `${SESSION.replace(/@120[\s\S]*/, "")}\n@130\nC: c1 IDLE\nS: + idling\n@140\nS: * 11 EXISTS`,
  );
  for (const [tag, kept] of [
    ["c1", "a1 a2 a7 c1?"],
    ["a6", "a1 a2 a4 a6"],
  ]) {
    const choice = createSliceChoice({ matches: compileFilter(`tag:${tag}`) });
    const observer = createObserver({ emit: choice.take });
    for (const event of events) observer.take(event);
    const cut: WireEvent[] = [];
    const slicer = createSlicer({ stretches: choice.finish(), emit: (event) => cut.push(event) });
    for (const event of events) slicer.take(event);
    assert.equal(tags(cut), kept);
  }
});

test("a push is kept with the IDLE that it came in, so that it is no defect there", () => {
  const events = eventsOf(
    SESSION.replace("@100", "@95\n  C: i1 IDLE\n  S: + idling\n  @100").replace(
      "@110",
      "@105\n  C: DONE\n  S: i1 OK\n  @110",
    ),
  );
  for (const filter of ["push", "tag:b1"]) {
    const kept = sliced(events, { filter });
    assert.match(tags(kept), /^a1 a2 a7 i1 /, filter);
    const defects = observationsOf(kept).flatMap((seen) =>
      seen.kind === "defect" ? [seen.defect.kind] : [],
    );
    assert.ok(!defects.includes("expunge-forbidden"), defects.join());
  }
});

test("where no login is seen, as from midway on, what else was said does not lead anywhere", () => {
  const said = "@10\nC: b1 NOOP\nS: b1 OK\n@20\nC: b2 CAPABILITY\nS: b2 OK\n@30\nC: b3 NOOP\nS: b3 OK";
  const begun = eventsOf(`@1\nS: * OK hi\n${said}`);
  const midway = eventsOf(said).map((event) => (event.kind === "open" ? { ...event, midway: true } : event));
  for (const events of [begun, midway]) assert.equal(tags(sliced(events, { filter: "tag:b3" })), "b2 b3");
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
