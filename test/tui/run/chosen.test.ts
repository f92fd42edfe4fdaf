import assert from "node:assert/strict";
import { test } from "node:test";
import { observationsOf } from "../../../src/core/observe.ts";
import { createRowList } from "../../../src/tui/rows/row-list.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { chosenOf } from "../../../src/tui/run/chosen.ts";
import { demoEvents } from "../shown.ts";

const OBSERVATIONS = observationsOf(demoEvents());
const rows = createRowStore();
for (const observation of OBSERVATIONS) rows.add(observation);

const NONE = { marks: new Set<number>(), picked: undefined, filter: undefined };
const FILTER = { text: "cmd:fetch", only: true, searching: undefined, matches: 3 };

/** Every FETCH is shown, and nothing else. */
function fetches(): ReturnType<typeof createRowList> {
  const list = createRowList(rows);
  list.choose((row) => /^(?:UID )?FETCH/.test(rows.row(row).main) && rows.kind(row) === "exchange");
  return list;
}

/** The tags of the exchanges that are wanted, as they end. */
function wanted({ isWanted }: ReturnType<typeof chosenOf>): readonly string[] {
  return OBSERVATIONS.filter((observation) => isWanted(observation)).flatMap((observation) =>
    observation.kind === "exchange" ? [observation.exchange.tag] : [],
  );
}

test("what matches is wanted, from its beginning to its end, whatever is shown afterwards", () => {
  const list = fetches();
  const chosen = chosenOf(rows, list, { ...NONE, filter: FILTER });
  list.choose(undefined);
  assert.equal(chosen.count, 3);
  assert.equal(chosen.whole, undefined);
  assert.deepEqual(wanted(chosen), ["8", "9", "E"]);
  assert.deepEqual(
    [...chosen.rows].map(({ label }) => label),
    ["8", "9", "E"],
  );
});

test("marks go before what is shown", () => {
  const list = fetches();
  const row = list.at(1) ?? -1;
  const chosen = chosenOf(rows, list, { ...NONE, marks: new Set([row]), filter: FILTER });
  assert.deepEqual([chosen.count, wanted(chosen)], [1, ["9"]]);
});

test("of connections that are shown whole nothing is left out", () => {
  const list = createRowList(rows);
  assert.equal(chosenOf(rows, list, NONE).whole, "all");
  const picked = new Set([2]);
  assert.equal(chosenOf(rows, list, { ...NONE, picked }).whole, picked);
  assert.equal(chosenOf(rows, list, { ...NONE, filter: { ...FILTER, only: false } }).whole, "all");
  assert.equal(chosenOf(rows, list, { ...NONE, picked, marks: new Set([1]) }).whole, undefined);
});
