import assert from "node:assert/strict";
import { test } from "node:test";
import type { DetailLine } from "../../../src/tui/details/material.ts";
import type { Facts } from "../../../src/tui/model/facts.ts";
import { isMovement, type MovementName, move, settleTable, toRow } from "../../../src/tui/model/move.ts";
import type { State } from "../../../src/tui/model/state.ts";
import { opened } from "../../observations.ts";
import { type Acting, acting, manyExchanges } from "./acting.ts";

test("names of movements and no others", () => {
  assert.equal(isMovement("pageUp"), true);
  for (const name of ["quit", "toString", "constructor"]) assert.equal(isMovement(name), false);
});

/** From the middle of 100 lines of which 21, or 20 beneath a heading, are seen. */
const STEPS: readonly (readonly [
  name: MovementName,
  details: number,
  connection: number,
  firstLineOfHelp: number,
])[] = [
  ["up", 49, 49, 49],
  ["down", 51, 51, 51],
  ["pageUp", 30, 30, 29],
  ["pageDown", 70, 70, 71],
  ["halfUp", 40, 40, 39],
  ["halfDown", 60, 60, 61],
  ["first", 0, 0, 0],
  ["last", 99, 99, 78],
];

for (const [name, details, connection, firstLineOfHelp] of STEPS) {
  test(`${name} in the details, the list of connections and a page`, () => {
    const { facts, state } = lists();
    const inDetails = move(at(state, "details"), facts, name).details;
    assert.equal(inDetails.cursor, details);
    assert.ok(inDetails.top <= details && details < inDetails.top + 21, "the cursor is in sight");
    assert.equal(move(at(state, "connections"), facts, name).connectionCursor, connection);
    assert.equal(move(at(state, "help"), facts, name).scroll.help, firstLineOfHelp);
    assert.equal(move(at(state, "session"), facts, name).scroll.session, firstLineOfHelp);
  });
}

test("no list is left at its ends, however short", () => {
  const { facts, state } = acting();
  for (const [name] of STEPS) {
    assert.equal(move({ ...state, place: "details" }, facts, name).details.cursor, 0);
    assert.equal(move({ ...state, place: "connections" }, facts, name).connectionCursor, 0);
    assert.equal(move(state, facts, name).cursor, undefined);
    const page = { ...facts, pageLines: () => 3 };
    assert.equal(move({ ...state, place: "help" }, page, name).scroll.help, 0);
  }
});

test("a row out of sight comes to the middle, one in sight stays where it is", () => {
  const { facts, state, add } = acting();
  add(...manyExchanges(100));
  const far = toRow({ ...state, top: 0 }, facts, 50);
  assert.deepEqual([far.cursor, far.top, far.following], [50, 40, false]);
  assert.equal(toRow(far, facts, 45).top, 40);
});

test("when rows come the cursor stays on its row, and when they go on the nearest", () => {
  const { facts, list, state, add } = acting();
  add(...manyExchanges(100));
  const still: State = { ...state, following: false, cursor: 50, top: 40 };
  assert.equal(settleTable(still, facts), still);
  list.choose((row) => row % 10 === 5);
  assert.deepEqual([settleTable(still, facts).cursor, settleTable(still, facts).top], [55, 0]);
  list.choose(() => false);
  assert.deepEqual([settleTable(still, facts).cursor, settleTable(still, facts).top], [50, 0]);
});

function lists(): Acting {
  const actor = acting();
  actor.add(...Array.from({ length: 100 }, (_, i) => opened(i + 1)));
  const lines: readonly DetailLine[] = Array.from({ length: 100 }, () => ({ line: [] }));
  const facts: Facts = { ...actor.facts, detailLines: () => lines, pageLines: () => 100 };
  return { ...actor, facts: { ...facts, matched: undefined } };
}

function at(state: State, place: State["place"]): State {
  return {
    ...state,
    place,
    connectionCursor: 50,
    scroll: { help: 50, session: 50, explanation: 0 },
    details: { ...state.details, cursor: 50, top: 40 },
  };
}
