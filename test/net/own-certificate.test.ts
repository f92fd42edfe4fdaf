import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import { type CertificateFiles, readOwnCertificate } from "../../src/net/own-certificate.ts";
import { upstreamCa, upstreamLeaf } from "./peers.ts";

const { key, cert } = upstreamLeaf({ names: ["alice"] });
const { privateKey: other } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const otherKey = other.export({ type: "pkcs8", format: "pem" }).toString();
const passphrase = "canary-passphrase";
const encrypted = other
  .export({ type: "pkcs8", format: "pem", cipher: "aes-128-cbc", passphrase })
  .toString();
const oldEncrypted = other
  .export({ type: "sec1", format: "pem", cipher: "aes-128-cbc", passphrase })
  .toString();

test("a chain with its key, in one file or in two, in any order", () => {
  for (const files of [
    { certificate: cert + upstreamCa.pem, key },
    { certificate: `Bag Attributes\n${key}${cert}${upstreamCa.pem}` },
    { certificate: cert + upstreamCa.pem + key },
  ]) {
    const own = readOwnCertificate(files);
    assert.equal(own.cert.match(/BEGIN CERTIFICATE/g)?.length, 2);
    assert.equal(own.key, key);
  }
});

const REFUSED: readonly (readonly [string, CertificateFiles, RegExp])[] = [
  ["nothing", { certificate: "", key }, /no PEM certificate/],
  [
    "damaged",
    { certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", key },
    /a certificate is damaged/,
  ],
  [
    "no key",
    { certificate: cert },
    /no private key in the certificate's file; give its file with --client-key/,
  ],
  ["no key in its file", { certificate: cert, key: cert }, /no PEM private key in the key's file/],
  [
    "damaged key",
    { certificate: cert, key: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----" },
    /the key is damaged/,
  ],
  ["another's key", { certificate: cert, key: otherKey }, /not that of the first certificate/],
  ["encrypted", { certificate: cert, key: encrypted }, /IMAPSCOPE_CLIENT_KEY_PASSPHRASE/],
  ["encrypted, old form", { certificate: cert, key: oldEncrypted }, /IMAPSCOPE_CLIENT_KEY_PASSPHRASE/],
  [
    "wrong passphrase",
    { certificate: cert, key: encrypted, passphrase: "canary-wrong" },
    /passphrase does not open/,
  ],
  [
    "right passphrase, wrong key",
    { certificate: cert, key: oldEncrypted, passphrase },
    /not that of the first/,
  ],
];

for (const [name, files, message] of REFUSED) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => readOwnCertificate(files),
      (error: unknown) => {
        assert.ok(error instanceof ImapscopeError);
        assert.equal(error.code, "ERR_CLIENT_CERT_INVALID");
        assert.match(error.message, message);
        assert.doesNotMatch(`${error.stack} ${String(error.cause)}`, /canary/);
        return true;
      },
    );
  });
}
