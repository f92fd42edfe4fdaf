/** The table by name: what follows the vocabulary, and what no RFC names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  ["ID", "C: a ID NIL\nS: * ID NIL", ["ID certain a"]],
  ["NAMESPACE", 'C: a NAMESPACE\nS: * NAMESPACE (("" "/")) NIL NIL', ["NAMESPACE certain a"]],
  ["ACL", "C: a GETACL INBOX\nS: * ACL INBOX alice lrs", ["ACL certain a"]],
  [
    "QUOTA of GETQUOTAROOT",
    'C: a GETQUOTAROOT INBOX\nS: * QUOTAROOT INBOX ""\nS: * QUOTA "" (STORAGE 1 2)',
    ["QUOTAROOT certain a", "QUOTA certain a"],
  ],
  [
    "QUOTA with two that ask",
    'C: a GETQUOTA ""\nC: b GETQUOTA ""\nS: * QUOTA "" (STORAGE 1 2)',
    ["QUOTA ambiguous a b"],
  ],
  ["what was not asked for", "C: a NOOP\nS: * ID NIL", ["ID unsolicited during a"]],
  [
    "an unknown name of an open command",
    "C: a XPIG-LATIN\nS: * XPIG-LATIN ow-nay eaking-spay",
    ["XPIG-LATIN likely a"],
  ],
  ["an unknown name of nobody", "C: a NOOP\nS: * XPIG-LATIN ow-nay", ["XPIG-LATIN unsolicited during a"]],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}

test("__proto__ as a tag is a tag like any other", () => {
  const { attributions, exchanges } = playSelected(
    "C: __proto__ SEARCH ALL\nS: * SEARCH 1\nS: __proto__ OK x",
  );
  assert.deepEqual(attributions, ["SEARCH certain __proto__"]);
  assert.equal(exchanges[0]?.end, "completed");
});
