import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { keepFlags, knownList } from "../../../src/core/imap/known-flags.ts";

test("a list that was kept is found by its octets, wherever they stand", () => {
  // Lists are kept for all connections, so that other tests may have been seen before.
  const flags = ["\\Seen", "$KeptHere"];
  const list = utf8("(\\Seen $KeptHere)");
  assert.equal(knownList(list, 0), undefined);
  keepFlags(list, flags);
  assert.equal(knownList(utf8("* 1 FETCH (FLAGS (\\Seen $KeptHere))"), 17)?.flags, flags);
  assert.equal(knownList(list, 0)?.octets.length, list.length);
  assert.equal(knownList(utf8("(\\Seen $kepthere)"), 0), undefined);
  assert.equal(knownList(list.subarray(0, -1), 0), undefined);
});

test("a list is kept although the octets that it was read from are written over", () => {
  const octets = Buffer.from("(\\Seen $Overwritten)");
  keepFlags(octets, ["\\Seen", "$Overwritten"]);
  octets.fill(0);
  assert.deepEqual(knownList(utf8("(\\Seen $Overwritten)"), 0)?.flags, ["\\Seen", "$Overwritten"]);
});

const NOT_KEPT = [
  ["with a parenthesis within", '(\\Seen "a)" $Within)'],
  ["that is long", `(${"$Long".repeat(30)})`],
  ["that is not closed", "(\\Seen $Open"],
] as const;

for (const [what, text] of NOT_KEPT) {
  test(`a list ${what} is not kept`, () => {
    keepFlags(utf8(text), ["$Wrong"]);
    assert.equal(knownList(utf8(text), 0), undefined);
  });
}
