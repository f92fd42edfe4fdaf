import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRows, fieldTexts } from "../../requests.ts";

test("a command that nothing is known of is compared without case, however its strings are written", () => {
  assertRows([
    ["XFOO bar (1:2 baz)", 'xfoo "BAR" (2:1 {3}\r\nbaz)', "XFOO bar (1:3 baz)"],
    ["XFOO a b", "XFOO A B", 'XFOO "a b"'],
    ["XFOO (a) b", "XFOO (A) b", "XFOO (a b)"],
    ["XFOO NIL", "XFOO nil", 'XFOO "NIL"'],
  ]);
});

test("what a command has too much of is a field of its own", () => {
  assert.deepEqual(fieldTexts("NOOP now"), ["arguments=NOW"]);
  assert.deepEqual(fieldTexts("SELECT a (x) b"), ["mailbox=a", "parameters=X", "arguments=B"]);
});

test("what stands where something else belongs stays apart from that", () => {
  assert.deepEqual(fieldTexts("SELECT (a b)"), ["mailbox=(A B)"]);
  assert.deepEqual(fieldTexts("FETCH (1 2)"), ["set=(1 2)"]);
  assert.deepEqual(fieldTexts("SELECT"), []);
});
