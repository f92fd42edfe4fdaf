/** Extensions that are used but not advertised (RFC 9051 §6.1.1). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../../playbook.ts";

function used(capabilities: string, command: string): readonly string[] {
  const greeting = `S: * PREAUTH [CAPABILITY ${capabilities}] hi\n`;
  const select =
    "C: s SELECT INBOX\nS: * FLAGS ()\nS: * 2 EXISTS\nS: * 0 RECENT\nS: * OK [UIDVALIDITY 1] x\nS: * OK [UIDNEXT 9] x\nS: * OK [PERMANENTFLAGS ()] x\nS: s OK [READ-WRITE] x\n";
  return play(greeting + select + command).defects;
}

const CASES: readonly (readonly [command: string, capabilities: string, missing: string])[] = [
  ["C: a MOVE 1 Sent", "IMAP4rev1 MOVE", "extension-not-advertised"],
  ["C: a IDLE", "IMAP4rev1 IDLE", "extension-not-advertised"],
  ["C: a UID EXPUNGE 5", "IMAP4rev1 UIDPLUS", "extension-not-advertised"],
  ["C: a SORT (DATE) UTF-8 ALL", "IMAP4rev1 SORT=DISPLAY", "extension-not-advertised"],
  ["C: a SEARCH RETURN (MIN) ALL", "IMAP4rev1 ESEARCH", "extension-not-advertised"],
  ["C: a FETCH 1 BINARY[1]", "IMAP4rev1 BINARY", "extension-not-advertised"],
  ["C: a FETCH 1 X-GM-LABELS", "IMAP4rev1 X-GM-EXT-1", "extension-not-advertised"],
  ['C: a LIST "" % RETURN (SUBSCRIBED)', "IMAP4rev1 LIST-EXTENDED", "extension-not-advertised"],
  ["C: a UID FETCH 1:* FLAGS (CHANGEDSINCE 5)", "IMAP4rev1 CONDSTORE", "condstore-unavailable"],
  ["C: a UID STORE 1 (UNCHANGEDSINCE 5) +FLAGS ()", "IMAP4rev1 QRESYNC", "condstore-unavailable"],
  ["C: a APPEND Sent {9}", "IMAP4rev1", ""],
];

for (const [command, capabilities, missing] of CASES) {
  test(`${command.slice(5)} needs ${capabilities}`, () => {
    assert.deepEqual(used(capabilities, command), []);
    if (missing !== "") assert.ok(used("IMAP4rev1", command).includes(missing));
  });
}

test("IMAP4rev2 has folded most of them in", () => {
  assert.deepEqual(used("IMAP4rev2", "C: a MOVE 1 Sent"), []);
});

test("a mechanism that is not advertised", () => {
  const used = (mechanism: string) =>
    play(`S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\nC: a AUTHENTICATE ${mechanism}`).defects;
  assert.deepEqual(used("XOAUTH2"), ["extension-not-advertised"]);
  assert.deepEqual(used("PLAIN"), []);
});

test("a message over the APPENDLIMIT", () => {
  const greeting = "S: * PREAUTH [CAPABILITY IMAP4rev1 APPENDLIMIT=5] hi\n";
  assert.deepEqual(play(`${greeting}C: a APPEND Sent {5}\nS: + ok\nC: 12345`).defects, []);
  assert.deepEqual(play(`${greeting}C: a APPEND Sent {6}\nS: + ok\nC: 123456`).defects, [
    "append-over-limit",
  ]);
});

test("without a list that holds nothing is said, but STARTTLS makes a list void", () => {
  assert.deepEqual(play("S: * OK hi\nC: a ID NIL").defects, []);
  const transcript =
    "S: * OK [CAPABILITY IMAP4rev1 STARTTLS ID] hi\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server\nC: b ID NIL";
  assert.deepEqual(play(transcript, { tls: false }).defects, ["stale-capabilities?"]);
});
