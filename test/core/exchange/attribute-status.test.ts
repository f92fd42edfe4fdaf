/** Untagged OK, NO, BAD and BYE (RFC 9051 §7.1). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, play, playSelected } from "../../playbook.ts";

const CASES: readonly AttributionCase[] = [
  [
    "text during one command is likely about it",
    "C: a COPY 1 Sent\nS: * NO Disk is 98% full",
    ["NO likely a"],
  ],
  [
    "during several it is not",
    "C: a NOOP\nC: b COPY 1 Sent\nS: * NO Disk is 98% full",
    ["NO unsolicited during a"],
  ],
  ["during IDLE it is news", "C: a IDLE\nS: + ok\nS: * OK Still here", ["OK unsolicited during a"]],
  [
    "[ALERT] is about the connection",
    "C: a NOOP\nS: * NO [ALERT] going down",
    ["ALERT unsolicited during a"],
  ],
  [
    "[COPYUID] before the answer to MOVE",
    "C: a UID MOVE 5 Sent\nS: * OK [COPYUID 7 5 9] x",
    ["COPYUID likely a"],
  ],
  [
    "of MOVE rather than of COPY, which tells it in its completion",
    "C: a COPY 4 Sent\nC: b UID MOVE 5 Sent\nS: * OK [COPYUID 7 5 9] x",
    ["COPYUID likely b"],
  ],
  [
    "[APPENDUID] before the answer to REPLACE",
    "C: a APPEND Sent {1+}\nC: x\nS: * OK [APPENDUID 7 5] x",
    ["APPENDUID likely a"],
  ],
  [
    "[INPROGRESS] by its tag",
    'C: a NOOP\nC: b SEARCH ALL\nS: * OK [INPROGRESS ("b" 1 10)] x',
    ["INPROGRESS certain b"],
  ],
  [
    "[NOUPDATE] by its tag",
    'C: a NOOP\nC: b SEARCH RETURN (UPDATE) ALL\nS: * NO [NOUPDATE "b"] x',
    ["NOUPDATE certain b"],
  ],
  ["BYE answers LOGOUT", "C: a LOGOUT\nS: * BYE x", ["BYE certain a"]],
  ["or nobody", "C: a NOOP\nS: * BYE x", ["BYE unsolicited during a"]],
  ["CAPABILITY", "C: a CAPABILITY\nS: * CAPABILITY IMAP4rev1", ["CAPABILITY certain a"]],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}

test("CAPABILITY during a login is news that come with it", () => {
  const { attributions } = play("S: * OK hi\nC: a LOGIN alice x\nS: * CAPABILITY IMAP4rev1\nS: a OK x");
  assert.deepEqual(attributions, ["CAPABILITY likely a"]);
});
