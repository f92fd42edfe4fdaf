import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { issueAuthority, issueLeaf, keyIdentifierOf, readAuthority } from "../../src/ca/certificate.ts";
import * as der from "../../src/ca/der.ts";
import { parseHostName } from "../../src/ca/host-name.ts";
import { nameOf } from "../../src/ca/subject.ts";

const ca = generateKeyPairSync("rsa", { modulusLength: 2048 });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const validity = { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2056-01-01T00:00:00Z") };
const caPem = issueAuthority({ subject: nameOf([{ type: "CN", value: "Отладка" }]), ...ca, validity });
const caCertificate = new X509Certificate(caPem);
const issuer = { privateKey: ca.privateKey, ...readAuthority(caCertificate.raw, ca.publicKey) };
const names = ["imap.example.org", "127.0.0.1"].flatMap((text) => parseHostName(text) ?? []);

const leafFor = (publicKey: KeyObject) =>
  new X509Certificate(
    issueLeaf({ issuer, subject: nameOf([{ type: "CN", value: "x" }]), names, publicKey, validity }),
  );

/** The content of an extension, hex. */
function extensionOf(certificate: X509Certificate, id: string): string | undefined {
  const tbs = der.parts(der.parts(der.readDer(certificate.raw))[0]);
  const extensions = der.parts(der.parts(tbs.at(-1))[0]);
  const found = extensions.find((each) => der.isOid(der.parts(each)[0], id));
  return found === undefined ? undefined : Buffer.from(der.content(der.parts(found).at(-1))).toString("hex");
}

const hex = (octets: Uint8Array) => Buffer.from(octets).toString("hex");

test("a leaf names the CA's key, not its own, as the issuer's", () => {
  const leaf = leafFor(rsa.publicKey);
  assert.equal(extensionOf(leaf, "2.5.29.35"), `30168014${hex(keyIdentifierOf(ca.publicKey))}`);
  assert.equal(extensionOf(leaf, "2.5.29.14"), `0414${hex(keyIdentifierOf(rsa.publicKey))}`);
  assert.equal(extensionOf(caCertificate, "2.5.29.14"), `0414${hex(keyIdentifierOf(ca.publicKey))}`);
});

test("the extensions are those of a TLS server, by the kind of the key", () => {
  for (const [keys, usage] of [
    [rsa, "030205a0"],
    [ec, "03020780"],
  ] as const) {
    const leaf = leafFor(keys.publicKey);
    assert.equal(leaf.ca, false);
    assert.equal(extensionOf(leaf, "2.5.29.15"), usage);
    assert.deepEqual(leaf.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
    assert.equal(leaf.subjectAltName, "DNS:imap.example.org, IP Address:127.0.0.1");
    assert.ok(leaf.checkIssued(caCertificate));
    assert.ok(leaf.verify(ca.publicKey));
    assert.ok(leaf.checkPrivateKey(keys.privateKey));
  }
  assert.equal(extensionOf(caCertificate, "2.5.29.15"), "03020106");
  assert.equal(extensionOf(caCertificate, "2.5.29.19"), "30060101ff020100");
});

test("serial numbers are positive, of 16 octets, and never the same", () => {
  const serials = Array.from({ length: 50 }, () => leafFor(ec.publicKey).serialNumber);
  for (const serial of serials) assert.match(serial, /^[4-7][0-9A-F]{31}$/);
  assert.equal(new Set(serials).size, 50);
});

test("the times are those that were asked for, past 2050 too", () => {
  const leaf = leafFor(ec.publicKey);
  assert.equal(Date.parse(leaf.validFrom), validity.notBefore.getTime());
  assert.equal(Date.parse(leaf.validTo), validity.notAfter.getTime());
});
