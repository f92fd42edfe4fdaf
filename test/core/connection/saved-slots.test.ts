import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  restoredSlots,
  type SavedSlots,
  saveSlots,
  slotsOf,
} from "../../../src/core/connection/saved-slots.ts";
import { runs } from "../../runs.ts";

type Column = (readonly string[] | undefined)[];

const saved = (column: Column, before?: SavedSlots<readonly string[]>) =>
  saveSlots(column, Object.keys(column).length, before);

/** What a column holds, without its holes. */
const held = (column: Column) => Object.entries(column).filter(([, value]) => value !== undefined);

test("law: a column is made again of what was saved of it, dense or sparse, whatever was saved before", () => {
  const slot = fc.oneof(fc.nat(600), fc.nat(700_000));
  const change = fc.tuple(slot, fc.option(fc.subarray(["\\Seen", "\\Deleted"]), { nil: undefined }));
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 20 }), { maxLength: 5 }), (steps) => {
      const column: Column = [];
      let before: SavedSlots<readonly string[]> | undefined;
      for (const changes of steps) {
        for (const [at, flags] of changes) column[at] = flags;
        const now = saved(column, before);
        assert.deepEqual(held(restoredSlots(now)), held(column));
        assert.deepEqual(restoredSlots(now), restoredSlots(saved(column)));
        before = now;
      }
    }),
    { numRuns: runs(100) },
  );
});

test("what is told again is shared, and only what has changed takes memory of its own", () => {
  const column: Column = Array.from({ length: 10_000 }, () => ["\\Seen"]);
  const first = saved(column);
  const again = saved(
    column.map((flags) => [...(flags ?? [])]),
    first,
  );
  assert.ok(again.every((chunk, i) => chunk === first[i]));
  assert.deepEqual([slotsOf(first), slotsOf(again, first)], [40 * 256 + 40, 40]);
  column[700] = ["\\Deleted"];
  assert.equal(slotsOf(saved(column, first), first), 256 + 40);
  assert.deepEqual(first[2]?.[700 - 512], ["\\Seen"]);
});
