/**
 * The strictest verifiers there are, against what imapscope shows: OpenSSL with x509_strict, Python with
 * VERIFY_X509_STRICT, GnuTLS, NSS and curl, for a CA with an ASCII and with a Cyrillic name, by every kind of name, for the
 * RSA and for the P-256 leaf, and the same names refused that are not in the leaf.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openAuthority } from "../../src/ca/authority.ts";
import { parseListener } from "../../src/net/endpoint.ts";
import { startProxy } from "../../src/net/proxy.ts";
import { closeEverything, keepingIntake, tlsUpstream, upstreamCa, upstreamLeaf } from "../net/peers.ts";
import { run } from "./process.ts";

after(closeEverything);

const UPSTREAM_NAMES = [
  "imap.example.org",
  "*.mail.example.org",
  "почта.example.org",
  "localhost",
  "127.0.0.1",
];
const IDN = "xn--80a1acny.example.org";

interface Shown {
  readonly port: number;
  readonly folder: string;
  readonly caFile: string;
}

/** An imapscope with a CA of its own before a server that answers LOGOUT, on one free port of 127.0.0.1. */
async function show(commonName: string | undefined): Promise<Shown> {
  const folder = await mkdtemp(join(tmpdir(), "imapscope-strict-"));
  after(() => rm(folder, { recursive: true, force: true }));
  // Opened twice, so that the CA that issues is one that was read from its file.
  await openAuthority(folder, commonName === undefined ? {} : { commonName });
  const authority = await openAuthority(folder);
  const upstream = await tlsUpstream(
    (socket) => {
      socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
      socket.on("error", () => undefined);
      socket.on("end", () => socket.end());
      socket.on("data", (bytes: Buffer) => {
        const tag = bytes.toString("latin1").split(" ")[0];
        const logout = /logout/i.test(bytes.toString("latin1"));
        socket.write(`${logout ? "* BYE\r\n" : "* CAPABILITY IMAP4rev1\r\n"}${tag} OK done\r\n`);
        if (logout) socket.end();
      });
    },
    upstreamLeaf({ names: UPSTREAM_NAMES }),
  );
  const proxy = await startProxy({
    upstream,
    listeners: [parseListener("imaps://127.0.0.1:0")],
    upstreamCa: upstreamCa.pem,
    graceMs: 200,
    contextFor: authority.contextFor,
    createIntake: () => keepingIntake([]),
    onNotice: () => undefined,
  });
  after(() => proxy.close());
  return {
    port: Number(proxy.listening[0]?.url.split(":").at(-1)),
    folder,
    caFile: authority.certificatePath,
  };
}

const PYTHON = `
import socket, ssl, sys
port, ca, name, want = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT
context.maximum_version = getattr(ssl.TLSVersion, want)
with socket.create_connection(("127.0.0.1", port)) as raw:
    with context.wrap_socket(raw, server_hostname=name) as tls:
        assert tls.recv(5) == b"* OK "
`;

const GOOD = ["imap.example.org", "a.mail.example.org", IDN, "localhost", "127.0.0.1", "::1"];
// The SNI is always served, so a name is wrong only where it is not sent: by address.
const WRONG_ADDRESS = "192.0.2.1";

