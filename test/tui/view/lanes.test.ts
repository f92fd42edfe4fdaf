import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../../src/core/observation.ts";
import { createObserver } from "../../../src/core/observe.ts";
import { rowsInSight } from "../../../src/tui/model/facts.ts";
import { LANES_FROM } from "../../../src/tui/model/lanes.ts";
import type { State } from "../../../src/tui/model/state.ts";
import { createConnectionTable } from "../../../src/tui/rows/connection-table.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { createCanvas, type Frame, SELECTED } from "../../../src/tui/view/frame.ts";
import { paintLanes } from "../../../src/tui/view/lanes.ts";
import { STYLES, type Style } from "../../../src/tui/view/style.ts";
import { view } from "../../../src/tui/view/view.ts";
import {
  closed,
  command,
  completed,
  defectFound,
  notice,
  opened,
  push,
  started,
  state as stateChange,
  TIMINGS,
} from "../../observations.ts";
import { eventsOf } from "../../playbook.ts";
import { runs } from "../../runs.ts";
import { type Acting, acting } from "../model/acting.ts";

function frameOf(actor: Acting, fields: Partial<State> = {}): Frame {
  return view({ ...actor.state, ...fields }, actor.facts, {
    title: "imap.example.org",
    clock: (at) => `${at / 1e6} s`.padStart(12),
    detailLines: () => [],
    pageLines: () => [],
  });
}

/** The cells of each line, from some column on and so many. */
function cut({ characters, columns, rows }: Frame, x: number, most: number): readonly string[] {
  return Array.from({ length: rows }, (_, y) =>
    characters
      .slice(y * columns + x, y * columns + Math.min(columns, x + most))
      .join("")
      .trimEnd(),
  );
}

/** Heading and rows of both lanes, on 80 columns. */
function lanes(frame: Frame): readonly (readonly [left: string, right: string])[] {
  const right = cut(frame, LANES_FROM + 32, 32).slice(1, -1);
  const pairs = cut(frame, LANES_FROM, 32)
    .slice(1, -1)
    .map((left, i) => [left, right[i] ?? ""] as const);
  return pairs.filter((pair) => pair.join("") !== "");
}

function two(...observations: readonly Observation[]): Acting {
  const actor = acting();
  actor.add(opened(1), opened(2), ...observations);
  actor.press("|");
  return actor;
}

test("what one client does stands in its lane, and the push that the other gets for it in the next", () => {
  const timings = { ...TIMINGS, sentMicros: 3_000_000, completedMicros: 3_045_000 };
  const stored = { connection: 2, tag: "a7", command: command("UID STORE", ["7"]), timings };
  const actor = two(
    stateChange({ connection: 1 }),
    stateChange({ connection: 2 }),
    started(stored),
    push({ connection: 1, atMicros: 3_010_000 }),
    completed(stored),
  );
  assert.deepEqual(
    lanes(frameOf(actor))
      .slice(0, 1)
      .concat(lanes(frameOf(actor)).slice(3)),
    [
      ["#1 INBOX 127.0.0.1:53422   wait", "#2 INBOX 127.0.0.1:53422   wait"],
      ["> authenticated -> selected IN…", "│"],
      ["│", "> authenticated -> selected IN…"],
      ["│", "├ a7 UID STORE 7     OK 1.23 ms"],
      ["* 12 EXISTS", "│"],
    ],
  );
});

/** What is shown of a row in its lane. */
const ROWS: readonly (readonly [what: string, row: Observation, words: RegExp, style: Style])[] = [
  ["an exchange that goes on", started({ tag: "b1" }), /^~ b1 UID FETCH.* open [|/\\-] {2}16m39s$/, "open"],
  ["a push", push(), /^\* 12 EXISTS {2}INBOX$/, "push"],
  ["a change of state", stateChange(), /^> authenticated -> selected/, "state"],
  ["a defect", defectFound(), /^! /, "defect"],
  ["a notice", notice("it is behind"), /^i it is behind/, "no"],
  ["a connection that ends", closed(), /^\+ close by the client/, "heading"],
];

for (const [what, row, words, style] of ROWS) {
  test(`in a lane: ${what}`, () => {
    const frame = frameOf(two(row));
    const [at, [left, right]] = [...lanes(frame).entries()].at(-1) ?? [0, ["", ""]];
    assert.match(left, words);
    assert.equal(right, "│");
    const sign = frame.styles[(at + 1) * frame.columns + LANES_FROM] ?? 0;
    assert.equal(STYLES[sign & ~SELECTED], style);
  });
}

