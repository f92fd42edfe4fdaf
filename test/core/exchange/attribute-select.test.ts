/** Data of the selected mailbox, and the boundary that [CLOSED] draws (RFC 9051 §6.3.2, RFC 7162 §3.2.11). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, play, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  ["before [CLOSED] it may be the old mailbox", "C: a SELECT Sent\nS: * 6 EXISTS", ["EXISTS likely a"]],
  [
    "after [CLOSED] it is the new one",
    "C: a SELECT Sent\nS: * OK [CLOSED] x\nS: * 6 EXISTS\nS: * OK [UIDNEXT 5] x",
    ["CLOSED certain a", "EXISTS certain a", "UIDNEXT certain a"],
  ],
  [
    "with QRESYNC enabled [CLOSED] has to come first",
    "C: e ENABLE QRESYNC\nS: * ENABLED QRESYNC\nS: e OK x\nC: a SELECT Sent\nS: * 6 EXISTS\nS: * OK [CLOSED] x\nS: * 1 EXISTS",
    ["ENABLED certain e", "EXISTS unsolicited during a", "CLOSED certain a", "EXISTS certain a"],
  ],
  [
    "outside SELECT it is news",
    "C: a NOOP\nS: * 6 EXISTS\nS: * 1 RECENT",
    ["EXISTS unsolicited during a", "RECENT unsolicited during a"],
  ],
  [
    "a SELECT behind another command has not begun",
    "C: a NOOP\nC: b SELECT Sent\nS: * 6 EXISTS",
    ["EXISTS unsolicited during a"],
  ],
  [
    "until its data show that it has",
    "C: a NOOP\nC: b SELECT Sent\nS: * OK [CLOSED] x\nS: * 6 EXISTS",
    ["CLOSED certain b", "EXISTS certain b"],
  ],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}

test("the first SELECT of a connection has no boundary", () => {
  const { attributions } = play("S: * PREAUTH hi\nC: a EXAMINE INBOX\nS: * 6 EXISTS\nS: * FLAGS ()");
  assert.deepEqual(attributions, ["EXISTS certain a", "FLAGS certain a"]);
});
