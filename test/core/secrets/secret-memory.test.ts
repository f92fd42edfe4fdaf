/** RFC 4616, RFC 4467 §5: in which forms a secret is remembered, by where it stood. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { toBase64, utf8 } from "../../../src/core/base/octets.ts";
import { createPhase } from "../../../src/core/dialogue/phase.ts";
import { createSecretMemory, type SecretMemory } from "../../../src/core/secrets/secret-memory.ts";

const encoded = (text: string): string => toBase64(utf8(text));

function isKnown({ secrets }: SecretMemory, text: string): boolean {
  return secrets.find(`<${text}>`, 0).length > 0;
}

test("of the LOGIN mechanism the first message is the user's name and the second a secret", () => {
  const phase = createPhase(false);
  const memory = createSecretMemory(phase);
  phase.sasl = { ordinal: 1, mechanism: "LOGIN", begun: false, asked: true };
  memory.line(encoded("alice"), "sasl", false);
  memory.line(encoded("canary7"), "sasl", false);
  assert.deepEqual([isKnown(memory, "alice"), isKnown(memory, "canary7")], [false, true]);
  assert.equal(isKnown(memory, encoded("alice")), true);
});

test("where the name came with the command, the first message is the secret", () => {
  const phase = createPhase(false);
  const memory = createSecretMemory(phase);
  memory.line(encoded("alice"), "saslUser", false);
  phase.sasl = { ordinal: 1, mechanism: "LOGIN", begun: true, asked: true };
  memory.line(encoded("canary7"), "sasl", false);
  assert.deepEqual([isKnown(memory, "alice"), isKnown(memory, "canary7")], [false, true]);
});

test("of some arguments only long words are secrets of their own", () => {
  const memory = createSecretMemory(createPhase(false));
  memory.line("INBOX 0123456789abcdef", "arguments", false);
  assert.deepEqual([isKnown(memory, "INBOX"), isKnown(memory, "0123456789abcdef")], [false, true]);
});

test("a URL that came as a literal is remembered with its token", () => {
  const memory = createSecretMemory(createPhase(false));
  memory.literal("imap://h/x;URLAUTH=anonymous:internal:canary7");
  assert.equal(isKnown(memory, "canary7"), true);
});

test("tokens of a line are remembered", () => {
  const memory = createSecretMemory(createPhase(false));
  memory.tokens(utf8("x canary7 {9}"), [
    { start: 2, end: 9, by: "mask" },
    { start: 11, end: 12, by: "literalSize" },
  ]);
  assert.deepEqual([isKnown(memory, "canary7"), isKnown(memory, "9")], [true, false]);
});

test("the tag of a line that was masked whole is masked too", () => {
  const memory = createSecretMemory(createPhase(false));
  memory.line("canary7 is wrong", "argument", true);
  assert.deepEqual([memory.isMaskedTag("canary7"), memory.isMaskedTag("is")], [true, false]);
});
