import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../../src/core/observation.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { rowStyle, statusText, timeStyle } from "../../../src/tui/view/row-style.ts";
import {
  command,
  completed,
  defectFound,
  notice,
  opened,
  push,
  started,
  state,
  tlsBegun,
} from "../../observations.ts";

/** What was observed, how its row looks, and its status 600 ms after it began. */
const ROWS: readonly (readonly [observations: readonly Observation[], style: string, status: string])[] = [
  [[started(), completed()], "ok", "OK"],
  [[started(), completed({ status: "NO" })], "no", "NO"],
  [[started(), completed({ status: "BAD" })], "bad", "BAD"],
  [[started(), completed({ end: "connectionLost", status: undefined })], "bad", "lost"],
  [[started()], "open", "open -"],
  [[started({ command: command("IDLE") })], "open", "idle -"],
  [[push()], "push", ""],
  [[state()], "state", ""],
  [[tlsBegun()], "tls", ""],
  [[opened()], "heading", ""],
  [[defectFound()], "defect", ""],
  [[notice("x")], "no", ""],
];

for (const [observations, style, status] of ROWS) {
  test(`${observations.map(({ kind }) => kind).join(", ")}: ${style} ${status}`, () => {
    const store = createRowStore();
    for (const observation of observations) store.add(observation);
    const row = store.row(0);
    assert.equal(rowStyle(row), style);
    assert.equal(statusText(row, row.atMicros + 600_000), status);
  });
}

test("what took a second stands out, but for IDLE and what is not over", () => {
  const store = createRowStore();
  store.add(started());
  store.add(started({ id: 2, commandName: "IDLE" }));
  const [fetch, idle] = [store.row(0), store.row(1)];
  assert.equal(timeStyle(999_999, fetch), "plain");
  assert.equal(timeStyle(1_000_000, fetch), "no");
  assert.equal(timeStyle(undefined, fetch), "plain");
  assert.equal(timeStyle(9_000_000, idle), "plain");
});
