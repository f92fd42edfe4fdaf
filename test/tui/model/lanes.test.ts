import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../../src/core/observation.ts";
import { rowsInSight } from "../../../src/tui/model/facts.ts";
import { lanesThatFit, settleLanes } from "../../../src/tui/model/lanes.ts";
import { showsOf } from "../../../src/tui/rows/row-list.ts";
import { closed, opened, push, state as stateChange } from "../../observations.ts";
import { runs } from "../../runs.ts";
import { type Acting, acting } from "./acting.ts";

/** A row for each number: a push on that connection, the first of them behind the opening of all. */
function pushes(...connections: readonly number[]): Observation[] {
  return connections.map((connection) => push({ connection, atMicros: 10_000_000 }));
}

function times(count: number, ...connections: readonly number[]): Observation[] {
  return Array.from({ length: count }, () => pushes(...connections)).flat();
}

/** With so many connections open, of which nothing is in sight. */
function opening(connections: number, columns = 80): Acting {
  const actor = acting(24, columns);
  for (let id = 1; id <= connections; id++) actor.add(opened(id));
  return actor;
}

function pick(actor: Acting, ...picked: readonly number[]): void {
  actor.state = { ...actor.state, picked: new Set(picked) };
  actor.list.choose(showsOf(actor.facts.rows, actor.state.picked, undefined));
  actor.happen({ kind: "rows" });
}

test("a key shows connections side by side, and the same key one table again", () => {
  for (const key of ["|", "L"]) {
    const actor = opening(2);
    assert.equal(actor.state.lanes, undefined);
    actor.press(key);
    assert.deepEqual(actor.state.lanes, [1, 2]);
    assert.deepEqual(actor.effects, []);
    actor.press(key);
    assert.equal(actor.state.lanes, undefined);
  }
});

test("among the connections the key leads to the table, where they then are side by side", () => {
  const actor = opening(3);
  for (let i = 0; i < 2; i++) {
    actor.press("c", "|");
    assert.equal(actor.state.place, "exchanges");
    assert.notEqual(actor.state.lanes, undefined);
  }
});

test("back shows everything first, and then one table", () => {
  const actor = opening(3);
  pick(actor, 2, 1);
  actor.press("|", "escape");
  assert.equal(actor.state.picked, undefined);
  assert.notEqual(actor.state.lanes, undefined);
  actor.press("escape");
  assert.equal(actor.state.lanes, undefined);
});

test("the cursor, what is in sight, and whether it follows do not change", () => {
  const actor = opening(2);
  actor.add(...times(40, 1, 2));
  actor.press("k", "k");
  const { cursor, top, following } = actor.state;
  actor.press("|");
  assert.deepEqual([actor.state.cursor, actor.state.top, actor.state.following], [cursor, top, following]);
});

function selected(connection: number, mailbox: string | undefined): Observation {
  return stateChange({ connection, mailbox, atMicros: 8_000_000 });
}

/** Rows that are there when the key is pressed, on 80 columns, which have room for two lanes; and the lanes. */
const FIRST: readonly (readonly [what: string, rows: Observation[], lanes: readonly number[]])[] = [
  ["in the order of their numbers", pushes(2, 1), [1, 2]],
  ["one alone, where nobody else is in sight", [selected(3, "Other"), ...times(30, 2)], [2]],
  ["also one that has been quiet on the same mailbox", [selected(3, "INBOX"), ...times(30, 2)], [2, 3]],
  ["but not one that has left it", [selected(3, "INBOX"), selected(3, undefined), ...times(30, 2)], [2]],
  ["or was closed", [selected(1, "INBOX"), selected(3, "INBOX"), closed(3), ...times(30, 2)], [1, 2]],
  ["the busiest, and a lane for the others", [...times(4, 1), ...times(6, 3), ...pushes(2, 3)], [3]],
  ["that at the cursor rather than the busiest", [...times(9, 1), ...times(3, 3), ...pushes(2)], [2]],
];

for (const [what, rows, lanes] of FIRST) {
  test(`lanes to begin with: ${what}`, () => {
    const actor = opening(3);
    actor.add(selected(2, "INBOX"), ...times(30, 3), ...times(30, 2), ...rows);
    // What is in sight is only of these.
    actor.state = { ...actor.state, size: { columns: 80, rows: 3 + Math.min(21, rows.length) } };
    actor.happen({ kind: "rows" });
    actor.press("|");
    assert.deepEqual(actor.state.lanes, lanes);
  });
}

/** On 80 columns, with lanes for 1 and 2: what comes then, at once or bit by bit, and the lanes. */
const LATER: readonly (readonly [what: string, rows: readonly Observation[][], lanes: readonly number[]])[] =
  [
    ["who is in sight keeps them", [times(30, 2, 1)], [1, 2]],
    ["who is quiet keeps its own while nobody needs it", [times(30, 2)], [1, 2]],
    ["one that comes gets that of one out of sight, at its place", [times(30, 2), times(30, 2, 3)], [3, 2]],
    ["one that is closed gives way before one that is open", [[closed(2), ...times(30, 3)]], [1, 3]],
    ["three in sight: the first keeps its own, and the others share one", [times(30, 3, 2, 1)], [1]],
    ["of many that take turns one stays though out of sight", [times(30, 3, 1, 2), times(30, 2, 3, 4)], [1]],
    ["but not once it is closed", [times(30, 3, 1, 2), [closed(1), ...times(30, 2, 3, 4)]], [2]],
    ["two of three in sight again", [times(30, 3, 1, 2), times(30, 2, 1)], [1, 2]],
  ];

