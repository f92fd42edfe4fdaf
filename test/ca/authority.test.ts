import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { chmod, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openAuthority } from "../../src/ca/authority.ts";
import { issueAuthority } from "../../src/ca/certificate.ts";
import { nameOf } from "../../src/ca/subject.ts";
import { temporaryDir } from "./temporary.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("the CA is made at first use, for the user's eyes only, and used again", async () => {
  const dir = join(await temporaryDir(), "not", "there", "yet");
  const first = await openAuthority(dir);
  assert.equal(first.created, true);
  assert.deepEqual(await readdir(dir), ["imapscope-ca.key", "imapscope-ca.pem"]);
  if (process.platform !== "win32") {
    assert.equal((await stat(first.keyPath)).mode & 0o777, 0o600);
    assert.equal((await stat(dir)).mode & 0o777, 0o700);
  }
  const second = await openAuthority(dir);
  assert.equal(second.created, false);
  assert.equal(second.fingerprint, first.fingerprint);
  assert.equal(second.certificate, await readFile(first.certificatePath, "utf8"));
  const certificate = new X509Certificate(first.certificate);
  assert.equal(certificate.ca, true);
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
});

test("who only looks makes none", async () => {
  const dir = join(await temporaryDir(), "none");
  await assert.rejects(openAuthority(dir, { asFound: true }), { code: "ERR_CA_MISSING" });
  await assert.rejects(readdir(dir), { code: "ENOENT" });
  const { fingerprint } = await openAuthority(dir);
  assert.equal((await openAuthority(dir, { asFound: true })).fingerprint, fingerprint);
});

test("two first starts at once end with the same CA", async () => {
  const dir = await temporaryDir();
  const authorities = await Promise.all([1, 2, 3].map(() => openAuthority(dir)));
  assert.equal(new Set(authorities.map(({ fingerprint }) => fingerprint)).size, 1);
  assert.equal(new Set(authorities.map(({ certificate }) => certificate)).size, 1);
  assert.deepEqual(await readdir(dir), ["imapscope-ca.key", "imapscope-ca.pem"]);
});

test("two CAs have different names", async () => {
  const names = await Promise.all(
    [1, 2].map(
      async () => new X509Certificate((await openAuthority(await temporaryDir())).certificate).subject,
    ),
  );
  assert.notEqual(names[0], names[1]);
});

test("a first start that was cut off after the key is finished by the next", async () => {
  const dir = await temporaryDir();
  const { certificatePath } = await openAuthority(dir);
  await rm(certificatePath);
  const again = await openAuthority(dir);
  assert.equal(again.created, true);
  assert.ok((await again.contextFor({})).certificates.length > 0);
});

test("a CA whose name is not ASCII issues leaves that name it exactly, also after a reload", async () => {
  const dir = await temporaryDir();
  await openAuthority(dir, { commonName: "Отладка почты" });
  const authority = await openAuthority(dir);
  const ca = new X509Certificate(authority.certificate);
  assert.match(ca.subject, /Отладка почты/);
  for (const pem of (await authority.contextFor({ serverName: "imap.example.org" })).certificates) {
    const leaf = new X509Certificate(pem);
    assert.equal(leaf.issuer, ca.subject);
    assert.ok(leaf.checkIssued(ca));
    assert.ok(leaf.verify(ca.publicKey));
  }
});

test("a CA of the user's own, with an EC key, serves as well", async () => {
  const dir = await temporaryDir();
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) };
  const subject = nameOf([{ type: "CN", value: "Own CA" }]);
  await writeFile(
    join(dir, "imapscope-ca.pem"),
    issueAuthority({ subject, publicKey, privateKey, validity }),
  );
  await writeFile(join(dir, "imapscope-ca.key"), privateKey.export({ type: "pkcs8", format: "pem" }));
  const authority = await openAuthority(dir);
  const leaf = await authority.contextFor({});
  for (const pem of leaf.certificates) assert.ok(new X509Certificate(pem).verify(publicKey));
  assert.equal(leaf.notAfter.getTime(), authority.notAfter.getTime(), "no leaf outlives its CA");
});

