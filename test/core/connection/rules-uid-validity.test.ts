/** UIDVALIDITY, UIDNEXT, HIGHESTMODSEQ (RFC 9051 §2.3.1.1, RFC 7162 §3.1). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefectCase, playSelected } from "../../playbook.ts";

const status = (items: string) => `C: a STATUS Sent (UIDNEXT)\nS: * STATUS Sent (${items})\nS: a OK x\n`;

const CASES: readonly DefectCase[] = [
  ["UIDVALIDITY 0", "S: * OK [UIDVALIDITY 0] x", ["uidvalidity-invalid"]],
  ["UIDNEXT 0 in STATUS", status("UIDNEXT 0"), ["uidvalidity-invalid"]],
  ["UIDVALIDITY changes", "S: * OK [UIDVALIDITY 8] x", ["uidvalidity-changed"]],
  ["UIDVALIDITY stays", "S: * OK [UIDVALIDITY 7] x", []],
  ["UIDNEXT shrinks", "S: * OK [UIDNEXT 59] x", ["uidnext-decreased"]],
  ["UIDNEXT grows", "S: * OK [UIDNEXT 61] x", []],
  [
    "UIDNEXT shrinks in STATUS",
    status("UIDNEXT 9 UIDVALIDITY 1") + status("UIDNEXT 8 UIDVALIDITY 1"),
    ["uidnext-decreased"],
  ],
  [
    "without UIDVALIDITY the mailbox may be another",
    status("UIDNEXT 9") + status("UIDNEXT 8"),
    ["uidnext-decreased?"],
  ],
  [
    "another UIDVALIDITY begins anew",
    status("UIDNEXT 9 UIDVALIDITY 1") + status("UIDNEXT 8 UIDVALIDITY 2"),
    [],
  ],
  [
    "mod-sequences of any size shrink",
    "S: * OK [HIGHESTMODSEQ 90060115194045007] x\nS: * OK [HIGHESTMODSEQ 90060115194045006] x",
    ["modseq-decreased"],
  ],
];

for (const [name, transcript, defects] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).defects, defects));
}
