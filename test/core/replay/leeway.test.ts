import assert from "node:assert/strict";
import { test } from "node:test";
import { asksForDelimiter, isOptional, likenessOf } from "../../../src/core/replay/leeway.ts";
import { asked, stepOf } from "../../requests.ts";

test("what one client sends and another does not may be left out", () => {
  for (const text of ["NOOP", "ID NIL", "NAMESPACE", 'LIST "" ""'])
    assert.equal(isOptional(stepOf(1, text)), true, text);
  for (const text of ["SELECT INBOX", 'LIST "" *', "UID FETCH 1 FLAGS"])
    assert.equal(isOptional(stepOf(1, text)), false, text);
});

test("only a LIST of nothing asks for the delimiter", () => {
  for (const text of ['LIST "" ""', 'list {0+}\r\n ""'])
    assert.equal(asksForDelimiter(asked(text)), true, text);
  for (const text of [
    'LIST "" %',
    'LIST a ""',
    'LIST (SUBSCRIBED) "" ""',
    'LIST "" ("" a)',
    'LSUB "" ""',
    "NOOP",
  ])
    assert.equal(asksForDelimiter(asked(text)), false, text);
});

test("questions are alike by what they mean; what changes something is like nothing", () => {
  const like = (text: string) => likenessOf(stepOf(1, text));
  assert.ok(like("UID SEARCH UNSEEN") !== undefined);
  assert.equal(like("UID SEARCH UNSEEN"), like("uid search unseen"));
  assert.notEqual(like("UID SEARCH UNSEEN"), like("UID SEARCH SEEN"));
  assert.equal(like("STORE 1 FLAGS ()"), undefined);
});
