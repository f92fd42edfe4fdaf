import assert from "node:assert/strict";
import { test } from "node:test";
import type { Place } from "../../../src/tui/model/action.ts";
import { initialState, type State } from "../../../src/tui/model/state.ts";
import { type Frame, SELECTED } from "../../../src/tui/view/frame.ts";
import { STYLES } from "../../../src/tui/view/style.ts";
import { view } from "../../../src/tui/view/view.ts";
import {
  completed,
  defectFound,
  opened,
  push,
  started,
  state as stateChange,
  TIMINGS,
  tlsBegun,
} from "../../observations.ts";
import { type Acting, acting, exchanges } from "../model/acting.ts";

const PLACES: readonly Place[] = ["exchanges", "details", "connections", "session", "help"];
const SECRET = "very private";

function frameOf(actor: Acting, state: State): Frame {
  return view(state, actor.facts, {
    title: "imap.example.org",
    clock: () => "12:00:00.000",
    detailLines: () => [{ line: [{ text: "a line of the details", style: "plain" }] }],
    pageLines: () => [[{ text: "a line of a page", style: "plain" }]],
  });
}

function screen(actor: Acting, state: State): readonly string[] {
  const { characters, columns, rows } = frameOf(actor, state);
  return Array.from({ length: rows }, (_, y) => characters.slice(y * columns, (y + 1) * columns).join(""));
}

function filled(): Acting {
  const actor = acting();
  actor.add(opened(), tlsBegun(), stateChange({ mailbox: SECRET }));
  actor.add(...exchanges("OK", "NO", "BAD"), push({ mailbox: SECRET }));
  return actor;
}

test("on a screen of any size everything is within it, on every page", () => {
  const actor = filled();
  for (const columns of [1, 10, 40, 79, 80, 100, 131, 132, 160, 200, 300]) {
    for (const rows of [1, 2, 3, 10, 24, 60]) {
      for (const place of PLACES) {
        const lines = screen(actor, { ...actor.state, size: { columns, rows }, place });
        assert.equal(lines.length, rows);
      }
    }
  }
});

test("from 80 columns on a command has room for 25 characters and stands beneath its heading", () => {
  const actor = filled();
  for (let columns = 80; columns <= 220; columns++) {
    const [, heading = "", ...rows] = screen(actor, { ...actor.state, size: { columns, rows: 24 } });
    const at = heading.indexOf("command");
    const row = rows.find((line) => line.includes("a1 ")) ?? "";
    assert.equal(row.indexOf("UID FETCH 1:50"), at, `${columns} columns`);
    assert.match(row.slice(at, at + 24), /^UID FETCH 1:50 \(FLAGS EN/, `${columns} columns`);
    const end = heading.indexOf("total") + "total".length;
    assert.match(row.slice(0, end), /\d (µs|ms|s)$/, `${columns} columns: ${row}`);
  }
});

test("tags that are too long for their column show their ends, which differ", () => {
  const actor = acting();
  actor.add(opened(), ...["ABCD0012", "ABCD0013"].map((tag, i) => started({ id: i + 1, tag })));
  assert.match(screen(actor, actor.state).join("\n"), / …CD0012 open [\s\S]* …CD0013 open /);
});

test("one exchange is one, and a slow one has its time in another colour", () => {
  const actor = acting();
  const timings = { ...TIMINGS, sentMicros: 0, completedMicros: 2_000_000 };
  actor.add(opened(), started({ timings }), completed({ timings }));
  const { characters, styles } = frameOf(actor, actor.state);
  const text = characters.join("");
  assert.match(text, /1 exchange {2}/);
  assert.equal(STYLES[(styles[text.indexOf("2.0 s")] ?? 0) & ~SELECTED], "no");
});

test("statuses and kinds can be told apart without colour", () => {
  const text = screen(filled(), filled().state).join("\n");
  for (const sign of [
    /^ {3}.*a1 +OK/m,
    /^ x .*a2 +NO/m,
    /^ x .*a3 +BAD/m,
    /^ \* .*push/m,
    /^ > .*state/m,
    /^ \^ .*tls/m,
  ]) {
    assert.match(text, sign);
  }
});

test("hidden content stands nowhere in the table and the connections", () => {
  const actor = filled();
  for (const place of ["exchanges", "connections"] as const) {
    const size = { columns: 200, rows: 24 };
    assert.match(screen(actor, { ...actor.state, size, place }).join(), new RegExp(SECRET));
    assert.doesNotMatch(
      screen(actor, { ...actor.state, size, place, hidden: true }).join(),
      new RegExp(`${SECRET}|ENVELOPE|1:50`),
    );
  }
});

test("of a defect its kind is told while content is hidden, also where it is a guess", () => {
  const actor = acting();
  const found = defectFound("client-nul");
  actor.add(opened(), found, { ...found, defect: { ...found.defect, certainty: "likely" } });
  const text = screen(actor, { ...actor.state, hidden: true }).join("\n");
  assert.match(text, / defect +client-nul [\s\S]* defect +likely client-nul /);
  assert.doesNotMatch(text, /ended in LF/);
});

/** What the table says where it has no rows. */
const EMPTY: readonly (readonly [state: Partial<State>, words: RegExp])[] = [
  [{}, /Nothing has happened yet/],
  [{ reading: 0.5 }, /reading …/],
  [{ reading: "unknown" }, /reading …/],
  [{ picked: new Set([1]) }, /Nothing of these connections/],
  [{ filter: { text: "a", only: true, searching: 0.5, matches: 0 } }, /searching …/],
  [{ filter: { text: "a", only: true, searching: undefined, matches: 0 } }, /Nothing matches/],
];

for (const [fields, words] of EMPTY) {
  test(`an empty table says why: ${words.source}`, () => {
    const state = { ...initialState({ columns: 80, rows: 24 }), ...fields };
    assert.match(screen(acting(), state).join("\n"), words);
  });
}

/** What the first line says on the right. */
const STATUS: readonly (readonly [state: Partial<State>, words: RegExp])[] = [
  [{}, / FOLLOW $/],
  [{ following: false }, /exchanges +$/],
  [{ pausedAt: 3 }, / PAUSED $/],
  [{ reading: 0.257 }, / reading 25% {2}FOLLOW $/],
  [{ reading: "unknown" }, / reading {2}FOLLOW $/],
  [{ recording: "x", hidden: true }, / HIDDEN {2}REC {2}FOLLOW $/],
  [{ picked: new Set([1, 2, 3, 4]) }, / #1 #2 #3 … {2}FOLLOW $/],
  [
    { filter: { text: "cmd:fetch", only: true, searching: undefined, matches: 1234 } },
    / \/cmd:fetch \(1,234\)/,
  ],
  [{ filter: { text: "cmd:fetch", only: false, searching: 0.5, matches: 2 } }, / ›cmd:fetch \(2 50%\)/],
];

for (const [fields, words] of STATUS) {
  test(`the first line says ${words.source}`, () => {
    const state = { ...initialState({ columns: 120, rows: 24 }), ...fields };
    assert.match(screen(acting(), state)[0] ?? "", words);
  });
}
