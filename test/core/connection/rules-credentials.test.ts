/** Credentials in clear text (RFC 9051 §6.2.3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../../playbook.ts";

const CASES: readonly (readonly [
  name: string,
  transcript: string,
  tls: boolean,
  defects: readonly string[],
])[] = [
  ["LOGIN without TLS", "S: * OK hi\nC: a LOGIN alice x", false, ["cleartext-credentials"]],
  ["LOGIN with TLS", "S: * OK hi\nC: a LOGIN alice x", true, []],
  ["PLAIN without TLS", "S: * OK hi\nC: a AUTHENTICATE PLAIN", false, ["cleartext-credentials"]],
  ["SCRAM without TLS tells no password", "S: * OK hi\nC: a AUTHENTICATE SCRAM-SHA-256", false, []],
  [
    "LOGIN after STARTTLS",
    "S: * OK hi\nC: a STARTTLS\nS: a OK x\n-- starttls client\n-- starttls server\nC: b LOGIN alice x",
    false,
    [],
  ],
  [
    "LOGIN against LOGINDISABLED",
    "S: * OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\nC: a LOGIN alice x",
    true,
    ["login-disabled"],
  ],
];

for (const [name, transcript, tls, defects] of CASES) {
  test(name, () => assert.deepEqual(play(transcript, { tls }).defects, defects));
}

test("joined midway, STARTTLS may have been before", () => {
  assert.deepEqual(play("C: a LOGIN alice x", { tls: false, midway: true }).defects, []);
});
