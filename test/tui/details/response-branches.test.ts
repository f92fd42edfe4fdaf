import assert from "node:assert/strict";
import { test } from "node:test";
import { writeBranches } from "../../../src/tui/details/branch.ts";
import { responseBranches } from "../../../src/tui/details/response-branches.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { parsed } from "../../parsed-response.ts";
import { options, shown } from "./shown.ts";

function tree(line: string, hidden = false): string {
  const made = options({ hidden });
  const { value } = parsed(line);
  return shown(writeDetails(made, (writer) => writeBranches(writer, "t", responseBranches(value, made))))
    .split("\n")
    .map((row) => row.trim())
    .join(" | ");
}

const ROWS: readonly (readonly [line: string, shown: string])[] = [
  ["* 3 EXISTS", ""],
  ["* CAPABILITY IMAP4rev1 IDLE", "▸ capabilities IMAP4REV1 IDLE"],
  ["* FLAGS (\\Seen a)", "▸ flags \\Seen a"],
  ["* LIST (\\Noselect) NIL &BBIERQQ+BDQ-", "mailbox Вход | ▸ attributes \\Noselect | delimiter NIL"],
  ["* STATUS a (MESSAGES 3 UNSEEN 1)", "mailbox a | MESSAGES 3 | UNSEEN 1"],
  ["* SEARCH 4 5 (MODSEQ 9)", "highest mod-sequence 9 | ▸ found 2 messages"],
  ['* ESEARCH (TAG "a1") UID COUNT 5 ALL 1:3,5', "answers a1 | numbers are UIDs | COUNT 5 | ALL 1:3,5"],
  ["* 1 FETCH (UID 5 FLAGS ())", "UID 5 | FLAGS ()"],
  ["* 1 FETCH (BODY[1] NIL)", "BODY[1] NIL"],
  ["* VANISHED (EARLIER) 1:3,7", "earlier yes | ▸ UIDs 1:3,7"],
  ['* QUOTA "" (STORAGE 10 500)', 'root "" | STORAGE 10 of 500'],
  ["* QUOTAROOT a r1 r2", "mailbox a | root r1 | root r2"],
  ['* NAMESPACE (("" "/")) NIL NIL', `personal "" delimiter / | other users' none | shared none`],
  ['* ID ("name" "Dovecot")', "name Dovecot"],
  ["* ID NIL", "NIL"],
  ["* ACL a anna lrs", "mailbox a | anna lrs"],
  ["* MYRIGHTS a lrs", "mailbox a | rights lrs"],
  ["* LISTRIGHTS a anna l r", "mailbox a | of anna | may be granted l | may be granted r"],
  ["* OK [UIDNEXT 7] next", "status OK | ▾ code UIDNEXT | number 7 | text next"],
  ["a1 NO [TRYCREATE] no", "status NO | code TRYCREATE | text no"],
  [
    "a1 OK [COPYUID 7 1:2 3:4] done",
    "status OK | ▾ code COPYUID | UIDVALIDITY 7 | from 1:2 | to 3:4 | text done",
  ],
  ["+ go on", "text go on"],
];

for (const [line, expected] of ROWS) {
  test(`${line} as a tree`, () => assert.equal(tree(line), expected));
}

const SECRET: readonly string[] = [
  "* LIST () geheim geheim",
  "* STATUS geheim (MESSAGES 3)",
  '* QUOTA "geheim" (GEHEIM 10 500)',
  "* QUOTAROOT geheim geheim",
  '* NAMESPACE (("geheim" "/")) NIL NIL',
  '* ID ("geheim" "geheim")',
  "* ACL geheim geheim geheim",
  "* LISTRIGHTS geheim geheim geheim",
  "* METADATA geheim (/private/geheim geheim)",
  "* GENURLAUTH geheim",
  "* OK [GEHEIM geheim] geheim",
  "* 1 FETCH (X-GEHEIM (geheim) FLAGS (geheim) BODY[1] geheim EMAILID (geheim))",
  "* ESEARCH GEHEIM geheim",
  "+ geheim",
  "geheim",
];

for (const line of SECRET) {
  test(`nothing of ${line} is seen on a shared screen`, () =>
    assert.doesNotMatch(tree(line, true), /geheim/i));
}

test("a search of a hundred thousand numbers is a line until it is opened", () => {
  const numbers = Array.from({ length: 100_000 }, (_none, i) => i + 1).join(" ");
  assert.equal(tree(`* SEARCH ${numbers}`), "▸ found 100,000 messages");
});
