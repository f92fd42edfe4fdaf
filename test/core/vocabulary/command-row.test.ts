import assert from "node:assert/strict";
import { test } from "node:test";
import { AUTHENTICATED, command, NOT_AUTHENTICATED } from "../../../src/core/vocabulary/command-row.ts";

test("a row has the defaults that most commands share", () => {
  const row = command("XTEST", undefined, AUTHENTICATED, "Does nothing that anybody needs.");
  assert.deepEqual([row.solicits, row.codes, row.capabilities], [[], [], []]);
  assert.equal(row.mayExpunge, true);
  assert.equal(row.usesSequenceNumbers, false);
});

test("before authentication nothing is expunged", () => {
  assert.equal(command("XTEST", undefined, NOT_AUTHENTICATED, "Does nothing.").mayExpunge, false);
});

test("what is said explicitly wins", () => {
  const row = command("XTEST", undefined, AUTHENTICATED, "Does nothing.", {
    mayExpunge: false,
    takesMailbox: true,
  });
  assert.deepEqual([row.mayExpunge, row.takesMailbox], [false, true]);
});
