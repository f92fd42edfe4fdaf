import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { type AnswerDifference, createComparison } from "../../../src/core/replay/compare.ts";
import { answered } from "../../answers.ts";

type Side = readonly [lines: readonly string[], completion?: string];

function differencesOf(command: string, before: Side, now: Side): readonly AnswerDifference[] {
  const comparison = createComparison();
  comparison.pair(answered(command, ...before), answered(command, ...now));
  return comparison.result().changed.entries[0]?.differences ?? [];
}

/** A command, its old answer, one that says the same, one that does not, and what of that is told. */
const ROWS: readonly (readonly [command: string, before: Side, same: Side, other: Side, what: string])[] = [
  ["NOOP", [[], "OK done"], [[], "OK Fertig."], [[], "NO done"], "status"],
  [
    "SELECT a",
    [[], "OK [READ-WRITE] x"],
    [[], "OK [READ-WRITE] y"],
    [[], "OK [READ-ONLY] x"],
    "code READ-WRITE",
  ],
  ["NOOP", [["3 EXISTS"]], [["2 EXISTS", "3 EXISTS"]], [["2 EXISTS"]], "EXISTS"],
  ["NOOP", [["1 RECENT"]], [[]], [["4 EXISTS"]], "EXISTS"],
  ["NOOP", [["3 EXPUNGE", "3 EXPUNGE"]], [["3 EXPUNGE", "3 EXPUNGE"]], [["3 EXPUNGE"]], "EXPUNGE"],
  [
    "CAPABILITY",
    [["CAPABILITY IMAP4rev1 IDLE"]],
    [["CAPABILITY idle IMAP4REV1"]],
    [["CAPABILITY IMAP4rev1"]],
    "CAPABILITY",
  ],
  ["SELECT a", [["FLAGS (\\Seen a)"]], [["FLAGS (A \\SEEN)"]], [["FLAGS (\\Seen)"]], "FLAGS"],
  [
    "FETCH 1 (FLAGS)",
    [["1 FETCH (FLAGS (\\Seen \\Recent) RFC822.SIZE 5)"]],
    [["1 FETCH (RFC822.SIZE 5 FLAGS (\\Seen))"]],
    [["1 FETCH (FLAGS () RFC822.SIZE 5)"]],
    "FETCH 1 FLAGS",
  ],
  [
    "FETCH 1 BODY[]",
    [["1 FETCH (BODY[] {1}\r\na)"]],
    [['1 FETCH (BODY[] "a")']],
    [["1 FETCH (BODY[] {1}\r\nb)"]],
    "FETCH 1 BODY[]",
  ],
  ["FETCH 1:2 UID", [["1 FETCH (UID 5)"]], [["1 FETCH (UID 9)"]], [["2 FETCH (UID 5)"]], "FETCH 1 UID"],
  [
    'LIST "" *',
    [['LIST (\\HasChildren \\Marked) "/" a']],
    [['LIST (\\haschildren) "/" "a"']],
    [['LIST () "/" a']],
    "LIST a attributes",
  ],
  ['LIST "" *', [['LIST () "/" a']], [['LIST () "/" a']], [['LIST () "." a']], "LIST a delimiter"],
  [
    "STATUS a (UIDNEXT MESSAGES)",
    [["STATUS a (UIDNEXT 4 MESSAGES 3)"]],
    [["STATUS a (MESSAGES 3 UIDNEXT 9)"]],
    [["STATUS a (MESSAGES 2 UIDNEXT 4)"]],
    "STATUS a MESSAGES",
  ],
  ["SEARCH ALL", [["SEARCH 1 3"]], [["SEARCH 3 1"]], [["SEARCH 1"]], "SEARCH"],
  ["SORT (DATE) UTF-8 ALL", [["SORT 1 3"]], [["SORT 1 3"]], [["SORT 3 1"]], "SORT"],
  ["UID SEARCH ALL", [["SEARCH 10 30"]], [["SEARCH 11 31"]], [["SEARCH 11"]], "SEARCH"],
  ["SELECT a", [["OK [UIDNEXT 5] x"]], [["OK [UIDNEXT 7] x"]], [[]], "untagged code UIDNEXT"],
  ["SELECT a", [["OK [UNSEEN 5] x"]], [["OK [UNSEEN 5] y"]], [["OK [UNSEEN 6] x"]], "untagged code UNSEEN"],
  ["NOOP", [["OK still here"]], [[]], [["BYE so long"]], "untagged BYE"],
  ["ID NIL", [['ID ("name" "a")']], [['ID ("name" "b")']], [[]], "ID"],
  ["MYRIGHTS a", [["MYRIGHTS a lrs"]], [["MYRIGHTS a srl"]], [["MYRIGHTS a lr"]], "MYRIGHTS a"],
  [
    "NAMESPACE",
    [['NAMESPACE (("" "/")) NIL NIL']],
    [['namespace (("" "/")) NIL NIL']],
    [['NAMESPACE (("" ".")) NIL NIL']],
    "NAMESPACE personal",
  ],
  [
    'GETQUOTA ""',
    [['QUOTA "" (STORAGE 1 9)']],
    [['QUOTA "" (STORAGE 2 9)']],
    [['QUOTA "" (STORAGE 1 8)']],
    'QUOTA "" STORAGE limit',
  ],
  [
    "SEARCH RETURN (COUNT) ALL",
    [['ESEARCH (TAG "x") COUNT 3']],
    [['ESEARCH (TAG "y") COUNT 3']],
    [['ESEARCH (TAG "x") COUNT 4']],
    "ESEARCH COUNT",
  ],
];

