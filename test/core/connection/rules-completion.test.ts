/** What a server left out when it completed a command. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefectCase, play, playSelected } from "../../playbook.ts";

const DATA =
  "S: * FLAGS ()\nS: * 1 EXISTS\nS: * 0 RECENT\nS: * OK [UIDVALIDITY 1] x\nS: * OK [UIDNEXT 9] x\nS: * OK [PERMANENTFLAGS ()] x\n";

const CASES: readonly DefectCase[] = [
  ["SELECT with all its data", `C: a SELECT Sent\nS: * OK [CLOSED] x\n${DATA}S: a OK x`, []],
  [
    "SELECT without EXISTS",
    `C: a SELECT Sent\nS: * OK [CLOSED] x\n${DATA.replace("S: * 1 EXISTS\n", "")}S: a OK x`,
    ["select-data-missing"],
  ],
  [
    "EXAMINE needs READ-ONLY",
    `C: a EXAMINE Sent\nS: * OK [CLOSED] x\n${DATA}S: a OK x`,
    ["select-data-missing"],
  ],
  ["EXAMINE with it", `C: a EXAMINE Sent\nS: * OK [CLOSED] x\n${DATA}S: a OK [READ-ONLY] x`, []],
  ["SELECT that fails owes nothing", "C: a SELECT Sent\nS: a NO x", []],
  ["[CLOSED] where QRESYNC is on offer", `C: a SELECT Sent\n${DATA}S: a OK x`, ["closed-missing?"]],
  ["not for the same mailbox", `C: a SELECT INBOX\n${DATA}S: a OK x`, ["uidnext-decreased"].slice(1)],
  [
    "items that did not come",
    "C: a FETCH 1:2 (UID RFC822.SIZE)\nS: * 1 FETCH (UID 5 RFC822.SIZE 5)\nS: * 2 FETCH (RFC822.SIZE 5)\nS: a OK x",
    ["fetch-items-missing"],
  ],
  [
    "items that came in two responses",
    "C: a FETCH 1 (UID RFC822.SIZE)\nS: * 1 FETCH (UID 5)\nS: * 1 FETCH (RFC822.SIZE 5)\nS: * 1 FETCH (UID 5)\nS: a OK x",
    [],
  ],
  [
    "a section by another spelling",
    'C: a FETCH 1 BODY.PEEK[HEADER.FIELDS (TO FROM)]<0.9>\nS: * 1 FETCH (BODY[HEADER.FIELDS ("To" "From")]<0> "")\nS: a OK x',
    [],
  ],
  ["nothing at all of a message that is there", "C: a FETCH 1 ENVELOPE\nS: a OK x", ["fetch-items-missing?"]],
  ["nothing of messages that may be gone", "C: a UID FETCH 1 ENVELOPE\nS: a OK x", []],
  ["nothing where it was refused", "C: a FETCH 1 ENVELOPE\nS: a NO x", []],
  ["MOVE without COPYUID", "C: a MOVE 1 Sent\nS: * 1 EXPUNGE\nS: a OK x", ["move-without-copyuid?"]],
  ["MOVE with it", "C: a MOVE 1 Sent\nS: * OK [COPYUID 7 5 9] x\nS: * 1 EXPUNGE\nS: a OK x", []],
  ["MOVE of nothing", "C: a MOVE 1 Sent\nS: a OK x", []],
  ["IDLE that the server ends", "C: a IDLE\nS: + ok\nS: a OK x", ["idle-ended-by-server"]],
  ["IDLE that DONE ends", "C: a IDLE\nS: + ok\nC: DONE\nS: a OK x", []],
  ["IDLE that was never accepted", "C: a IDLE\nS: a OK x", ["continuation-missing"]],
  ["IDLE that was refused", "C: a IDLE\nS: a NO x", []],
  ["LOGOUT without BYE", "C: a LOGOUT\nS: a OK x", ["logout-without-bye"]],
  ["LOGOUT without OK", "C: a LOGOUT\nS: * BYE x\n-- close server", ["logout-without-bye"]],
  ["LOGOUT where the client closes", "C: a LOGOUT\nS: * BYE x\n-- close client", []],
];

for (const [name, transcript, defects] of CASES) {
  test(name, () => {
    const found = playSelected(transcript).defects.filter((kind) => !kind.startsWith("uid"));
    assert.deepEqual(found, defects);
  });
}

test("ENABLE without ENABLED", () => {
  assert.deepEqual(play("S: * PREAUTH hi\nC: a ENABLE CONDSTORE\nS: a OK x").defects, ["enabled-missing"]);
});
