/** The FETCH algorithm, row by row (RFC 9051 §7.5.2). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  [
    "data that nobody pushes prove a FETCH",
    "C: a FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE NIL)",
    ["FETCH certain a"],
  ],
  [
    "FLAGS that come along are part of the answer",
    "C: a FETCH 1 RFC822.SIZE\nS: * 1 FETCH (FLAGS () RFC822.SIZE 5)",
    ["FETCH certain a"],
  ],
  [
    "exactly the FLAGS that were asked for are likely the answer",
    "C: a FETCH 1:5 FLAGS\nS: * 2 FETCH (FLAGS ())",
    ["FETCH likely a"],
  ],
  [
    "FLAGS of a message outside the set are a push",
    "C: a FETCH 1:2 FLAGS\nS: * 3 FETCH (FLAGS ())",
    ["FETCH unsolicited during a"],
  ],
  [
    "FLAGS while other items were asked for are a push",
    "C: a FETCH 1 ENVELOPE\nS: * 1 FETCH (FLAGS ())",
    ["FETCH unsolicited during a"],
  ],
  [
    "FLAGS that are still owed, after all the rest came, are the answer",
    "C: a FETCH 1 (FLAGS RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 5)\nS: * 1 FETCH (FLAGS ())",
    ["FETCH certain a", "FETCH likely a"],
  ],
  ["without a command FETCH is a push", "S: * 1 FETCH (FLAGS ())", ["FETCH unsolicited"]],
  ["in IDLE FETCH is a push", "C: a IDLE\nS: + ok\nS: * 1 FETCH (FLAGS ())", ["FETCH unsolicited during a"]],
  [
    "STORE is answered with FLAGS",
    "C: a STORE 2 +FLAGS (\\Seen)\nS: * 2 FETCH (FLAGS (\\Seen))",
    ["FETCH likely a"],
  ],
  [
    "a silent STORE is not",
    "C: a STORE 2 +FLAGS.SILENT (\\Seen)\nS: * 2 FETCH (FLAGS (\\Seen))",
    ["FETCH unsolicited during a"],
  ],
  [
    "but it is answered with MODSEQ",
    "C: a STORE 2 +FLAGS.SILENT (\\Seen)\nS: * 2 FETCH (MODSEQ (9))",
    ["FETCH likely a"],
  ],
  [
    "two pipelined FETCHes are told apart by their messages",
    "C: a FETCH 1 ENVELOPE\nC: b FETCH 2 ENVELOPE\nS: * 2 FETCH (ENVELOPE NIL)",
    ["FETCH certain b"],
  ],
  [
    "and by their items",
    "C: a FETCH 1 ENVELOPE\nC: b FETCH 1 RFC822.SIZE\nS: * 1 FETCH (RFC822.SIZE 5)",
    ["FETCH certain b"],
  ],
  [
    "two that ask the same are ambiguous until one is done",
    "C: a FETCH 1 ENVELOPE\nC: b FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE NIL)\nS: a OK x\nS: * 1 FETCH (ENVELOPE NIL)",
    ["FETCH ambiguous a b", "FETCH certain b"],
  ],
  [
    "UID FETCH knows its messages by UID",
    "C: a UID FETCH 70 ENVELOPE\nC: b UID FETCH 80 ENVELOPE\nS: * 3 FETCH (UID 80 ENVELOPE NIL)",
    ["FETCH certain b"],
  ],
  [
    "an EXPUNGE shifts what a number means, not what the command meant",
    "C: a UID FETCH 1:100 UID\nS: * 1 EXPUNGE\nC: b FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE NIL)",
    ["EXPUNGE unsolicited during a", "FETCH certain b"],
  ],
  [
    "SELECT with QRESYNC is answered with FETCH",
    "C: a SELECT Sent (QRESYNC (7 5))\nS: * OK [CLOSED] x\nS: * 1 FETCH (UID 5 FLAGS () MODSEQ (9))",
    ["CLOSED certain a", "FETCH likely a"],
  ],
  [
    "with NOTIFY even data may be pushed",
    "C: n NOTIFY SET (SELECTED (MessageNew (ENVELOPE) MessageExpunge))\nS: n OK x\nC: a FETCH 1 ENVELOPE\nS: * 1 FETCH (ENVELOPE NIL)",
    ["FETCH likely a"],
  ],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}