test("answers that mean the same are the same, and a near miss is told by what it is about", () => {
  for (const [command, before, same, other, what] of ROWS) {
    assert.deepEqual(differencesOf(command, before, same), [], `${command} ${before[0]} is ${same[0]}`);
    const told = differencesOf(command, before, other).map((difference) => difference.what);
    assert.ok(told.includes(what), `${command} ${before[0]} is not ${other[0]}: ${told}`);
  }
});

test("of sets it is told what is no more and what is new", () => {
  assert.deepEqual(differencesOf("CAPABILITY", [["CAPABILITY A B"]], [["CAPABILITY B C"]]), [
    { what: "CAPABILITY", before: "A B", now: "B C", missing: "A", surplus: "C" },
  ]);
});

test("UIDs, UIDVALIDITY and object ids stand for each other, and have to go on to do so", () => {
  const comparison = createComparison();
  const pair = (command: string, before: Side, now: Side) =>
    comparison.pair(answered(command, ...before), answered(command, ...now));
  pair("APPEND INBOX {1}\r\nx", [[], "OK [APPENDUID 7 100] x"], [[], "OK [APPENDUID 8 200] x"]);
  pair("UID SEARCH ALL", [["SEARCH 100"]], [["SEARCH 200"]]);
  pair("FETCH 1 UID", [["1 FETCH (UID 100 EMAILID (M1))"]], [["1 FETCH (UID 200 EMAILID (X1))"]]);
  pair("STATUS INBOX (UIDVALIDITY)", [["STATUS INBOX (UIDVALIDITY 7)"]], [["STATUS INBOX (UIDVALIDITY 8)"]]);
  pair("UID COPY 100 b", [[], "OK [COPYUID 1 100 5:6] x"], [[], "OK [COPYUID 2 200 3,9] x"]);
  assert.equal(comparison.result().same, true);
  pair("UID SEARCH ALL", [["SEARCH 100"]], [["SEARCH 201"]]);
  pair("STATUS INBOX (UIDVALIDITY)", [["STATUS INBOX (UIDVALIDITY 7)"]], [["STATUS INBOX (UIDVALIDITY 9)"]]);
  pair("FETCH 1 UID", [["1 FETCH (UID 101)"]], [["1 FETCH (UID 200)"]]);
  pair("FETCH 1 EMAILID", [["1 FETCH (EMAILID (M2))"]], [["1 FETCH (EMAILID (X1))"]]);
  assert.equal(comparison.result().changed.entries.length, 4);
});

test("a command that was not sent again is counted", () => {
  const comparison = createComparison();
  comparison.pair(answered("NOOP", []), undefined);
  assert.deepEqual(comparison.result(), {
    same: false,
    compared: 0,
    changed: { entries: [], leftOut: 0 },
    unanswered: 1,
    defects: [],
  });
});

test("however much changed, what is told is bounded", () => {
  const comparison = createComparison();
  const lines = (flag: string) =>
    Array.from({ length: 200 }, (_, index) => `${index + 1} FETCH (FLAGS (${flag}))`);
  for (let count = 0; count < LIMITS.reportEntries + 3; count++)
    comparison.pair(
      answered("NOOP", count === 0 ? lines("a") : []),
      answered("NOOP", count === 0 ? lines("b") : [], "NO x"),
    );
  const { changed } = comparison.result();
  assert.equal(changed.leftOut, 3);
  assert.equal(changed.entries[0]?.differences.length, LIMITS.differencesKept);
  assert.equal(changed.entries[0]?.leftOut, 201 - LIMITS.differencesKept);
});
