import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../../../src/core/notes.ts";
import { createObserver } from "../../../src/core/observe.ts";
import { createRowStore, type RowStore } from "../../../src/tui/rows/row-store.ts";
import { createNotes, type Notes } from "../../../src/tui/run/notes.ts";
import { demoEvents } from "../shown.ts";

/** Reads the demo once more, as another run of imapscope would. */
function reading(kept: readonly Note[], depth: "skim" | "full" = "skim"): { rows: RowStore; notes: Notes } {
  const rows = createRowStore();
  const notes = createNotes(rows, kept);
  const observer = createObserver({
    depth,
    emit: (observation) => {
      const row = rows.add(observation);
      if (row !== undefined && observation.kind !== "exchange") notes.offer(row);
    },
  });
  for (const event of demoEvents()) observer.take(event);
  return { rows, notes };
}

test("the note of every row finds that row again, also where several are alike", () => {
  const { rows, notes } = reading([]);
  const kept = Array.from({ length: rows.count() }, (_, row) =>
    notes.noteOf({ row, marked: row % 2 === 0, comment: `row ${row}` }),
  );
  assert.ok(kept.some(({ nth }) => nth > 1));
  const again = reading([...kept].reverse()).notes.found();
  assert.deepEqual(
    again,
    kept.map((_, row) => ({ row, marked: row % 2 === 0, comment: `row ${row}` })),
  );
});

test("a note of another capture finds nothing, and what was found is given once", () => {
  const { notes } = reading([]);
  const note = notes.noteOf({ row: 4, marked: true, comment: undefined });
  assert.deepEqual(reading([{ ...note, label: "other" }]).notes.found(), []);
  assert.deepEqual(reading([{ ...note, connection: 9 }]).notes.found(), []);
  const found = reading([note]).notes;
  assert.equal(found.found().length, 1);
  assert.equal(found.found().length, 0);
});
