import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Span } from "../../src/core/base/leg.ts";
import { createBlockIndex } from "../../src/files/block-index.ts";
import { runs } from "../runs.ts";

interface Noted {
  readonly connection: number;
  readonly atMicros: number;
  readonly start: number;
  readonly end: number;
}

const records = fc
  .array(
    fc.record({
      connection: fc.integer({ min: 1, max: 5 }),
      late: fc.nat(40),
      octets: fc.integer({ min: 1, max: 30 }),
    }),
    {
      maxLength: 80,
    },
  )
  .map((all) => {
    let end = 0;
    return all.map(({ connection, late, octets }, i): Noted => {
      const start = end;
      end += octets;
      return { connection, atMicros: i * 10 + late, start, end };
    });
  });

function indexOf(all: readonly Noted[], options: { blockOctets: number; runsKept?: number }) {
  const index = createBlockIndex(options);
  for (const { connection, atMicros, end } of all) {
    index.note(connection, atMicros);
    index.border(end);
  }
  return index;
}

function holds(spans: readonly Span[], { start, end }: Noted): boolean {
  return spans.some((span) => span[0] <= start && end <= span[1]);
}

test("law: what is asked for stands in what is found, however few runs are kept, and spans ascend", () => {
  fc.assert(
    fc.property(
      records,
      fc.integer({ min: 0, max: 6 }),
      fc.nat(900),
      fc.nat(900),
      (all, connection, a, b) => {
        const query = {
          connection: connection || undefined,
          fromMicros: Math.min(a, b),
          untilMicros: Math.max(a, b),
        };
        for (const runsKept of [1, 1000]) {
          const spans = indexOf(all, { blockOctets: 40, runsKept }).find(query);
          const asked = all.filter(
            (each) =>
              (query.connection === undefined || each.connection === query.connection) &&
              each.atMicros >= query.fromMicros &&
              each.atMicros <= query.untilMicros,
          );
          assert.ok(asked.every((each) => holds(spans, each)));
          assert.ok(spans.every(([start, end], i) => start < end && (spans[i - 1]?.[1] ?? 0) <= start));
        }
      },
    ),
    { numRuns: runs(400) },
  );
});

test("law: what was given up is not found, and everything behind it is", () => {
  fc.assert(
    fc.property(records, fc.nat(80), fc.integer({ min: 1, max: 5 }), (all, cut, connection) => {
      const index = createBlockIndex({ blockOctets: 40 });
      all.forEach(({ connection: own, atMicros, end }, i) => {
        index.note(own, atMicros);
        index.border(end, i === cut);
      });
      const border = all[cut]?.end ?? 0;
      index.dropBefore(border);
      const times = all.filter(({ end }) => end <= border).map(({ atMicros }) => atMicros);
      assert.equal(index.droppedMicros(), Math.max(Number.NEGATIVE_INFINITY, ...times));
      const left = all.filter(({ start, connection: own }) => start >= border && own === connection);
      const spans = index.find({ connection });
      assert.ok(left.every((each) => holds(spans, each)));
      assert.ok(spans.every(([start]) => start >= border));
    }),
    { numRuns: runs(400) },
  );
});

test("a block holds a connection only if a record of it is in there", () => {
  const index = indexOf(
    [1, 1, 2, 1, 3].map((connection, i) => ({ connection, atMicros: i, start: i * 50, end: i * 50 + 50 })),
    { blockOctets: 50 },
  );
  assert.deepEqual(index.find({ connection: 1 }), [
    [0, 100],
    [150, 200],
  ]);
  assert.deepEqual(index.find({ connection: 4 }), []);
  assert.deepEqual(index.find({ fromMicros: 2, untilMicros: 3 }), [[100, 200]]);
  assert.equal(index.end(), 250);
});
