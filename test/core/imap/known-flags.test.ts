import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { flagListEnd, keepFlags, knownFlags } from "../../../src/core/imap/known-flags.ts";

test("a list that was kept is found by its octets, wherever they stand", () => {
  // Lists are kept for all connections, so that other tests may have been seen before.
  const flags = ["\\Seen", "$KeptHere"];
  const list = utf8("(\\Seen $KeptHere)");
  assert.equal(knownFlags(list, 0, list.length), undefined);
  keepFlags(list, 0, list.length, flags);
  const line = utf8("* 1 FETCH (FLAGS (\\Seen $KeptHere))");
  assert.equal(knownFlags(line, 17, 34), flags);
  assert.equal(knownFlags(utf8("(\\Seen $kepthere)"), 0, list.length), undefined);
});

test("only the end of a short list is found", () => {
  assert.equal(flagListEnd(utf8("(a b) c)"), 0), 5);
  assert.equal(flagListEnd(utf8("(a b"), 0), -1);
  assert.equal(flagListEnd(utf8(`(${"a".repeat(200)})`), 0), -1);
});
