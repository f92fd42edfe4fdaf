import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import * as tls from "node:tls";
import { issueAuthority, issueLeaf, keyIdentifierOf } from "../../src/ca/certificate.ts";
import { parseHostName } from "../../src/ca/host-name.ts";
import { createLeafMint, type LeafRequest } from "../../src/ca/leaf.ts";
import { type Attribute, nameOf } from "../../src/ca/subject.ts";
import { temporaryDir } from "./temporary.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ca = generateKeyPairSync("rsa", { modulusLength: 2048 });
const keys = [
  generateKeyPairSync("rsa", { modulusLength: 2048 }),
  generateKeyPairSync("ec", { namedCurve: "P-256" }),
];
const caSubject = nameOf([{ type: "CN", value: "CA имапскоп" }]);
const notAfter = new Date(Date.now() + 100 * DAY_MS);
const caPem = issueAuthority({
  subject: caSubject,
  ...ca,
  validity: { notBefore: new Date(Date.now() - DAY_MS), notAfter },
});
const issuer = { name: caSubject, privateKey: ca.privateKey, keyIdentifier: keyIdentifierOf(ca.publicKey) };
let now = Date.now();
const mint = createLeafMint({ issuer, keys, notAfter, now: () => now });

/** An upstream's certificate. */
function upstream(subject: readonly Attribute[], names: readonly string[]): X509Certificate {
  const publicKey = keys[1]?.publicKey ?? assert.fail();
  const validity = { notBefore: new Date(), notAfter };
  const parsed = names.flatMap((name) => parseHostName(name) ?? []);
  return new X509Certificate(
    issueLeaf({ issuer, subject: nameOf(subject), names: parsed, publicKey, validity }),
  );
}

const leavesFor = (request: LeafRequest) => mint(request).certificates.map((pem) => new X509Certificate(pem));

test("both leaves carry all names: the upstream's, the client's, the user's, this machine's", () => {
  const request: LeafRequest = {
    serverName: "sni.example",
    upstreamCertificate: upstream(
      [{ type: "CN", value: "old.example" }],
      ["imap.example.org", "*.example.net", "192.0.2.1"],
    ),
    listenerAddress: "10.1.2.3",
    extraNames: ["mail.local", "почта.рф", "not a name"],
  };
  const leaves = leavesFor(request);
  assert.equal(leaves.length, 2);
  assert.equal(leaves[0]?.subjectAltName, leaves[1]?.subjectAltName);
  assert.deepEqual(mint(request).names, [
    "imap.example.org",
    "*.example.net",
    "192.0.2.1",
    "old.example",
    "sni.example",
    "mail.local",
    "xn--80a1acny.xn--p1ai",
    "10.1.2.3",
    "localhost",
    "127.0.0.1",
    "::1",
  ]);
  for (const leaf of leaves) {
    assert.equal(leaf.checkHost("a.example.net"), "*.example.net");
    assert.equal(leaf.checkHost("b.a.example.net"), undefined);
    assert.equal(leaf.checkIP("::1"), "::1");
    assert.equal(leaf.checkHost("elsewhere.example"), undefined);
  }
});

test("the subject is the upstream's; without one, the first name", () => {
  const subject = [
    { type: "O", value: "Почта" },
    { type: "CN", value: "Not a host" },
  ];
  assert.equal(
    leavesFor({ upstreamCertificate: upstream(subject, ["a.example"]) })[0]?.subject,
    "O=Почта\nCN=Not a host",
  );
  assert.equal(leavesFor({ upstreamCertificate: upstream([], ["a.example"]) })[0]?.subject, "CN=a.example");
  const long = `${"a".repeat(60)}.${"b".repeat(60)}.example`;
  assert.equal(leavesFor({ serverName: long })[0]?.subject, `CN=${long.slice(0, 64)}`);
  assert.equal(leavesFor({ serverName: long })[0]?.checkHost(long), long);
});

test("an upstream that has the CA's own name does not make a leaf that seems self-signed", () => {
  const [leaf] = leavesFor({
    upstreamCertificate: upstream([{ type: "CN", value: "CA имапскоп" }], ["a.example"]),
  });
  assert.equal(leaf?.subject, "CN=a.example");
});

test("leaves live 30 days from two days back, are kept, and are renewed in time", () => {
  const [leaf] = leavesFor({ serverName: "kept.example" });
  assert.equal(Math.round((now - Date.parse(leaf?.validFrom ?? "")) / DAY_MS), 2);
  assert.equal(Math.round((Date.parse(leaf?.validTo ?? "") - now) / DAY_MS), 30);
  const first = mint({ serverName: "kept.example" });
  now += 14 * DAY_MS;
  assert.equal(mint({ serverName: "kept.example" }), first);
  assert.notEqual(mint({ serverName: "other.example" }), first);
  now += 2 * DAY_MS;
  assert.notEqual(mint({ serverName: "kept.example" }), first);
});

test("no more leaves are kept than a client can make us keep", () => {
  const first = mint({ serverName: "first.example" });
  const second = mint({ serverName: "second.example" });
  for (let at = 0; at < 254; at++) mint({ serverName: `n${at}.example` });
  assert.equal(mint({ serverName: "first.example" }), first);
  mint({ serverName: "one-more.example" });
  // The one gave way that was not used for longest, and no other.
  assert.notEqual(mint({ serverName: "second.example" }), second);
  assert.equal(mint({ serverName: "first.example" }), first);
});

test("Node verifies both leaves, by each kind of name", async () => {
  now = Date.now();
  const leaf = mint({ serverName: "imap.example.org" });
  const secureContext = tls.createSecureContext({ key: [...leaf.keys], cert: [...leaf.certificates] });
  const server = createServer((raw) =>
    new tls.TLSSocket(raw, { isServer: true, secureContext }).on("error", () => undefined),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  for (const sigalgs of ["ECDSA+SHA256", "RSA-PSS+SHA256"]) {
    for (const host of ["imap.example.org", "localhost", "127.0.0.1", "::1"]) {
      const socket = tls.connect({
        port,
        host: "127.0.0.1",
        ca: caPem,
        sigalgs: `${sigalgs}:RSA+SHA256`,
        servername: "",
        checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate),
      });
      await once(socket, "secureConnect");
      assert.equal(socket.authorized, true);
      socket.destroy();
    }
  }
  server.close();
});

const noOpenssl = spawnSync("openssl", ["version"]).status === 0 ? false : "there is no openssl here";

test("openssl -x509_strict verifies both leaves", { skip: noOpenssl }, async () => {
  const dir = await temporaryDir();
  const caFile = join(dir, "ca.pem");
  await writeFile(caFile, caPem);
  now = Date.now();
  const { certificates } = mint({ serverName: "strict.example" });
  for (const [at, pem] of certificates.entries()) {
    const file = join(dir, `${at}.pem`);
    await writeFile(file, pem);
    const names = [
      ["-verify_hostname", "strict.example"],
      ["-verify_ip", "127.0.0.1"],
      ["-verify_ip", "::1"],
    ];
    for (const name of names) {
      const out = execFileSync("openssl", [
        "verify",
        "-x509_strict",
        "-purpose",
        "sslserver",
        ...name,
        "-CAfile",
        caFile,
        file,
      ]);
      assert.match(out.toString(), /: OK/);
    }
  }
});
