import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DOTS,
  hiddenCommand,
  hiddenResponse,
  hiddenType,
  hiddenWord,
} from "../../../src/tui/details/hide.ts";
import { parsed as parsedCommand } from "../../parsed-command.ts";
import { parsed as parsedResponse } from "../../parsed-response.ts";

const COMMANDS: readonly (readonly [line: string, shown: string])[] = [
  ["SELECT Geheim", "SELECT •••"],
  ["LOGIN anna xxxxxxxx", "LOGIN •••"],
  ["AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN"],
  ["AUTHENTICATE GEHEIM", "AUTHENTICATE •••"],
  [
    "UID FETCH 1:5,9 (UID FLAGS BODY.PEEK[HEADER.FIELDS (X-GEHEIM)])",
    "UID FETCH 1:5,9 (UID FLAGS BODY.PEEK[…])",
  ],
  ["STORE 1 +FLAGS (\\Seen geheim)", "STORE 1 ••• (\\Seen •••)"],
  ["COPY 1:2 Geheim", "COPY 1:2 •••"],
  ["STATUS Geheim (MESSAGES)", "STATUS ••• (MESSAGES)"],
  ['SEARCH SUBJECT "geheim"', "SEARCH •••"],
  ["LIST geheim *", "LIST •••"],
  ["SETACL geheim anna lrs", "SETACL •••"],
  ["ENABLE QRESYNC GEHEIM", "ENABLE QRESYNC •••"],
  ["GEHEIM 1 2", "••• •••"],
  ["NOOP", "NOOP"],
];

for (const [line, shown] of COMMANDS) {
  test(`${line} is shown as ${shown}`, () =>
    assert.equal(hiddenCommand(parsedCommand(`a1 ${line}`).value), shown));
}

const RESPONSES: readonly (readonly [line: string, shown: string])[] = [
  ["* 3 EXISTS", "3 EXISTS"],
  ["* LIST (\\HasChildren \\Geheim) / Geheim", "LIST (\\HasChildren •••) •••"],
  ["* STATUS Geheim (MESSAGES 3)", "STATUS ••• (MESSAGES 3)"],
  ["* SEARCH 1 2 3", "SEARCH 1 2 3"],
  [
    "* 1 FETCH (UID 5 FLAGS (\\Seen geheim) X-GM-LABELS (geheim) BODY[TEXT] geheim)",
    "1 FETCH (UID 5 FLAGS (\\Seen •••) X-GM-LABELS (\u2022\u2022\u2022) BODY[…] {6})",
  ],
  [
    '* 1 FETCH (ENVELOPE (NIL "geheim" NIL NIL NIL NIL NIL NIL NIL NIL) INTERNALDATE "01-Jan-2026 00:00:00 +0000")',
    '1 FETCH (ENVELOPE (•••) INTERNALDATE "•••")',
  ],
  ['* 1 FETCH (BODYSTRUCTURE ("text" "geheim" NIL NIL NIL "7bit" 1 1))', "1 FETCH (BODYSTRUCTURE text/•••)"],
  ["* OK [UIDNEXT 7] geheim", "OK [UIDNEXT 7] •••"],
  ["* NO [GEHEIM geheim] geheim", "NO [••• •••] •••"],
  ["a1 OK [COPYUID 7 1:2 3:4] geheim", "OK [COPYUID 7 1:2 3:4] •••"],
  ["* OK [REFERRAL imap://geheim/] x", "OK [REFERRAL •••] •••"],
  ["+ geheim", "+ •••"],
  ["* QUOTA geheim (STORAGE 1 2)", "QUOTA •••"],
  ["* GEHEIM geheim", "••• •••"],
  ["* CAPABILITY IMAP4rev1 XGEHEIM AUTH=GEHEIM", "CAPABILITY IMAP4rev1 ••• AUTH=…"],
  ["geheim", "(malformed) •••"],
];

for (const [line, shown] of RESPONSES) {
  test(`${line} is shown as ${shown}`, () => {
    const text = hiddenResponse(parsedResponse(line).value);
    assert.equal(text, shown);
    assert.doesNotMatch(text, /geheim/i);
  });
}

test("words of the protocol are shown as the tables write them, whatever case they came in", () => {
  assert.deepEqual(["\\seen", "uid", "1:*", "NIL", "Geheim", "__proto__"].map(hiddenWord), [
    "\\Seen",
    "UID",
    "1:*",
    "NIL",
    DOTS,
    DOTS,
  ]);
  assert.deepEqual(["text/plain", "text/geheim", "geheim/plain", ""].map(hiddenType), [
    "text/plain",
    "text/•••",
    DOTS,
    DOTS,
  ]);
});
