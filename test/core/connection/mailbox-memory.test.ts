import assert from "node:assert/strict";
import { test } from "node:test";
import { createMailboxMemory, isLess } from "../../../src/core/connection/mailbox-memory.ts";

test("numbers of any size are compared as numbers", () => {
  assert.equal(isLess("9", "10"), true);
  assert.equal(isLess("0010", "9"), false);
  assert.equal(isLess("9223372036854775806", "9223372036854775807"), true);
});

test("each mailbox has numbers of its own, and UIDVALIDITY begins them anew", () => {
  const memory = createMailboxMemory();
  assert.equal(memory.tell("a", "1", "UIDNEXT", "9"), undefined);
  assert.equal(memory.tell("b", "1", "UIDNEXT", "5"), undefined);
  assert.deepEqual(memory.tell("a", "1", "UIDNEXT", "8"), { name: "UIDNEXT", before: "9", sure: true });
  assert.equal(memory.tell("a", "2", "UIDNEXT", "1"), undefined);
});
