/** RFC 4616 §2, RFC 2195 §2, RFC 5802 §5, RFC 7628 §3.1: what of a message is a secret of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, toBase64 } from "../../../src/core/base/octets.ts";
import { decodedSasl, saslParts } from "../../../src/core/secrets/sasl-parts.ts";

const ROWS: readonly (readonly [text: string, parts: readonly string[]])[] = [
  ["\0alice\0pass word, x", ["pass word, x"]],
  ["admin\0alice\0p", ["admin", "p"]],
  ["alice\0token", ["token"]],
  ["alice b913a602c7eda7a495b4e6e7334d3890", ["b913a602c7eda7a495b4e6e7334d3890"]],
  ["n,,n=alice,r=nonce", []],
  ["c=biws,r=nonce,p=proof=", ["proof="]],
  ["n,a=alice,\x01host=h\x01auth=Bearer to.ken\x01\x01", ["to.ken"]],
  ["user=alice\x01auth=Bearer to.ken\x01\x01", ["to.ken"]],
  ['username="alice",response=d41d', ["d41d"]],
  ["NTLMSSP\0\x03\0\0\0", []],
  ["a pass phrase", []],
];

for (const [text, parts] of ROWS) {
  test(`parts of ${JSON.stringify(text)}`, () => assert.deepEqual(saslParts(text), parts));
}

test("Base64 without padding and of the URL-safe alphabet is read", () => {
  const encoded = toBase64(fromLatin1("\xfb\xff\xfe!"));
  for (const line of [encoded, encoded.replace(/=+$/, ""), encoded.replace(/\+/g, "-").replace(/\//g, "_")]) {
    assert.equal(decodedSasl(line), "\xfb\xff\xfe!");
  }
  assert.equal(decodedSasl("not base64"), undefined);
});
