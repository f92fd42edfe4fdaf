import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver, observationsOf } from "../../../src/core/observe.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { createWaterfall } from "../../../src/tui/view/waterfall.ts";
import { eventsOf } from "../../playbook.ts";

/** The bars of the exchanges and pushes of a dialogue, in 20 cells. */
function bars(transcript: string, now?: number): readonly string[] {
  const events = eventsOf(`S: * OK hi\n${transcript}`);
  const store = createRowStore();
  for (const seen of observationsOf(events)) store.add(seen);
  const rows = Array.from({ length: store.count() }, (_, number) => store.row(number)).filter(
    ({ kind }) => kind === "exchange" || kind === "push",
  );
  const bar = createWaterfall(rows, now ?? events.at(-1)?.atMicros ?? 0, 20);
  return rows.map((row) =>
    bar(row)
      .map(({ text }) => text)
      .join(""),
  );
}

const TABLE: readonly (readonly [what: string, transcript: string, bars: readonly string[]])[] = [
  [
    "round trips one after another make a stair",
    "@0\nC: a NOOP\n@100\nS: a OK\n@100\nC: b NOOP\n@200\nS: b OK",
    ["───────────         ", "          ──────────"],
  ],
  [
    "pipelined commands begin together",
    "@0\nC: a NOOP\n@0\nC: b NOOP\n@100\nS: a OK\n@200\nS: b OK",
    ["───────────         ", "────────────────────"],
  ],
  [
    "a server that thinks, then one that loads",
    "@0\nC: a FETCH 1 X\n@100\nS: * 1 FETCH (X 1)\n@200\nS: a OK",
    ["──────────██████████"],
  ],
  [
    "a literal that is sent",
    "@0\nC: a APPEND x {1}\nS: + go\n@100\nC: x\n@200\nS: a OK",
    ["▒▒▒▒▒▒▒▒▒▒──────────"],
  ],
  [
    "a pause of an hour takes a cell",
    "@0\nC: a NOOP\n@100\nS: a OK\n@3600000\nC: b NOOP\n@3600100\nS: b OK",
    ["──────────          ", "          ──────────"],
  ],
];

for (const [what, transcript, expected] of TABLE) {
  test(`the waterfall: ${what}`, () => assert.deepEqual(bars(transcript), expected));
}

/** As above, of what is in flight when the dialogue ends. */
const IN_FLIGHT: readonly (readonly [what: string, transcript: string, bar: RegExp])[] = [
  ["waits until something comes", "@0\nC: a FETCH 1 X", /^─{20}$/],
  ["loads from then on", "@0\nC: a FETCH 1 X\n@100\nS| * 1 FETCH (X {99}", /^─{10}█{10}$/],
  ["sends as long as the command is not complete", "@0\nC: a APPEND x {9+}\nC| x", /^▒{20}$/],
];

for (const [what, transcript, expected] of IN_FLIGHT) {
  test(`the waterfall: what is in flight ${what}`, () => {
    const observer = createObserver({ emit: (seen) => store.add(seen) });
    const store = createRowStore(observer.underWay);
    for (const event of eventsOf(`S: * OK hi\n${transcript}`)) observer.take(event);
    const rows = Array.from({ length: store.count() }, (_, number) => store.row(number));
    const row = rows.find(({ kind }) => kind === "exchange");
    assert.ok(row !== undefined);
    const bar = createWaterfall([row], 200_000, 20)(row);
    assert.match(bar.map(({ text }) => text).join(""), expected);
  });
}

test("idling has its own sign, and a push is a point in it", () => {
  const [idle, push] = bars("@0\nC: a IDLE\nS: + i\n@100\nS: * 1 EXISTS\n@200\nC: DONE\n@201\nS: a OK");
  assert.match(idle ?? "", /^┄+ *$/);
  assert.equal((push ?? "").trim(), "•");
});

test("without rows, or without room, nothing is wrong", () => {
  assert.deepEqual(bars(""), []);
  const store = createRowStore();
  for (const seen of observationsOf(eventsOf("C: a NOOP\nS: a OK"))) store.add(seen);
  assert.doesNotThrow(() => createWaterfall([store.row(1)], 0, 0)(store.row(1)));
});
