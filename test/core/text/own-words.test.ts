import assert from "node:assert/strict";
import { test } from "node:test";
import { alterations, ownWords } from "../../../src/core/text/own-words.ts";

test("whose words they are", () => {
  assert.equal(ownWords(undefined), "");
  assert.equal(ownWords([]), "");
  assert.equal(ownWords([{ did: "putIn", text: "STARTTLS" }]), "altered by imapscope");
  assert.equal(ownWords([{ did: "tookOut", text: "[CAPABILITY X]" }]), "altered by imapscope");
  const both = [
    { did: "putIn", text: "STARTTLS" },
    { did: "said", text: "a OK" },
  ] as const;
  assert.equal(ownWords(both), "by imapscope");
});

test("what was altered, and nothing of what imapscope said as a whole", () => {
  assert.deepEqual(alterations(undefined), []);
  assert.deepEqual(
    alterations([
      { did: "said", text: "* BYE" },
      { did: "putIn", text: "STARTTLS" },
      { did: "tookOut", text: "[CAPABILITY X]" },
    ]),
    ["put in: STARTTLS", "took out: [CAPABILITY X]"],
  );
});
