import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxView } from "../../../src/core/connection/mailbox-view.ts";
import { messageByNumber, sequenceMessages, uidMessages } from "../../../src/core/exchange/message-set.ts";

test("a command's numbers are those of its time, a response's those of now", () => {
  const view = createMailboxView();
  view.setExists(5);
  const asked = sequenceMessages([{ from: 3, to: 4 }], view);
  view.expunge(1);
  const answers = [1, 2, 3, 4].map((number) => asked.membership(messageByNumber(number, undefined, view)));
  assert.deepEqual(answers, ["no", "yes", "yes", "no"]);
});

test("n:* always means the last message, and messages that arrive later", () => {
  const view = createMailboxView();
  view.setExists(5);
  const asked = sequenceMessages([{ from: 9, to: "*" }], view);
  view.setExists(6);
  const answers = [4, 5, 6].map((number) => asked.membership(messageByNumber(number, undefined, view)));
  assert.deepEqual(answers, ["no", "yes", "yes"]);
});

test("UIDs come from the response, else from the view, else nothing can be excluded", () => {
  const view = createMailboxView();
  view.setExists(2);
  view.learnUid(1, 100);
  const asked = uidMessages([{ from: 50, to: 60 }]);
  assert.equal(asked.membership(messageByNumber(2, 55, view)), "yes");
  assert.equal(asked.membership(messageByNumber(1, undefined, view)), "no");
  assert.equal(asked.membership(messageByNumber(2, undefined, view)), "unknown");
});

test("* among UIDs may be the last message, and no other", () => {
  const view = createMailboxView();
  view.setExists(2);
  const asked = uidMessages([{ from: 900, to: "*" }]);
  assert.equal(asked.membership(messageByNumber(1, 5, view)), "no");
  assert.equal(asked.membership(messageByNumber(2, 6, view)), "unknown");
});

test("$, and a view that was given up, exclude nothing", () => {
  const view = createMailboxView();
  view.setExists(2);
  assert.equal(sequenceMessages("$", view).membership(messageByNumber(1, 1, view)), "unknown");
  const asked = sequenceMessages([{ from: 1, to: 1 }], view);
  view.vanish([{ from: 77, to: 78 }]);
  assert.equal(asked.membership(messageByNumber(2, undefined, view)), "unknown");
});