test("a client that takes ECDSA waits for no RSA key, and the others get a leaf for each", async () => {
  const authority = await openAuthority(await temporaryDir());
  const kinds = (certificates: readonly string[]) =>
    certificates.map((pem) => new X509Certificate(pem).publicKey.asymmetricKeyType);
  const young = authority.contextFor({ takesEcdsa: true, serverName: "a.example" });
  assert.ok(!(young instanceof Promise));
  assert.deepEqual(kinds(young.certificates), ["ec"]);
  const first = authority.contextFor({ serverName: "a.example" });
  const second = authority.contextFor({ serverName: "a.example" });
  const old = await first;
  assert.deepEqual(kinds(old.certificates), ["rsa", "ec"]);
  assert.deepEqual([old.keys[1], old.names], [young.keys[0], young.names]);
  // Of those that wait at the same time, and of those that come later, each gets the one that is kept.
  assert.equal(await second, old);
  assert.equal(authority.contextFor({ takesEcdsa: false, serverName: "a.example" }), old);
  assert.equal(authority.contextFor({ takesEcdsa: true, serverName: "a.example" }), young);
});

test("access of others to the key is taken away", {
  skip: process.platform === "win32" && "no modes",
}, async () => {
  const dir = await temporaryDir();
  const { keyPath } = await openAuthority(dir);
  await chmod(keyPath, 0o644);
  await openAuthority(dir);
  assert.equal((await stat(keyPath)).mode & 0o777, 0o600);
});

test("what is wrong with a CA is said", async () => {
  const good = await temporaryDir();
  await openAuthority(good);
  const other = await temporaryDir();
  await openAuthority(other);
  const file = (dir: string, name: string) => readFile(join(dir, name), "utf8");
  const certificate = await file(good, "imapscope-ca.pem");
  const key = await file(good, "imapscope-ca.key");
  const leaf = (await (await openAuthority(good)).contextFor({})).certificates[0] ?? "";
  const ed25519 = generateKeyPairSync("ed25519")
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
  const table: readonly (readonly [string, string | undefined, string, string, RegExp])[] = [
    ["no key", certificate, "", "ERR_CA_UNREADABLE", /holds no private key/],
    ["a key of another kind", certificate, ed25519, "ERR_CA_UNREADABLE", /type ed25519/],
    ["no certificate", "rubbish", key, "ERR_CA_UNREADABLE", /holds no certificate/],
    ["a leaf", leaf, key, "ERR_CA_UNREADABLE", /not the certificate of a CA/],
    [
      "another's key",
      certificate,
      await file(other, "imapscope-ca.key"),
      "ERR_CA_MISMATCHED",
      /is not the key/,
    ],
  ];
  for (const [name, pem, keyPem, code, message] of table) {
    const dir = await temporaryDir();
    await writeFile(join(dir, "imapscope-ca.pem"), pem ?? "");
    await writeFile(join(dir, "imapscope-ca.key"), keyPem);
    await assert.rejects(openAuthority(dir), { code, message }, name);
  }
  const dir = await temporaryDir();
  await writeFile(join(dir, "imapscope-ca.pem"), certificate);
  await assert.rejects(openAuthority(dir), {
    code: "ERR_CA_UNREADABLE",
    message: /has no imapscope-ca\.key/,
  });
});

test("a CA that is not valid today is refused", async () => {
  const dir = await temporaryDir();
  await openAuthority(dir);
  for (const days of [4000, -10]) {
    const now = () => Date.now() + days * DAY_MS;
    await assert.rejects(openAuthority(dir, { now }), { code: "ERR_CA_EXPIRED" });
  }
});

test("a directory that cannot be one is a clear error", async () => {
  const file = join(await temporaryDir(), "file");
  await writeFile(file, "");
  await assert.rejects(openAuthority(file), {
    code: "ERR_CA_UNREADABLE",
    message: /a part of the path is no directory/,
  });
});
