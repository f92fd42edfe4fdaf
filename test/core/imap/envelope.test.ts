import assert from "node:assert/strict";
import { test } from "node:test";
import { envelopeOf, mayBeEnvelope } from "../../../src/core/imap/envelope.ts";
import type { Envelope } from "../../../src/core/imap/message-data.ts";
import { readToken } from "../../../src/core/imap/read-token.ts";
import { dataLexer, defectKinds } from "../../parsed-response.ts";

function envelope(text: string): { readonly value: Envelope; readonly kinds: readonly string[] } {
  const lexer = dataLexer(text);
  lexer.stringsOnly = true;
  const value = envelopeOf(lexer, readToken(lexer));
  return { value, kinds: defectKinds(lexer) };
}

test("RFC 9051 §7.5.2: the example of an envelope", () => {
  const { value, kinds } = envelope(
    '("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" ' +
      '(("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ' +
      '(("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) ' +
      '((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL ' +
      '"<B27397-0100000@cac.washington.ed>")',
  );
  const gray = { name: "Terry Gray", route: null, mailbox: "gray", host: "cac.washington.edu" };
  assert.deepEqual(value, {
    date: "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)",
    subject: "IMAP4rev2 WG mtg summary and minutes",
    from: [gray],
    sender: [gray],
    replyTo: [gray],
    to: [{ name: null, route: null, mailbox: "imap", host: "cac.washington.edu" }],
    cc: [
      { name: null, route: null, mailbox: "minutes", host: "CNRI.Reston.VA.US" },
      { name: "John Klensin", route: null, mailbox: "KLENSIN", host: "MIT.EDU" },
    ],
    bcc: [],
    inReplyTo: null,
    messageId: "<B27397-0100000@cac.washington.ed>",
  });
  assert.deepEqual(kinds, []);
});

const REST = "NIL NIL NIL NIL NIL";

/** What servers were seen to send for the third field, FROM, and what is made of it. */
const FROM: readonly (readonly [
  server: string,
  from: string,
  mailboxes: readonly (string | null)[],
  kinds: readonly string[],
])[] = [
  ["outlook.com", '(("A" NIL "a" "x") ("B" NIL "b" "x"))', ["a", "b"], ["address-invalid"]],
  ["163", '(("""" NIL "a" "x"))', ["a"], ["quoted-invalid"]],
  ["QQ", '((NIL NIL "a" "sina.com\\"))', ["a"], ["quoted-invalid"]],
  ["various", '("A" NIL "a" "x")', ["a"], ["address-invalid"]],
  ["various", '""', [], ["address-invalid"]],
  ["various", "()", [], ["address-invalid"]],
  ["various", '(NIL ("A" NIL "a" "x"))', ["a"], ["address-invalid", "address-invalid"]],
  ["various", '(("A" NIL "a"))', ["a"], ["address-invalid"]],
  ["various", '(("A" NIL "a" ("x")))', ["a"], ["address-invalid"]],
  ["group", '((NIL NIL "friends" NIL)(NIL NIL NIL NIL))', ["friends", null], []],
];

for (const [server, from, mailboxes, kinds] of FROM) {
  test(`addresses of ${server}: ${from}`, () => {
    const found = envelope(`("d" "s" ${from} ${REST} NIL "<i@d>")`);
    assert.deepEqual(
      found.value.from.map(({ mailbox }) => mailbox),
      mailboxes,
    );
    assert.equal(found.value.messageId, "<i@d>");
    assert.deepEqual(found.kinds, kinds);
  });
}

test("iCloud, Cyrus: quotes that nobody escaped do not move the fields", () => {
  const { value, kinds } = envelope(`("d" "say "hi" there" NIL ${REST} NIL "<"x"@y>")`);
  assert.equal(value.subject, 'say "hi" there');
  assert.equal(value.messageId, '<"x"@y>');
  assert.deepEqual(kinds, ["quoted-invalid", "quoted-invalid"]);
});

test("too few and too many fields, NIL, and texts in UTF-8", () => {
  assert.deepEqual(envelope('("d" "caf\xc3\xa9")').value.subject, "caf\u00e9");
  assert.deepEqual(envelope('("d" "s")').kinds, ["response-data-missing"]);
  assert.deepEqual(envelope(`("d" "s" NIL ${REST} NIL NIL "x")`).kinds, ["response-data-surplus"]);
  assert.deepEqual(envelope("NIL").kinds, ["nil-unexpected"]);
});

test("only a list of eight fields or more, or NIL, may be an envelope", () => {
  const lexer = dataLexer('(1 2 3 4 5 6 7 8) NIL ("inline") "x"');
  const found = [0, 1, 2, 3].map(() => mayBeEnvelope(readToken(lexer)));
  assert.deepEqual(found, [true, true, false, false]);
});
