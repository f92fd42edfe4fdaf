/** EXPUNGE and VANISHED (RFC 9051 §7.5.1, RFC 7162 §3.2.10). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  ["EXPUNGE", "C: a EXPUNGE\nS: * 1 EXPUNGE", ["EXPUNGE likely a"]],
  ["MOVE of that message", "C: a MOVE 2 Sent\nS: * 2 EXPUNGE", ["EXPUNGE likely a"]],
  ["MOVE of another message", "C: a MOVE 2 Sent\nS: * 3 EXPUNGE", ["EXPUNGE unsolicited during a"]],
  ["two that may remove it", "C: a EXPUNGE\nC: b UID EXPUNGE 5\nS: * 1 EXPUNGE", ["EXPUNGE ambiguous a b"]],
  ["NOOP brings news", "C: a NOOP\nS: * 1 EXPUNGE", ["EXPUNGE unsolicited during a"]],
  ["CLOSE removes silently", "C: a CLOSE\nS: * 1 EXPUNGE", ["EXPUNGE unsolicited during a"]],
  ["VANISHED like EXPUNGE", "C: a UID EXPUNGE 5:9\nS: * VANISHED 5", ["VANISHED likely a"]],
  ["VANISHED outside the set", "C: a UID EXPUNGE 5:9\nS: * VANISHED 10", ["VANISHED unsolicited during a"]],
  [
    "VANISHED (EARLIER) was asked for",
    "C: a UID FETCH 1:* FLAGS (CHANGEDSINCE 5 VANISHED)\nS: * VANISHED (EARLIER) 1:4",
    ["VANISHED certain a"],
  ],
  ["by SELECT too", "C: a SELECT Sent (QRESYNC (7 5))\nS: * VANISHED (EARLIER) 1:4", ["VANISHED certain a"]],
  [
    "or by nobody",
    "C: a UID FETCH 1:* FLAGS\nS: * VANISHED (EARLIER) 1:4",
    ["VANISHED unsolicited during a"],
  ],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}
