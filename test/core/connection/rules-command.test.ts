/** What a client does wrong with a command as a whole (RFC 9051 §3, §5.5). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefectCase, play, playSelected } from "../../playbook.ts";

const CASES: readonly DefectCase[] = [
  ["a command of the wrong state", "C: a LOGIN alice x", ["command-in-wrong-state"]],
  ["STARTTLS when selected", "C: a STARTTLS", ["command-in-wrong-state", "extension-not-advertised"]],
  ["not while the state may just be changing", "C: a CLOSE\nC: b FETCH 1 FLAGS", []],
  ["unknown commands have no state", "C: a XFROB", ["command-unknown"]],
  ["ENABLE after SELECT", "C: a ENABLE CONDSTORE", ["enable-after-select"]],
  ["numbers while they may change", "C: a NOOP\nC: b FETCH 1 FLAGS", ["sequence-numbers-after-expunge"]],
  [
    "numbers while a command of the same name runs",
    "C: a MOVE 1 Sent\nC: b MOVE 1 Sent",
    ["sequence-numbers-after-expunge"],
  ],
  ["numbers while they cannot change", "C: a FETCH 1 FLAGS\nC: b STORE 1 +FLAGS (\\Seen)", []],
  ["UIDs at any time", "C: a NOOP\nC: b UID FETCH 1 FLAGS", []],
  ["numbers of the mailbox to come", "C: a SELECT Sent\nC: b FETCH 1 FLAGS", []],
];

for (const [name, transcript, defects] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).defects, defects));
}

const ENABLED = (extension: string, rest: string) =>
  `S: * PREAUTH hi\nC: e ENABLE ${extension}\nS: * ENABLED ${extension}\nS: e OK x\nC: s SELECT INBOX\nS: s BAD x\n${rest}`;

test("message sequence numbers after ENABLE UIDONLY", () => {
  const { defects } = play(ENABLED("UIDONLY", "C: a FETCH 1 FLAGS"));
  assert.ok(defects.includes("sequence-numbers-under-uidonly"));
});

test("CHARSET after ENABLE UTF8=ACCEPT", () => {
  const { defects } = play(ENABLED("UTF8=ACCEPT", "C: a SEARCH CHARSET UTF-8 ALL"));
  assert.ok(defects.includes("charset-with-utf8"));
  assert.ok(!play(ENABLED("UTF8=ACCEPT", "C: a SEARCH ALL")).defects.includes("charset-with-utf8"));
});

test("nothing is said of the state where it is not known", () => {
  assert.deepEqual(play("C: a FETCH 1 FLAGS\nS: a OK x", { midway: true }).defects, []);
});
