import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createKeptLines } from "../../../src/tui/details/kept-lines.ts";
import { rangeLabel, type Writer, writeDetails } from "../../../src/tui/details/writer.ts";
import { span } from "../../../src/tui/view/style.ts";
import { options } from "./shown.ts";

const COUNT = 250;

/** A long list of folds with folds in them; `made` is told what is written. */
function list(made: (name: string) => void): (writer: Writer) => void {
  return (writer) =>
    writer.each("n", COUNT, rangeLabel("numbers"), (one, place) => {
      made(`${place}`);
      one.fold(`${place}`, [span(`${place}`)], (inner) =>
        inner.fold(`${place}.deep`, [span("deep")], (deep) => deep.line([span("deepest")])),
      );
    });
}

test("only the item in which a fold was opened is written anew", () => {
  const kept = createKeptLines();
  let made: string[] = [];
  const write = (...toggled: string[]): number => {
    made = [];
    const now = options({ toggled: new Set(toggled) });
    return writeDetails(
      now,
      list((name) => made.push(name)),
      kept,
    ).length;
  };
  assert.equal(write("n/100@100"), 103);
  assert.equal(made.length, 100);
  assert.equal(write("n/100@100", "107"), 104);
  assert.deepEqual(made, ["107"]);
  assert.equal(write("n/100@100", "107", "107.deep"), 105);
  assert.deepEqual(made, ["107"]);
  assert.equal(write("n/100@100"), 103);
  assert.deepEqual(made, ["107"]);
});

test("law: what was kept is what would be written", () => {
  const names = ["n/100@0", "n/100@100", "n/100@200", "3", "3.deep", "107", "107.deep", "249"];
  fc.assert(
    fc.property(fc.array(fc.subarray(names), { maxLength: 8 }), (steps) => {
      const kept = createKeptLines();
      for (const toggled of steps) {
        const now = options({ toggled: new Set(toggled) });
        const write = list(() => {});
        assert.deepEqual(writeDetails(now, write, kept), writeDetails(now, write));
      }
    }),
  );
});
