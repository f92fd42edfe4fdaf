/** What a server says of the selected mailbox against what it said before (RFC 9051 §7.4.1, §7.5). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DefectCase, play, playSelected } from "../../playbook.ts";

const CASES: readonly DefectCase[] = [
  ["EXISTS may grow", "S: * 9 EXISTS", []],
  ["EXISTS must not shrink", "S: * 4 EXISTS", ["exists-decreased"]],
  ["but by EXPUNGE", "C: a NOOP\nS: * 5 EXPUNGE\nS: * 4 EXISTS", []],
  [
    "FETCH of message 0",
    "C: a UID STORE 5 +FLAGS (\\Seen)\nS: * 0 FETCH (UID 5 FLAGS ())",
    ["sequence-number-out-of-range"],
  ],
  ["FETCH beyond EXISTS", "S: * 6 FETCH (FLAGS ())", ["sequence-number-out-of-range"]],
  ["EXPUNGE beyond EXISTS", "C: a NOOP\nS: * 6 EXPUNGE", ["sequence-number-out-of-range"]],
  ["EXPUNGE without a command", "S: * 1 EXPUNGE", ["expunge-forbidden"]],
  ["EXPUNGE during FETCH", "C: a FETCH 1 FLAGS\nS: * 1 EXPUNGE", ["expunge-forbidden"]],
  ["EXPUNGE during STORE", "C: a STORE 1 +FLAGS ()\nS: * 1 EXPUNGE", ["expunge-forbidden"]],
  ["EXPUNGE during SEARCH", "C: a SEARCH ALL\nS: * 1 EXPUNGE", ["expunge-forbidden"]],
  ["EXPUNGE during UID FETCH", "C: a UID FETCH 1 FLAGS\nS: * 1 EXPUNGE", []],
  ["EXPUNGE during IDLE", "C: a IDLE\nS: + ok\nS: * 1 EXPUNGE", []],
  ["EXPUNGE while a literal is awaited", "C: a APPEND Sent {3}\nS: * 1 EXPUNGE", ["expunge-forbidden"]],
  ["one command that allows it is enough", "C: a FETCH 1 FLAGS\nC: b UID FETCH 1 FLAGS\nS: * 1 EXPUNGE", []],
  ["VANISHED like EXPUNGE", "S: * VANISHED 5", ["expunge-forbidden"]],
  ["UIDs ascend", "S: * 1 FETCH (UID 5 FLAGS ())\nS: * 2 FETCH (UID 6 FLAGS ())", []],
  ["UIDs that do not", "S: * 1 FETCH (UID 5 FLAGS ())\nS: * 2 FETCH (UID 4 FLAGS ())", ["uid-not-ascending"]],
  [
    "a message keeps its UID",
    "S: * 1 FETCH (UID 5 FLAGS ())\nS: * 1 FETCH (UID 6 FLAGS ())",
    ["uid-not-ascending"],
  ],
  [
    "another message under its number has another UID",
    "S: * 1 FETCH (UID 5 FLAGS ())\nC: a NOOP\nS: * 1 EXPUNGE\nS: * 1 FETCH (UID 6 FLAGS ())",
    [],
  ],
  [
    "a new mailbox begins anew",
    "C: a SELECT Sent\nS: * OK [CLOSED] x\nS: * 1 EXISTS\nS: * 1 FETCH (UID 1 FLAGS ())",
    [],
  ],
];

for (const [name, transcript, defects] of CASES) {
  test(name, () => assert.deepEqual(playSelected(transcript).defects, defects));
}

test("NOTIFY may ask for EXPUNGE at any time", () => {
  const notify = "C: n NOTIFY SET (SELECTED (MessageNew MessageExpunge))\nS: n OK x\nS: * 1 EXPUNGE";
  assert.deepEqual(playSelected(notify).defects, []);
});

test("joined midway, a command may be open that nobody saw", () => {
  assert.deepEqual(play("S: * 1 EXPUNGE\nS: * 900 FETCH (FLAGS ())", { midway: true }).defects, []);
  const later = "C: a NOOP\nS: a OK x\nS: * 1 EXPUNGE";
  assert.deepEqual(play(later, { midway: true }).defects, ["expunge-forbidden?"]);
});

test("after ENABLE QRESYNC it must be VANISHED, after UIDONLY no numbers at all", () => {
  const enabled = (name: string) =>
    `S: * PREAUTH hi\nC: e ENABLE ${name}\nS: * ENABLED ${name}\nS: e OK x\nC: a NOOP\nS: * 1 EXPUNGE`;
  assert.deepEqual(play(enabled("QRESYNC")).defects, ["expunge-under-qresync"]);
  assert.deepEqual(play(enabled("UIDONLY")).defects, ["server-sequence-numbers-under-uidonly"]);
});
