import assert from "node:assert/strict";
import { test } from "node:test";
import { createSelections } from "../../../src/tui/rows/selections.ts";

test("what was selected at a time, and what was before where nothing is", () => {
  const selections = createSelections();
  selections.add(1, 10, undefined);
  selections.add(1, 20, "INBOX");
  selections.add(2, 25, "Other");
  selections.add(1, 30, "Archive");
  selections.add(1, 40, undefined);
  selections.add(1, 50, undefined);
  selections.add(1, 60, "INBOX");
  const inbox = { mailbox: "INBOX", stands: true };
  const archive = { mailbox: "Archive", stands: true };
  const table = [
    [0, undefined],
    [10, undefined],
    [19, undefined],
    [20, inbox],
    [29, inbox],
    [30, archive],
    [40, { mailbox: "Archive", stands: false }],
    [59, { mailbox: "Archive", stands: false }],
    [60, inbox],
    [1e9, inbox],
  ] as const;
  for (const [at, expected] of table) assert.deepEqual(selections.at(1, at), expected, `at ${at}`);
  assert.deepEqual(selections.at(2, 25), { mailbox: "Other", stands: true });
  assert.equal(selections.at(3, 100), undefined);
});

test("names are safe and short, and the same however many there are", () => {
  const selections = createSelections();
  selections.add(1, 0, "\x1b[2Jevil");
  assert.equal(selections.at(1, 0)?.mailbox, "␛[2Jevil");
  selections.add(1, 1, "x".repeat(1e6));
  assert.equal(selections.at(1, 1)?.mailbox.length, 60);
  for (let i = 0; i < 3000; i++) selections.add(1, 2 + i, `box ${i}`);
  assert.deepEqual(selections.at(1, 2 + 1500), { mailbox: "box 1500", stands: true });
});