for (const commonName of [undefined, "Отладка почты"]) {
  const described = commonName ?? "a generated name";
  const shown = show(commonName);

  test(`openssl s_client -x509_strict, CA with ${described}`, async () => {
    const { port, caFile } = await shown;
    for (const name of [...GOOD, WRONG_ADDRESS]) {
      for (const kind of ["ECDSA+SHA256", "RSA-PSS+SHA256:RSA+SHA256"]) {
        const isAddress = /^[\d.]+$|:/.test(name);
        const check = isAddress
          ? ["-verify_ip", name, "-noservername"]
          : ["-verify_hostname", name, "-servername", name];
        const { code, stdout, stderr } = await run("openssl", [
          ...[
            "s_client",
            "-connect",
            `127.0.0.1:${port}`,
            "-CAfile",
            caFile,
            "-x509_strict",
            "-purpose",
            "sslserver",
          ],
          ...["-verify_return_error", "-brief", "-sigalgs", `${kind}:ECDSA+SHA384`, ...check],
        ]);
        assert.equal(code === 0, name !== WRONG_ADDRESS, `${name} ${kind}: ${stdout}${stderr}`);
      }
    }
  });

  test(`Python with VERIFY_X509_STRICT, CA with ${described}`, async () => {
    const { port, caFile } = await shown;
    for (const version of ["TLSv1_2", "TLSv1_3"]) {
      for (const name of [...GOOD, WRONG_ADDRESS]) {
        const { code, stderr } = await run("/usr/bin/python3", [
          "-c",
          PYTHON,
          String(port),
          caFile,
          name,
          version,
        ]);
        assert.equal(code === 0, name !== WRONG_ADDRESS, `${name} ${version}: ${stderr}`);
      }
    }
  });

  test(`gnutls-cli, CA with ${described}`, async () => {
    const { port, caFile } = await shown;
    for (const name of [...GOOD, WRONG_ADDRESS]) {
      const { code, stdout, stderr } = await run(
        "gnutls-cli",
        [`--x509cafile=${caFile}`, `--verify-hostname=${name}`, "-p", String(port), "127.0.0.1"],
        { input: "a LOGOUT\r\n" },
      );
      const trusted = code === 0 && stdout.includes("The certificate is trusted");
      assert.equal(trusted, name !== WRONG_ADDRESS, `${name}: ${stdout}${stderr}`);
    }
  });

  test(`NSS: certutil -V and tstclnt, CA with ${described}`, async () => {
    const { port, caFile, folder } = await shown;
    const database = `sql:${folder}`;
    const nss = async (...args: string[]) => {
      const { code, stdout, stderr } = await run("certutil", [...args, "-d", database]);
      assert.equal(code, 0, `certutil ${args.join(" ")}: ${stdout}${stderr}`);
    };
    await nss("-N", "--empty-password");
    await nss("-A", "-n", "imapscope", "-t", "C,,", "-a", "-i", caFile);
    const authority = await openAuthority(folder);
    const { certificates } = await authority.contextFor({ serverName: "imap.example.org" });
    for (const [at, pem] of certificates.entries()) {
      const file = join(folder, `leaf-${at}.pem`);
      await writeFile(file, pem);
      await nss("-A", "-n", `leaf-${at}`, "-t", ",,", "-a", "-i", file);
      await nss("-V", "-n", `leaf-${at}`, "-u", "V", "-e");
    }
    for (const name of ["imap.example.org", "a.mail.example.org", IDN, "localhost"]) {
      const { code, stdout, stderr } = await run(
        "tstclnt",
        // -Q: leave after the handshake.
        ["-h", "127.0.0.1", "-a", name, "-p", String(port), "-d", database, "-Q", "-v"],
      );
      assert.equal(code, 0, `${name}: ${stdout}${stderr}`);
    }
    const bare = await run("tstclnt", ["-h", "127.0.0.1", "-p", String(port), "-d", database, "-Q"]);
    assert.equal(bare.code, 0, `by address: ${bare.stdout}${bare.stderr}`);
  });

  test(`curl, CA with ${described}`, async () => {
    const { port, caFile } = await shown;
    for (const name of ["imap.example.org", "a.mail.example.org", IDN, "localhost"]) {
      const { code, stderr } = await run("curl", [
        ...["-sS", "--cacert", caFile, "--resolve", `${name}:${port}:127.0.0.1`],
        ...["--request", "CAPABILITY", `imaps://${name}:${port}/`],
      ]);
      assert.equal(code, 0, `${name}: ${stderr}`);
    }
  });
}
