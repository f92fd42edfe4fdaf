import assert from "node:assert/strict";
import { test } from "node:test";
import { DATA_ITEMS } from "../../../src/core/vocabulary/data-items.ts";

test("every item is there once, in upper case and with its sentence", () => {
  const names = DATA_ITEMS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, words } of DATA_ITEMS) {
    assert.equal(name, name.toUpperCase());
    assert.match(words, /^[A-Z].*\.$/, name);
  }
});

test("what STATUS can ask for (RFC 9051 §6.3.11, RFC 7162 §3.1.7, RFC 7889 §3.1, RFC 8474 §4.3)", () => {
  const status = DATA_ITEMS.filter(({ uses }) => uses.includes("status")).map(({ name }) => name);
  assert.deepEqual(status.sort(), [
    "APPENDLIMIT",
    "DELETED",
    "DELETED-STORAGE",
    "HIGHESTMODSEQ",
    "MAILBOXID",
    "MESSAGES",
    "RECENT",
    "SIZE",
    "UIDNEXT",
    "UIDVALIDITY",
    "UNSEEN",
  ]);
});
