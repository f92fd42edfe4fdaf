import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxView } from "../../../src/core/connection/mailbox-view.ts";

function viewOf(...uids: readonly number[]) {
  const view = createMailboxView();
  view.setExists(uids.length);
  for (const [index, uid] of uids.entries()) view.learnUid(index + 1, uid);
  return view;
}

test("EXPUNGE shifts the numbers at once and lowers EXISTS", () => {
  const view = viewOf(11, 12, 13);
  view.expunge(1);
  const slot = view.slotOf(1) ?? 0;
  assert.deepEqual([view.exists, view.uidOf(slot), view.slotOfUid(11)], [2, 12, undefined]);
});

test("EXPUNGE of a message that is not there changes nothing", () => {
  const view = viewOf(11);
  assert.equal(view.expunge(2), false);
  assert.equal(view.exists, 1);
});

test("VANISHED removes by UID, and only the UIDs that are known", () => {
  const view = viewOf(11, 12, 13);
  view.vanish([{ from: 12, to: 13 }]);
  assert.deepEqual([view.exists, view.exact, view.knownUids()], [1, true, 1]);
});

test("VANISHED with UIDs that were never told ends what is known of numbers until EXISTS comes", () => {
  const view = viewOf(11, 12, 13);
  const { epoch } = view;
  view.vanish([{ from: 5, to: 4_294_967_295 }]);
  assert.deepEqual([view.exact, view.slotOf(1), view.epoch === epoch], [false, undefined, false]);
  view.setExists(9);
  assert.equal(view.exact, true);
});

test("UIDs that change, repeat or do not ascend are conflicts, and are not learned", () => {
  const view = viewOf(11, 12, 13);
  view.setExists(4);
  assert.equal(view.conflictOf(2, 99), "changed");
  assert.equal(view.conflictOf(4, 12), "taken");
  assert.equal(view.conflictOf(4, 10), "notAscending");
  assert.equal(view.conflictOf(4, 14), undefined);
  view.learnUid(2, 99);
  assert.equal(view.uidOf(2), 12);
});

test("a flood of 200,000 EXPUNGE over 200,000 messages is not quadratic", () => {
  const view = createMailboxView();
  view.setExists(200_000);
  for (let slot = 1; slot <= 200_000; slot++) view.learnUid(slot, slot);
  for (let i = 0; i < 200_000; i++) view.expunge(1);
  assert.deepEqual([view.exists, view.knownUids()], [0, 0]);
});

test("a flood of VANISHED ranges in vain is cut off", () => {
  const view = createMailboxView();
  view.setExists(100_000);
  for (let slot = 1; slot <= 100_000; slot++) view.learnUid(slot, slot);
  for (let i = 0; i < 10_000; i++) view.vanish([{ from: 200_000, to: 4_000_000_000 }]);
  assert.equal(view.slotOf(1), undefined);
});

test("flags are kept by message", () => {
  const view = viewOf(11, 12);
  view.learnFlags(2, ["\\Seen"]);
  view.expunge(1);
  assert.deepEqual(view.flagsOf(view.slotOf(1) ?? 0), ["\\Seen"]);
});

test("a view is made again of what was saved of it, and neither changes the other", () => {
  const view = viewOf(11, 12, 13);
  view.learnFlags(2, ["\\Seen"]);
  view.expunge(1);
  const saved = view.save();
  view.expunge(1);
  const again = createMailboxView(saved);
  again.learnUid(9, 20);
  assert.deepEqual([again.exists, again.slotOfUid(12), again.flagsOf(2)], [2, 2, ["\\Seen"]]);
  assert.deepEqual([view.exists, view.slotOfUid(12), view.slotOfUid(20)], [1, undefined, undefined]);
});

test("a view of a message with an absurd number is not saved: its arrays are mostly holes", () => {
  const view = createMailboxView();
  view.setExists(4_000_000_000);
  view.learnUid(400_000_000, 5);
  assert.equal(view.save(), undefined);
});
