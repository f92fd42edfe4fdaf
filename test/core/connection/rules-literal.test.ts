/** Non-synchronizing literals (RFC 7888 §3, §5). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../../playbook.ts";

function login(capabilities: string, octets: number): readonly string[] {
  const text = "x".repeat(octets);
  return play(`S: * OK [CAPABILITY IMAP4rev1 ${capabilities}] hi\nC: a LOGIN alice {${octets}+}\nC: ${text}`)
    .defects;
}

test("they need LITERAL+ or LITERAL-", () => {
  assert.deepEqual(login("IDLE", 3), ["literal-non-synchronizing-unadvertised"]);
  assert.deepEqual(login("LITERAL+", 3), []);
  assert.deepEqual(login("LITERAL-", 3), []);
});

test("LITERAL- allows 4096 octets", () => {
  assert.deepEqual(login("LITERAL-", 4096), []);
  assert.deepEqual(login("LITERAL-", 4097), ["literal-non-synchronizing-too-large"]);
  assert.deepEqual(login("LITERAL+", 4097), []);
});

test("nothing is said where no list is known", () => {
  assert.deepEqual(play("S: * OK hi\nC: a LOGIN alice {3+}\nC: abc").defects, []);
});
