import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import { volatileRules } from "../../../src/core/replay/volatile.ts";
import { ignoring } from "../../requests.ts";

const rulesOf = (one: string, other: string, ...ignored: readonly string[]): string => {
  const [ours, theirs] = [one, other].map((text) => fromLatin1(text.replaceAll("|", "\r\n")));
  assert.ok(ours !== undefined && theirs !== undefined);
  return volatileRules(ours, theirs, ignoring(...ignored)).join(" ");
};

const ROWS: readonly (readonly [what: string, one: string, other: string, rules: string])[] = [
  ["nothing", "A: b||text|", "A: b||text|", ""],
  ["a date", "Date: 1||text|", "Date: 2||text|", "date"],
  [
    "all of it at once",
    "Date: 1|Message-ID: <1@a>|X-Tuid: a||t|",
    "date: 2|message-id: <2@b>|X-TUID: b||t|",
    "date message-id header:x-tuid",
  ],
  ["a folded field", "References: <a>| <1>||text|", "References: <a>| <2>||text|", "header:references"],
  [
    "a boundary",
    "Content-Type: multipart/mixed;| boundary=1||--1|A: b||text|--1--|",
    "Content-Type: multipart/mixed;| boundary=2||--2|A: b||text|--2--|",
    "boundary",
  ],
  ["a boundary that nothing announces", "A: b||--1|", "A: b||--2|", ""],
  ["what is meant", "Subject: one|Date: 1||text|", "Subject: two|Date: 2||text|", ""],
  ["the text", "Date: 1||one|", "Date: 2||two|", ""],
  ["what looks like a field in the text", "A: b||Note: one|", "A: b||Note: two|", ""],
  ["another field", "X-A: 1||text|", "X-B: 1||text|", ""],
  ["a line too many", "X-A: 1||text|", "X-A: 1||text||", ""],
];

for (const [what, one, other, rules] of ROWS) {
  test(`messages that differ in ${what}: ${rules === "" ? "no rule" : rules}`, () => {
    assert.equal(rulesOf(one, other), rules);
    assert.equal(rulesOf(other, one), rules);
  });
}

test("what is left out already is not told again", () => {
  assert.equal(rulesOf("Date: 1|X-A: 1||text|", "Date: 2|X-A: 2||text|", "date"), "header:x-a");
});