/** A command in flight, and how its wait is told a second later. */
const IN_FLIGHT: readonly (readonly [what: string, transcript: string, end: RegExp])[] = [
  ["still being sent waits for nothing", "C: a APPEND x {9+}\nC| x", /APPEND.* open .$/],
  ["unanswered has waited so long by now", "C: a NOOP", /NOOP +open . +1\.0 s$/],
  ["being answered has waited until then", "C: a FETCH 1 X\nS| * 1 FETCH (X {9}", /X +open . +1\.00 ms$/],
];

for (const [what, transcript, end] of IN_FLIGHT) {
  test(`in a lane: a command ${what}`, () => {
    const connections = createConnectionTable();
    const store = createRowStore((connection, id) => observer.underWay(connection, id));
    const observer = createObserver({
      emit: (seen) => {
        store.add(seen);
        connections.add(seen);
      },
    });
    for (const event of eventsOf(`S: * OK hi\n@1000\n${transcript}`)) observer.take(event);
    const rows = Array.from({ length: store.count() }, (_, number) => store.row(number));
    const row = rows.find(({ kind }) => kind === "exchange");
    assert.ok(row !== undefined);
    const canvas = createCanvas(80, 2);
    paintLanes(canvas, { y: 0, rows: 2 }, { ...NOTHING_NOTED, rows: [row], lanes: [1], connections });
    assert.match(cut(canvas, LANES_FROM, 64)[1] ?? "", end);
  });
}

const NOTHING_NOTED = {
  ...{ cursor: undefined, marked: () => false, commented: () => undefined, matched: () => false },
  ...{ nowMicros: 2_000_000, clock: () => "", hidden: false },
};

test("how exchanges ended is told by a word, a sign and a colour", () => {
  for (const [status, sign, style] of [
    ["OK", "├", "ok"],
    ["NO", "x", "no"],
    ["BAD", "x", "bad"],
  ] as const) {
    const frame = frameOf(two(started(), completed({ status })));
    const [left = ""] = lanes(frame).at(-1) ?? [];
    assert.match(left, new RegExp(`^${sign} a1 UID FETCH .* ${status} 1\\.23 ms$`));
    const start = 4 * frame.columns + LANES_FROM;
    for (const at of [0, left.indexOf(` ${status} `) + 1])
      assert.equal(STYLES[(frame.styles[start + at] ?? 0) & ~SELECTED], style);
  }
});

test("the line of a connection is there while it is open", () => {
  const actor = acting();
  const at = (atMicros: number): Observation => push({ connection: 2, atMicros });
  const late = { ...opened(1), atMicros: 2_000_000 };
  actor.add(opened(2), at(1_000_000), late, at(3_000_000), closed(1), at(9_500_000));
  actor.press("|");
  actor.state = { ...actor.state, lanes: [1, 2] };
  const left = lanes(frameOf(actor)).map(([each]) => each.slice(0, 6));
  assert.deepEqual(left.slice(1), ["", "", "+ open", "│", "+ clos", ""]);
});

