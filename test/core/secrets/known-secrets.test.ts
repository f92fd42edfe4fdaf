import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { toBase64, utf8 } from "../../../src/core/base/octets.ts";
import { joined, KnownSecrets } from "../../../src/core/secrets/known-secrets.ts";

const base64 = (text: string): string => toBase64(utf8(text));

function finds(secrets: KnownSecrets, text: string): string[] {
  return secrets.find(text, 0).map(([start, end]) => text.slice(start, end));
}

test("an argument is found as sent, unescaped, escaped, in Base64, in any case", () => {
  const secrets = new KnownSecrets();
  secrets.addArgument('"hun\\"ter"');
  for (const echo of ['hun\\"ter', 'hun"ter', 'HUN"TER', base64('hun"ter')]) {
    assert.deepEqual(finds(secrets, `no ${echo} here`), [echo]);
  }
});

test("the parts of SASL messages, but not the user", () => {
  const rows: [message: string, secrets: string[], open: string[]][] = [
    ["\0alice\0hunter2", ["hunter2"], ["alice"]],
    ["alice 0123456789abcdef0123456789abcdef", ["0123456789abcdef0123456789abcdef"], ["alice"]],
    ["user=alice\x01auth=Bearer ya29.token\x01\x01", ["ya29.token"], ["alice", "Bearer"]],
    ["n,a=alice,\x01host=h\x01auth=Bearer vF9dft4q\x01\x01", ["vF9dft4q"], ["alice"]],
    ["c=biws,r=nonce,p=dHzbZapWIk4j", ["dHzbZapWIk4j"], []],
  ];
  for (const [message, hidden, open] of rows) {
    const secrets = new KnownSecrets();
    secrets.addSasl(base64(message));
    for (const part of hidden) assert.deepEqual(finds(secrets, `see ${part}!`), [part]);
    for (const part of open) assert.deepEqual(finds(secrets, `see ${part}!`), []);
  }
});

test("short secrets are whole words, long ones are not", () => {
  const secrets = new KnownSecrets();
  secrets.addValue("in");
  secrets.addValue("long");
  assert.deepEqual(finds(secrets, "login in belonging"), ["in", "long"]);
});

test("what is remembered is bounded", () => {
  const secrets = new KnownSecrets();
  for (let i = 0; i < LIMITS.knownSecrets + 10; i++) secrets.addEncoded(`secret-${i}`);
  assert.equal(secrets.size, LIMITS.knownSecrets);
});

test("spans are joined where they overlap or touch", () => {
  assert.deepEqual(
    joined([
      [5, 9],
      [1, 3],
      [3, 4],
      [6, 7],
    ]),
    [
      [1, 4],
      [5, 9],
    ],
  );
});
