import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  isGapCut,
  PHASE_SIGNS,
  type Phase,
  type Segment,
  segmentsOf,
  timingBar,
} from "../../../src/tui/details/timing-bar.ts";
import { TIMINGS } from "../../observations.ts";
import { text } from "./shown.ts";

const ROWS: readonly (readonly [
  segments: readonly (readonly [Phase, number])[],
  columns: number,
  bar: string,
])[] = [
  [[], 10, ""],
  [[["wait", 5]], 10, "░░░░░░░░░░"],
  [
    [
      ["upload", 10],
      ["wait", 20],
      ["download", 10],
    ],
    12,
    "▲▲▲░░░░░░███",
  ],
  [
    [
      ["upload", 1],
      ["wait", 1_000_000],
    ],
    10,
    "▲░░░░░░░░░",
  ],
  [
    [
      ["gap", 10],
      ["wait", 90],
    ],
    20,
    "··░░░░░░░░░░░░░░░░░░",
  ],
  [
    [
      ["gap", 1_000_000],
      ["wait", 10],
      ["download", 10],
    ],
    20,
    "·//··░░░░░░░░███████",
  ],
  [
    [
      ["wait", 5],
      ["idle", 90],
      ["idleEnd", 5],
    ],
    20,
    "░──────────────────▒",
  ],
];

for (const [segments, columns, bar] of ROWS) {
  test(`${JSON.stringify(segments)} over ${columns} cells: ${bar}`, () => {
    const made = segments.map(([phase, micros]): Segment => ({ phase, micros }));
    assert.equal(text(timingBar(made, columns)), bar);
  });
}

test("each phase has a character of its own", () => {
  const characters = Object.values(PHASE_SIGNS).map(({ character }) => character);
  assert.equal(new Set(characters).size, characters.length);
});

test("a gap is cut where it would take more than a quarter beside something else", () => {
  const cut = ROWS.map(([made, columns, bar]) => {
    const segments = made.map(([phase, micros]): Segment => ({ phase, micros }));
    assert.equal(isGapCut(segments, columns), bar.includes("//"), bar);
    return bar.includes("//");
  });
  assert.deepEqual([...new Set(cut)].sort(), [false, true]);
});

test("phases that did not happen are in no bar", () => {
  assert.deepEqual(
    segmentsOf(TIMINGS).map(({ phase }) => phase),
    ["gap", "upload", "wait", "download"],
  );
  assert.deepEqual(
    segmentsOf({
      ...TIMINGS,
      gapMicros: 0,
      uploadMicros: 0,
      waitMicros: undefined,
      downloadMicros: undefined,
    }),
    [],
  );
  const idle = { ...TIMINGS, idleMicros: 100, idleEndMicros: 5, continuationMicros: [7] };
  assert.deepEqual(
    segmentsOf(idle)
      .map(({ phase, micros }) => `${phase} ${micros}`)
      .slice(2),
    ["wait 7", "idle 100", "idleEnd 5"],
  );
});

test("law: a bar fills its cells, and each phase is in it", () => {
  const phases: readonly Phase[] = ["gap", "upload", "wait", "download"];
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...phases), { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 4, maxLength: 4 }),
      fc.integer({ min: 20, max: 200 }),
      (used, micros, columns) => {
        const segments = used.map((phase, i): Segment => ({ phase, micros: micros[i] ?? 1 }));
        const bar = timingBar(segments, columns);
        assert.equal(text(bar).length, columns);
        assert.ok(bar.every((piece) => piece.text.length > 0));
        assert.equal(bar.length, used.length);
      },
    ),
  );
});
