import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../../src/core/observation.ts";
import { createObserver } from "../../../src/core/observe.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { createRowWalk } from "../../../src/tui/run/row-walk.ts";
import { dialogueStream } from "../../chunks.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";
import { runs } from "../../runs.ts";

function observe(
  events: readonly WireEvent[],
  depth: "full" | "skim",
  emit: (seen: Observation) => void,
): void {
  const observer = createObserver({ emit, depth });
  for (const event of events) observer.take(event);
  observer.finish();
}

test("whatever was said, each row is found again once more, by a look as deep or deeper", () => {
  fc.assert(
    fc.property(dialogueStream, (stream) => {
      const events = stream.map(
        (said, i): WireEvent => ({ kind: "data", ...said, connection: 1, atMicros: i * 7, redacted: [] }),
      );
      for (const depth of ["skim", "full"] as const) {
        const store = createRowStore();
        const expected: (number | undefined)[] = [];
        observe(events, "skim", (seen) => {
          const row = store.add(seen);
          if (row !== undefined) expected.push(row);
        });
        const walk = createRowWalk(store);
        const found: (number | undefined)[] = [];
        observe(events, depth, (seen) => {
          const row = walk.find(seen);
          if (row !== undefined) found.push(row);
        });
        assert.deepEqual(found, expected, depth);
        assert.ok(walk.next() <= store.count());
      }
    }),
    { numRuns: runs(100) },
  );
});

test("a look that is less deep than the first finds the rows behind many defects", () => {
  const envelopes = Array.from({ length: 200 }, (_, i) => `S: * ${i + 1} FETCH (ENVELOPE (${i}))`);
  const events = eventsOf(`${SELECTED_PRELUDE}
    S: * 200 EXISTS
    C: b1 FETCH 1:* ENVELOPE
    ${envelopes.join("\n")}
    S: b1 OK done
    C: b2 NOOP
    S: b2 OK done`);
  const store = createRowStore();
  observe(events, "full", store.add);
  assert.ok(store.counts().defects >= 200);
  const walk = createRowWalk(store);
  const found = new Map<string, number | undefined>();
  observe(events, "skim", (seen) => {
    const row = walk.find(seen);
    if (seen.kind === "exchange") found.set(seen.exchange.tag, row);
  });
  for (const tag of ["b1", "b2"]) assert.equal(store.row(found.get(tag) ?? 0).label, tag);
});

test("defects that name an exchange are found, of one moment too", () => {
  const events = eventsOf(`${SELECTED_PRELUDE}
    C: b1 FETCH 1 (FLAGS)
    S| * 1 FETCH (FLAGS (\\x80))\\r\\n* 999 EXPUNGE\\r\\n* BOGUS \\x01\\r\\n
    C| b2 NOOP\\n
    S: b1 OK done
    S: b2 OK done`);
  const store = createRowStore();
  const rows: (number | undefined)[] = [];
  observe(events, "full", (seen) => {
    const row = store.add(seen);
    if (seen.kind === "defect") rows.push(row);
  });
  assert.ok(rows.length >= 3, `${rows.length} defects`);
  assert.ok(rows.some((row) => / in b\d /.test(store.row(row ?? 0).main)));
  const walk = createRowWalk(store);
  const found: (number | undefined)[] = [];
  observe(events, "full", (seen) => {
    const row = walk.find(seen);
    if (seen.kind === "defect") found.push(row);
  });
  assert.deepEqual(found, rows);
});
