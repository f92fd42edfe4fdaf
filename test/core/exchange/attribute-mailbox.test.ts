/** LIST, STATUS, METADATA, MYRIGHTS (RFC 9051 §7.3, RFC 5819 §2, RFC 5464 §4.4). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type AttributionCase, playSelected } from "../../playbook.ts";

const NOTIFY = "C: n NOTIFY SET (PERSONAL (MailboxName))\nS: n OK x\n";

const CASES: readonly AttributionCase[] = [
  ["the only LIST", 'C: a LIST "" *\nS: * LIST () "/" Sent', ["LIST certain a"]],
  [
    "several LISTs are told apart by their patterns",
    'C: a LIST "" Sent\nC: b LIST "" Trash\nS: * LIST () "/" Trash',
    ["LIST likely b"],
  ],
  [
    "or not at all",
    'C: a LIST "" *\nC: b LIST "" S*\nS: * LIST () "/" Sent\nS: a OK x\nS: * LIST () "/" Sent',
    ["LIST ambiguous a b", "LIST certain b"],
  ],
  [
    "with NOTIFY a name outside every pattern is news",
    `${NOTIFY}C: a LIST "" Sent\nS: * LIST () "/" Other`,
    ["LIST unsolicited during a"],
  ],
  [
    "with NOTIFY a name inside is likely the answer",
    `${NOTIFY}C: a LIST "" Sent\nS: * LIST () "/" Sent`,
    ["LIST likely a"],
  ],
  ["SELECT is answered with LIST in IMAP4rev2", 'C: a SELECT Sent\nS: * LIST () "/" Sent', ["LIST likely a"]],
  ["LSUB", 'C: a LSUB "" *\nS: * LSUB () "/" Sent', ["LSUB certain a"]],
  [
    "STATUS of the same mailbox",
    "C: a STATUS inbox (MESSAGES)\nS: * STATUS INBOX (MESSAGES 4)",
    ["STATUS certain a"],
  ],
  [
    "STATUS of a mailbox in a literal",
    "C: a STATUS Sent (MESSAGES)\nS: * STATUS {4}\nS: Sent (MESSAGES 4)",
    ["STATUS certain a"],
  ],
  [
    "STATUS of another mailbox",
    "C: a STATUS Sent (MESSAGES)\nS: * STATUS Other (MESSAGES 4)",
    ["STATUS unsolicited during a"],
  ],
  [
    "STATUS with more than was asked for",
    "C: a STATUS Sent (MESSAGES)\nS: * STATUS Sent (MESSAGES 4 UIDNEXT 5)",
    ["STATUS likely a"],
  ],
  [
    "LIST with RETURN (STATUS)",
    'C: a LIST "" % RETURN (STATUS (MESSAGES))\nS: * LIST () "/" Sent\nS: * STATUS Sent (MESSAGES 4)',
    ["LIST certain a", "STATUS certain a"],
  ],
  [
    "LIST with RETURN (STATUS) beside STATUS",
    'C: a LIST "" % RETURN (STATUS (MESSAGES))\nC: b STATUS Sent (MESSAGES)\nS: * STATUS Sent (MESSAGES 4)',
    ["STATUS ambiguous a b"],
  ],
  ["NOTIFY pushes STATUS", `${NOTIFY}S: * STATUS Sent (MESSAGES 4)`, ["STATUS unsolicited"]],
  [
    "values answer GETMETADATA",
    'C: a GETMETADATA INBOX /shared/comment\nS: * METADATA INBOX (/shared/comment "x")',
    ["METADATA certain a"],
  ],
  [
    "names of entries are news",
    "C: a GETMETADATA INBOX /shared/comment\nS: * METADATA INBOX /shared/comment",
    ["METADATA unsolicited during a"],
  ],
  [
    "MYRIGHTS by mailbox",
    "C: a MYRIGHTS INBOX\nC: b MYRIGHTS Sent\nS: * MYRIGHTS Sent lrs",
    ["MYRIGHTS certain b"],
  ],
];

for (const [name, transcript, attributions] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).attributions, attributions));
}