test("a heading names the mailbox of that time, and in parentheses one that was closed", () => {
  const actor = two(
    ...Array.from({ length: 30 }, () => push({ atMicros: 1_000_000 })),
    stateChange({ atMicros: 2_000_000, mailbox: "Archive" }),
    ...Array.from({ length: 30 }, () => push({ atMicros: 2_100_000 })),
    stateChange({ atMicros: 3_000_000, from: "selected", to: "authenticated", mailbox: undefined }),
  );
  const heading = (): string => lanes(frameOf(actor))[0]?.[0] ?? "";
  assert.match(heading(), /^#1 \(Archive\) /);
  actor.press("k", "pageup", "pageup");
  assert.match(heading(), /^#1 Archive /);
  actor.press("g");
  assert.match(heading(), /^#1 127\.0\.0\.1:53422 +wait$/);
});

test("a mailbox other than that of the heading stands behind the words, unless these name it", () => {
  const actor = two(
    stateChange({ mailbox: "A" }),
    push({ mailbox: "B" }),
    started({ mailbox: "INBOX", command: command("STATUS", ["INBOX"]) }),
  );
  actor.state = { ...actor.state, size: { columns: 200, rows: 24 } };
  const lines = cut(frameOf(actor), LANES_FROM, 92);
  assert.match(lines[5] ?? "", /^\* 12 EXISTS {2}B$/);
  assert.match(lines[6] ?? "", /^~ a1 STATUS INBOX +open/);
});

test("others share the last lane, each row with its number", () => {
  const actor = two(opened(3), opened(4), push({ connection: 4 }), push({ connection: 1 }));
  assert.deepEqual(actor.state.lanes, [1]);
  const [heading, ...rows] = lanes(frameOf(actor));
  assert.match(heading?.[1] ?? "", /^others: #2 #3 #4 +wait$/);
  assert.deepEqual(rows.at(-2), ["│", "* #4 12 EXISTS  INBOX"]);
  assert.deepEqual(rows.at(-1), ["* 12 EXISTS  INBOX", "│"]);
});

test("marks, comments, matches and the cursor are shown as in the table", () => {
  const actor = two(push({ connection: 2 }), push({ connection: 1 }));
  const marks = new Set([2]);
  const comments = new Map([[2, "look"]]);
  const frame = frameOf(actor, { marks, comments, cursor: 3, following: false });
  const [first = "", second = ""] = cut(frame, 0, 80).slice(4);
  assert.match(first, /^◆ .*│ +\* “look” 12 EXISTS/);
  assert.match(second, /^ {3}.*\* 12 EXISTS/);
  const selected = Array.from({ length: 24 }, (_, y) => ((frame.styles[y * 80] ?? 0) & SELECTED) !== 0);
  assert.deepEqual(
    selected.flatMap((is, y) => (is ? [y] : [])),
    [5],
  );
});

test("hidden content stands nowhere in the lanes", () => {
  const secret = "very private";
  const actor = two(
    stateChange({ mailbox: secret, atMicros: 500_000 }),
    push({ mailbox: secret, atMicros: 600_000 }),
    started({ mailbox: secret, command: command("SELECT", [secret]) }),
  );
  const text = (fields: Partial<State>): string => cut(frameOf(actor, fields), 0, 200).join("\n");
  const size = { columns: 200, rows: 24 };
  assert.match(text({ size }), new RegExp(`#1 ${secret}.*\n[^]*SELECT ${secret}`));
  assert.doesNotMatch(text({ size, hidden: true }), new RegExp(secret));
  assert.match(text({ size, hidden: true }), /~ a1 SELECT/);
});

const ID = fc.integer({ min: 1, max: 9 });
const TEXT = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "日本語のメールボックスと長い名前のフォルダー",
    "Входящие сообщения и прочее",
    "👩‍👩‍👧 e\u0301\u0301\u0301",
    "│ ├ │",
  ),
);
const OBSERVED: fc.Arbitrary<Observation> = fc.oneof(
  fc.tuple(ID, TEXT).map(([connection, text]) => notice(text, { connection })),
  fc.tuple(ID, TEXT).map(([connection, text]) => push({ connection, mailbox: text })),
  fc.tuple(ID, TEXT).map(([connection, text]) => stateChange({ connection, mailbox: text })),
  fc
    .tuple(ID, fc.integer({ min: 1, max: 30 }), TEXT, fc.boolean())
    .map(([connection, id, text, over]) =>
      (over ? completed : started)({ connection, id, tag: text, command: command("SELECT", [text]) }),
    ),
  ID.map(closed),
);

test("each row stands in the lane of its connection and in no other, whatever its text", () => {
  fc.assert(
    fc.property(
      fc.array(OBSERVED, { maxLength: 40 }),
      fc.integer({ min: 0, max: 260 }),
      fc.boolean(),
      (observations, columns, hidden) => {
        const actor = acting(24, columns);
        for (let id = 1; id <= 9; id++) actor.add(opened(id));
        actor.add(...observations);
        actor.press("|");
        const { state, facts } = actor;
        const own = state.lanes ?? [];
        const numbers = rowsInSight(state, facts);
        const seen = numbers.map(facts.rows.connection);
        const count = own.length + (seen.every((id) => own.includes(id)) ? 0 : 1);
        const width = Math.floor((columns - LANES_FROM) / count);
        if (width < 4) return;
        const frame = frameOf(actor, { hidden });
        for (const before of cut(frame, 0, LANES_FROM).slice(2, 2 + seen.length)) {
          assert.match(before, /^ {3}[ \d.]{10} s$/);
        }
        seen.forEach((id, i) => {
          const mine = own.includes(id) ? own.indexOf(id) : count - 1;
          for (let lane = 0; lane < count; lane++) {
            const text = cut(frame, LANES_FROM + lane * width, width)[2 + i] ?? "";
            if (lane !== mine) assert.match(text, /^│?$/);
            else assert.match(text, /^[├x~*>^+!i](?: |$)/);
            // One blank at least before the next lane.
            if (lane < count - 1)
              assert.ok(frame.characters[(2 + i) * columns + LANES_FROM + (lane + 1) * width - 1] === " ");
          }
        });
      },
    ),
    { numRuns: runs(500) },
  );
});
