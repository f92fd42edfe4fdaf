import assert from "node:assert/strict";
import { test } from "node:test";
import { dialogueOf, wordsOf } from "../../../src/core/query/texts.ts";
import {
  completed,
  defectFound,
  exchange,
  notice,
  opened,
  push,
  request,
  state,
} from "../../observations.ts";

test("the words of each kind", () => {
  assert.deepEqual(wordsOf(completed()), ["a1 UID FETCH 1:50 (FLAGS ENVELOPE)", "Fetch completed.", "INBOX"]);
  assert.deepEqual(wordsOf(push()), ["INBOX"]);
  assert.deepEqual(wordsOf(state()), ["selected", "INBOX"]);
  assert.deepEqual(wordsOf(defectFound()), ["client-bare-lf", "A line ended in LF."]);
  assert.deepEqual(wordsOf(notice("full")), ["behind", "full"]);
  assert.deepEqual(wordsOf(request("x")), []);
  assert.ok(wordsOf(opened()).includes("imaps://imap.example.org:993"));
});

test("what an exchange still knows of its lines", () => {
  assert.deepEqual(dialogueOf(exchange({ text: undefined })), [
    "a1 UID FETCH 1:50 (FLAGS ENVELOPE)",
    undefined,
  ]);
});
