import assert from "node:assert/strict";
import { test } from "node:test";
import { createFetchIndex } from "../../../src/core/replay/fetch-index.ts";
import { createMatcher, type Matching } from "../../../src/core/replay/match.ts";
import { asked, stepOf } from "../../requests.ts";

const STEPS = [
  "UID FETCH 1:3 (FLAGS UID BODY.PEEK[])",
  "UID FETCH 1:3 (FLAGS ENVELOPE)",
  "FETCH 1:3 (FLAGS BODY.PEEK[])",
  "UID FETCH 1:4 (FLAGS BODY.PEEK[])",
  "UID FETCH 1:3 (FLAGS BODY.PEEK[]) (CHANGEDSINCE 7)",
  "UID STORE 1:3 FLAGS ()",
].map((text, index) => stepOf(index + 1, text));

function found(text: string, matching: Matching = "canonical"): readonly number[] {
  return [...createFetchIndex(STEPS, createMatcher(matching))(asked(text))].map(({ id }) => id);
}

test("a FETCH that asks for less of the same messages finds those that ask for more", () => {
  assert.deepEqual(found("UID FETCH 1:2,3 FLAGS"), [1, 2]);
  assert.deepEqual(found("uid fetch 1:3 (uid body.peek[])"), [1]);
  assert.deepEqual(found("FETCH 1:3 FLAGS"), [3]);
  assert.deepEqual(found("UID FETCH 1:3 FLAGS (CHANGEDSINCE 7)"), [5]);
});

test("other messages, other items and other commands are none, and neither is one that marks as read", () => {
  for (const text of [
    "UID FETCH 1:2 FLAGS",
    "UID FETCH 1:3 BODY",
    "UID FETCH 1:3 BODY[]",
    "UID STORE 1:3 FLAGS ()",
  ])
    assert.deepEqual(found(text), [], text);
});

test("where commands are not matched by meaning there are none", () => {
  assert.deepEqual(found("UID FETCH 1:3 FLAGS", "exact"), []);
  assert.deepEqual(
    found("UID FETCH 1:3 FLAGS", () => true),
    [],
  );
});
