import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRows, fieldTexts } from "../../requests.ts";

test("SEARCH means its keys in any order, and in any way in which they can be written", () => {
  assertRows([
    ["SEARCH UNSEEN FROM joe", "search from {3}\r\nJOE unseen", "SEARCH UNSEEN FROM jim"],
    ["SEARCH UNSEEN", "SEARCH ALL UNSEEN", "SEARCH ALL"],
    ["SEARCH (UNSEEN DELETED)", "SEARCH DELETED UNSEEN", "SEARCH OR DELETED UNSEEN"],
    ["SEARCH OR SEEN DELETED", "SEARCH OR DELETED SEEN", "SEARCH SEEN DELETED"],
    ["SEARCH NOT (SEEN DELETED)", "SEARCH NOT (DELETED SEEN)", "SEARCH NOT SEEN DELETED"],
    ["SEARCH OR (SEEN DRAFT) NEW", "SEARCH OR NEW (DRAFT SEEN)", "SEARCH OR SEEN DRAFT NEW"],
    ["SEARCH SINCE 01-feb-2026", 'SEARCH SINCE "1-Feb-2026"', "SEARCH BEFORE 1-Feb-2026"],
    ["SEARCH 3:1,2", "SEARCH 1:3", "SEARCH UID 1:3"],
    ["SEARCH HEADER Message-ID <A@b>", 'SEARCH HEADER "message-id" "<a@B>"', "SEARCH HEADER Subject <A@b>"],
    ["SEARCH KEYWORD Foo", "SEARCH KEYWORD foo", "SEARCH UNKEYWORD Foo"],
    ["SEARCH LARGER 010", "SEARCH LARGER 10", "SEARCH SMALLER 10"],
    ["SEARCH X-GM-RAW Abc", 'SEARCH X-GM-RAW "Abc"', "SEARCH X-GM-RAW abc"],
    ['SEARCH MODSEQ "/flags/\\\\draft" all 6', 'SEARCH MODSEQ "/flags/\\\\Draft" ALL 6', "SEARCH MODSEQ 6"],
    ["SEARCH RETURN (MIN MAX) ALL", "SEARCH RETURN (max min) ALL", "SEARCH RETURN (MAX) ALL"],
    ["SEARCH RETURN () ALL", "SEARCH RETURN (ALL) ALL", "SEARCH ALL"],
    ["SEARCH CHARSET utf-8 ALL", "SEARCH CHARSET UTF-8 ALL", "SEARCH CHARSET UTF-16 ALL"],
    ["SEARCH CHARSET US-ASCII ALL", "SEARCH ALL", "SEARCH CHARSET UTF-8 ALL"],
    ["UID SEARCH ALL", "uid search ALL", "SEARCH ALL"],
  ]);
});

test("SORT means its criteria in their order, THREAD its algorithm, ESEARCH where it searches", () => {
  assertRows([
    [
      "SORT (REVERSE DATE SUBJECT) UTF-8 ALL",
      "sort (reverse date subject) utf-8 all",
      "SORT (SUBJECT REVERSE DATE) UTF-8 ALL",
    ],
    ["THREAD REFERENCES UTF-8 ALL", "thread references utf-8 all", "THREAD ORDEREDSUBJECT UTF-8 ALL"],
    ["ESEARCH IN (mailboxes a) ALL", 'esearch in (MAILBOXES "a") all', "ESEARCH IN (mailboxes b) ALL"],
  ]);
});

test("keys that hold each other without end take neither the stack nor time", () => {
  for (const text of [
    "NOT ".repeat(30_000),
    "OR ".repeat(30_000),
    "(".repeat(30_000),
    "OR NOT ".repeat(30_000),
  ])
    assert.ok(fieldTexts(`SEARCH ${text}ALL`).length < 2);
});

test("a key whose argument is missing is not the key", () => {
  assertRows([["SEARCH FROM", "SEARCH from", "SEARCH FROM a"]]);
});
