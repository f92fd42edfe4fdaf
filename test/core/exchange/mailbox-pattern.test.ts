import assert from "node:assert/strict";
import { test } from "node:test";
import { matchesPattern, sameMailbox } from "../../../src/core/exchange/mailbox-pattern.ts";

const CASES: readonly (readonly [name: string, reference: string, pattern: string, matches: boolean])[] = [
  ["INBOX", "", "inbox", true],
  ["Archive/2026", "", "*", true],
  ["Archive/2026", "", "%", false],
  ["Archive/2026", "", "%/%", true],
  ["Archive/2026/May", "Archive/", "%", false],
  ["Archive/2026", "Archive/", "%", true],
  ["Archive", "", "Arch*e", true],
  ["Archive", "", "Archives", false],
  ["", "", "", true],
];

for (const [name, reference, pattern, matches] of CASES) {
  test(`"${reference}" "${pattern}" ${matches ? "matches" : "does not match"} "${name}"`, () => {
    assert.equal(matchesPattern(name, reference, pattern, "/"), matches);
  });
}

test("the work is bounded: what is too long is taken as possible", () => {
  assert.equal(matchesPattern("a".repeat(2000), "", "b", "/"), true);
});

test("INBOX is the same in any case, other names are not", () => {
  const named = (name: string) => ({ raw: name, name });
  assert.equal(sameMailbox(named("inbox"), named("INBOX")), true);
  assert.equal(sameMailbox(named("Sent"), named("SENT")), false);
});
