/** What is wrong with an untagged response by itself, or with its coming at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefectCase, play, playSelected } from "../../playbook.ts";

const CASES: readonly DefectCase[] = [
  [
    "attributes that exclude each other",
    'C: a LIST "" *\nS: * LIST (\\HasChildren \\HasNoChildren) "/" Sent',
    ["list-attributes-contradict"],
  ],
  ["attributes that do not", 'C: a LIST "" *\nS: * LIST (\\HasNoChildren \\Marked) "/" Sent', []],
  [
    "ESEARCH without its tag",
    "C: a SEARCH RETURN (COUNT) ALL\nS: * ESEARCH COUNT 5",
    ["esearch-without-tag"],
  ],
  ["SEARCH for RETURN", "C: a SEARCH RETURN (COUNT) ALL\nS: * SEARCH 1 2", ["search-for-esearch?"]],
  ["SEARCH for SEARCH", "C: a SEARCH ALL\nS: * SEARCH 1 2", []],
  ["data after BYE", "S: * BYE x\nS: * 6 EXISTS", ["data-after-bye"]],
  ["BYE again", "S: * BYE x\nS: * BYE x", []],
  ["a list without IMAP4", "C: a CAPABILITY\nS: * CAPABILITY IDLE", ["capability-missing"]],
  ["STARTTLS under TLS", "C: a CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS", ["capability-missing"]],
  [
    "COPYUID sets of different size",
    "C: a COPY 1:2 Sent\nS: a OK [COPYUID 7 1:2 9] x",
    ["copyuid-sizes-differ"],
  ],
  ["COPYUID sets of the same size", "C: a COPY 1:2 Sent\nS: a OK [COPYUID 7 1:2 8,9] x", []],
  [
    "autologout after a minute",
    "@1000\nC: a NOOP\nS: a OK x\n@61000\nS: * BYE Autologout; idle for too long",
    ["autologout-too-soon?"],
  ],
  [
    "autologout after half an hour",
    "@1000\nC: a NOOP\nS: a OK x\n@1802000\nS: * BYE Autologout; idle for too long",
    [],
  ],
  ["BYE for another reason", "S: * BYE shutting down", []],
];

for (const [name, transcript, defects] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).defects, defects));
}

test("the greeting's list is looked at too", () => {
  assert.deepEqual(play("S: * OK [CAPABILITY IDLE] hi").defects, ["capability-missing"]);
});