for (const [what, rows, lanes] of LATER) {
  test(`lanes that change: ${what}`, () => {
    const actor = opening(4);
    actor.add(...times(30, 1, 2));
    actor.press("|");
    assert.deepEqual(actor.state.lanes, [1, 2]);
    for (const each of rows) actor.add(...each);
    assert.deepEqual(actor.state.lanes, lanes);
  });
}

test("those that are picked have a lane each, in sight or not; and where there is no room for all, some share one", () => {
  const actor = opening(5);
  actor.add(...times(30, 5, 4));
  actor.press("|");
  pick(actor, 4, 2);
  assert.deepEqual(actor.state.lanes, [2, 4]);
  pick(actor, 5, 2, 4, 1);
  assert.deepEqual(actor.state.lanes, [5, 4]);
  actor.happen({ kind: "resize", size: { columns: 200, rows: 60 } });
  assert.deepEqual(actor.state.lanes, [1, 2, 4, 5]);
});

test("on a window that shrinks and grows everybody in sight has a lane where there is room", () => {
  const actor = opening(6, 200);
  actor.add(...times(4, 1, 2, 3, 4, 5, 6));
  actor.press("|");
  assert.deepEqual(actor.state.lanes, [1, 2, 3, 4, 5, 6]);
  actor.happen({ kind: "resize", size: { columns: 80, rows: 24 } });
  assert.deepEqual(actor.state.lanes, [1]);
  actor.happen({ kind: "resize", size: { columns: 200, rows: 60 } });
  assert.deepEqual(actor.state.lanes, [1, 2, 3, 4, 5, 6]);
});

test("who is over loses its lane once it is out of sight, and has its place again in sight", () => {
  const actor = opening(5, 200);
  actor.add(...times(30, 1, 2));
  actor.press("|");
  assert.deepEqual(actor.state.lanes, [1, 2]);
  actor.add(closed(1), ...pushes(5, 3));
  assert.deepEqual(actor.state.lanes, [1, 2, 3, 5], "it is in sight still");
  actor.add(...times(30, 5));
  assert.deepEqual(actor.state.lanes, [2, 3, 5]);
  actor.press("k", "pageup");
  assert.deepEqual(actor.state.lanes, [2, 3, 5]);
  actor.press("pageup");
  assert.deepEqual(actor.state.lanes, [1, 2, 3, 5]);
});

test("lanes stay where nothing is in sight: behind the details, and where nothing matches", () => {
  const actor = opening(2);
  actor.add(...pushes(1, 2), closed(1), closed(2));
  actor.press("|", "1");
  assert.equal(actor.state.place, "details");
  actor.happen({ kind: "rows" });
  assert.deepEqual(actor.state.lanes, [1, 2]);
  actor.press("escape");
  actor.list.choose(() => false);
  actor.happen({ kind: "rows" });
  assert.deepEqual(actor.state.lanes, [1, 2]);
});

test("while nothing is there, and once somebody comes", () => {
  const actor = acting();
  actor.press("|");
  assert.deepEqual(actor.state.lanes, []);
  actor.add(opened(7));
  assert.deepEqual(actor.state.lanes, [7]);
});

type Deed =
  | { readonly rows: readonly number[] }
  | { readonly close: number }
  | { readonly key: string }
  | { readonly columns: number }
  | { readonly picked: readonly number[] };

const ID = fc.integer({ min: 1, max: 8 });
const DEED: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ rows: fc.array(ID, { minLength: 1, maxLength: 30 }) }),
  fc.record({ close: ID }),
  fc.record({ key: fc.constantFrom("j", "g", "G", "pageup", "pagedown", "p", "|", "c", "1") }),
  fc.record({ columns: fc.integer({ min: 1, max: 260 }) }),
  fc.record({ picked: fc.uniqueArray(ID, { minLength: 1 }) }),
);

function act(actor: Acting, deed: Deed): void {
  if ("rows" in deed) actor.add(...pushes(...deed.rows));
  else if ("close" in deed) actor.add(closed(deed.close));
  else if ("key" in deed) actor.press(deed.key);
  else if ("picked" in deed) pick(actor, ...deed.picked);
  else actor.happen({ kind: "resize", size: { columns: deed.columns, rows: 24 } });
}

test("whatever happens there is room for all lanes, and one for everybody in sight, their own where there is room", () => {
  fc.assert(
    fc.property(fc.array(DEED, { maxLength: 40 }), (deeds) => {
      const actor = opening(8);
      actor.press("|");
      for (const deed of deeds) {
        act(actor, deed);
        const { state, facts } = actor;
        const { lanes, picked, size } = state;
        if (lanes === undefined) continue;
        const fit = lanesThatFit(size);
        const seen = [...new Set(rowsInSight(state, facts).map(facts.rows.connection))];
        const sharing = seen.filter((id) => !lanes.includes(id));
        assert.equal(new Set(lanes).size, lanes.length);
        assert.ok(lanes.length + Math.sign(sharing.length) <= fit);
        if (seen.length <= fit) assert.deepEqual(sharing, []);
        if (picked !== undefined && picked.size <= fit) assert.deepEqual(new Set(lanes), picked);
        assert.equal(settleLanes(state, facts), state);
      }
    }),
    { numRuns: runs(1000) },
  );
});
