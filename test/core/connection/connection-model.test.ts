/** States by transcript (RFC 9051 §3, §6). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver } from "../../../src/core/observe.ts";
import { eventsOf, play, SELECTED_PRELUDE } from "../../playbook.ts";

type Row = readonly [name: string, transcript: string, states: readonly string[]];

const ROWS: readonly Row[] = [
  ["PREAUTH", "S: * PREAUTH hi", ["notAuthenticated > authenticated"]],
  ["BYE as greeting", "S: * BYE busy", ["notAuthenticated > logout"]],
  ["login", "S: * OK hi\nC: a LOGIN b c\nS: a OK x", ["notAuthenticated > authenticated"]],
  ["refused login", "S: * OK hi\nC: a LOGIN b c\nS: a NO x", []],
  [
    "EXAMINE, then a SELECT that fails",
    "S: * PREAUTH hi\nC: a EXAMINE Sent\nS: a OK x\nC: b SELECT None\nS: b NO x",
    [
      "notAuthenticated > authenticated",
      "authenticated > selected Sent read-only",
      "selected > authenticated",
    ],
  ],
  [
    "BAD changes nothing",
    "S: * PREAUTH hi\nC: a SELECT Sent\nS: a OK x\nC: b SELECT None\nS: b BAD x",
    ["notAuthenticated > authenticated", "authenticated > selected Sent"],
  ],
  [
    "BYE at any time",
    "S: * PREAUTH hi\nS: * BYE x\nS: * BYE x",
    ["notAuthenticated > authenticated", "authenticated > logout"],
  ],
  [
    "from one mailbox to another",
    "S: * PREAUTH hi\nC: a SELECT Sent\nS: a OK x\nC: b SELECT INBOX\nS: b OK x",
    ["notAuthenticated > authenticated", "authenticated > selected Sent", "selected > selected INBOX"],
  ],
];

for (const [name, transcript, states] of ROWS) {
  test(name, () => assert.deepEqual(play(transcript).states, states));
}

test("joined midway the state is unknown until an answer tells it", () => {
  assert.deepEqual(play("C: a NOOP\nS: a OK x\nC: b FETCH 1 FLAGS\nS: b OK x", { midway: true }).states, []);
  assert.deepEqual(play("C: a SELECT INBOX\nS: a OK x", { midway: true }).states, [
    "unknown > selected INBOX",
  ]);
});

test("a snapshot tells what is known now, and what was when the connection closed", () => {
  const observer = createObserver({ emit: () => {} });
  for (const event of eventsOf(
    `${SELECTED_PRELUDE}C: a NOOP\nS: * 2 EXPUNGE\nS: * 1 FETCH (UID 3 FLAGS ())\nS: a OK x`,
  )) {
    observer.take(event);
  }
  const now = observer.connection(1);
  assert.deepEqual([now?.state, now?.user, now?.tls.client], ["selected", "alice", true]);
  const { name, exists, uidValidity, uidNext, knownUids } = now?.mailbox ?? {};
  assert.deepEqual([name, exists, uidValidity, uidNext, knownUids], ["INBOX", 4, "7", "60", 1]);
  observer.take({ kind: "close", connection: 1, atMicros: 99_000, by: "client", reason: "" });
  assert.equal(observer.connection(1)?.state, "logout");
  assert.equal(observer.connection(2), undefined);
});

test("capabilities of the clear-text time are void after STARTTLS", () => {
  const observer = createObserver({ emit: () => {} });
  const transcript =
    "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server";
  for (const event of eventsOf(transcript, { tls: false })) observer.take(event);
  const { capabilities, tls } = observer.connection(1) ?? {};
  assert.deepEqual([capabilities, tls], [undefined, { client: true, server: true }]);
});
