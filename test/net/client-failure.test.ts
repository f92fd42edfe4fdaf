import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import {
  CLIENT_LEFT,
  clientFailure,
  isClearText,
  lateAlert,
  waitingText,
} from "../../src/net/client-failure.ts";
import { closeEverything, greetAndEcho, proxyFor, tlsClient, tlsUpstream, told } from "./peers.ts";

afterEach(closeEverything);

const facts = {
  clientOctets: 300,
  listener: { scheme: "imaps", host: "127.0.0.1", port: 993 },
  caPath: "ca.pem",
  tls: {},
} as const;

/** The alerts with which clients refuse (RFC 8446 §6), as octets over a socket. `from` names clients that send them. */
const ALERTS: readonly { octet: number; from: string; notice: RegExp }[] = [
  { octet: 48, from: "OpenSSL, Python, curl", notice: /does not know the CA.*unknown_ca.*trust the CA in / },
  {
    octet: 42,
    from: "GnuTLS; OpenSSL: name",
    notice: /refuses.*another name.*bad_certificate.*trust.*--name/,
  },
  { octet: 46, from: "Java", notice: /does not trust.*pins.*certificate_unknown.*Make it trust/ },
  { octet: 45, from: "OpenSSL: clock", notice: /expired.*certificate_expired.*clock/ },
  { octet: 44, from: "revocation", notice: /revoked.*switch the check/ },
  { octet: 43, from: "purpose", notice: /cannot use.*unsupported_certificate/ },
  { octet: 49, from: "own rule", notice: /rule of its own.*pins.*access_denied/ },
  { octet: 40, from: "own rule", notice: /rule of its own.*pins.*handshake_failure/ },
  { octet: 112, from: "name", notice: /another name.*unrecognized_name.*--name/ },
  { octet: 70, from: "version", notice: /refuses the version.*protocol_version.*--tls-min 1\.0/ },
  { octet: 71, from: "ciphers", notice: /no cipher in common.*insufficient_security.*--tls-min 1\.0/ },
];

/** The first message of a client. */
async function clientHello(): Promise<Uint8Array> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = tls.connect({ port: (server.address() as AddressInfo).port, maxVersion: "TLSv1.2" });
  client.on("error", () => undefined);
  const [socket] = (await once(server, "connection")) as [Socket];
  const [hello] = (await once(socket, "data")) as [Uint8Array];
  socket.destroy();
  server.close();
  return hello;
}

test("each alert of a client says who refused, why, and one thing to do", async () => {
  const { port, notices } = await proxyFor(await tlsUpstream(greetAndEcho));
  const hello = await clientHello();
  for (const { octet, notice, from } of ALERTS) {
    notices.length = 0;
    const socket = connect(port("imaps"), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(hello);
    // The certificate has come.
    await once(socket, "data");
    socket.write(Uint8Array.of(0x15, 3, 3, 0, 2, 2, octet));
    await once(socket.resume(), "close");
    while (notices.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.match(notices[0]?.text ?? "", notice, `${octet} ${from}`);
    assert.match(notices[0]?.text ?? "", /^The client /);
  }
});

test("a client that cancels says so", () => {
  for (const spelt of ["USER_CANCELED", "USER_CANCELLED"]) {
    assert.match(clientFailure(`ERR_SSL_TLSV1_ALERT_${spelt}`, facts) ?? "", /cancelled.*its user refused/);
  }
});

const CLIENTS: readonly { name: string; options: tls.ConnectionOptions; notice: RegExp }[] = [
  {
    name: "speaks TLS 1.1 only",
    options: { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" },
    notice: /no TLS as new as 1\.2.*--tls-min 1\.1/,
  },
  {
    name: "has no cipher in common",
    options: { maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-GCM-SHA256" },
    notice: /no cipher in common.*--tls-min 1\.0/,
  },
  {
    name: "leaves at the certificate without a word",
    options: { ca: [], maxVersion: "TLSv1.3" },
    notice: /broke off.*did not say why\. Most likely it does not trust.*--name.*pin.*Make it trust/,
  },
];

for (const { name, options, notice } of CLIENTS) {
  test(`a client that ${name}`, async () => {
    const { port, notices, events } = await proxyFor(await tlsUpstream(greetAndEcho));
    tlsClient(port("imaps"), { servername: "localhost", ...options });
    await told(events, "close");
    assert.equal(notices.length, 1);
    assert.match(notices[0]?.text ?? "", notice);
  });
}

test("what begins like TLS and goes on as none is told with a thing to do", async () => {
  const { port, notices } = await proxyFor(await tlsUpstream(greetAndEcho));
  for (const octets of [
    // A handshake of another kind than the client's first, and a ClientHello that ends where its ciphers should begin.
    [0x16, 3, 1, 0, 4, 2, 0, 0, 0],
    [0x16, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3],
    [0x17, 3, 3, 0, 1, 0],
  ]) {
    notices.length = 0;
    const socket = connect(port("imaps"), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(Uint8Array.from(octets));
    await once(socket.resume(), "close");
    while (notices.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.match(notices[0]?.text ?? "", /imaps:\/\/127.*no handshake of TLS.*\(ERR_SSL_\w+\)\. Check that/);
  }
});

test("a client that speaks older TLS than is taken is advised the version that it speaks", async () => {
  for (const [oldest, spoken, advised] of [
    ["1.3", "TLSv1.2", "1.2"],
    ["1.3", "TLSv1", "1.0"],
    ["1.2", "TLSv1.1", "1.1"],
  ] as const) {
    const { port, notices, events } = await proxyFor(await tlsUpstream(greetAndEcho), { tls: { oldest } });
    tlsClient(port("imaps"), { minVersion: "TLSv1", maxVersion: spoken, ciphers: "DEFAULT:@SECLEVEL=0" });
    await told(events, "close");
    const text = notices.map((notice) => notice.text).join();
    assert.match(text, new RegExp(`as new as ${oldest},.*Give --tls-min ${advised} to`));
  }
});

test("the oldest version that is taken is named", () => {
  const older = { ...facts, tls: { oldest: "1.3" } } as const;
  assert.match(clientFailure("ERR_SSL_UNSUPPORTED_PROTOCOL", older) ?? "", /as new as 1\.3/);
});

test("what is not TLS, what came to nothing, and what nobody knows", () => {
  const silent = { ...facts, clientOctets: 0 };
  for (const code of ["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_HTTP_REQUEST"]) {
    assert.match(
      clientFailure(code, facts) ?? "",
      /does not speak TLS to imaps:\/\/127\.0\.0\.1:993.*imap:\/\//,
    );
  }
  const SILENT = /says nothing on imaps:.*no encryption or STARTTLS.*Set it to TLS.*imap:\/\//;
  assert.match(clientFailure("ETIMEDOUT", silent) ?? "", SILENT);
  assert.match(waitingText(facts), SILENT);
  assert.match(clientFailure("ETIMEDOUT", facts) ?? "", /not finished it in time\. Look at/);
  for (const code of [CLIENT_LEFT, "ECONNRESET", "EPIPE"]) {
    assert.match(clientFailure(code, facts) ?? "", /broke off/);
    assert.equal(clientFailure(code, silent), undefined, "a check of the port");
    assert.equal(clientFailure(code, { ...silent, waitedMicros: 900_000 }), undefined);
    assert.match(clientFailure(code, { ...silent, waitedMicros: 2e6 }) ?? "", SILENT);
  }
  for (const code of ["ERR_SSL_NEW", "ERR_SSL_TLSV1_ALERT_NEW"])
    assert.match(clientFailure(code, facts) ?? "", new RegExp(`failed \\(${code}\\).*Look at`));
  assert.match(clientFailure(CLIENT_LEFT, { ...facts, caPath: undefined }) ?? "", /trust imapscope's CA/);
});

test("an alert behind the handshake is told, other ends are not", () => {
  assert.match(lateAlert("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", facts) ?? "", /refuses/);
  assert.equal(lateAlert("ECONNRESET", facts), undefined);
});

test("octets that are no TLS are a wrong setting at once, and clear text behind STARTTLS", () => {
  const code = "ERR_SSL_WRONG_VERSION_NUMBER";
  assert.match(clientFailure(code, facts) ?? "", /does not speak TLS to imaps:/);
  const behind = { ...facts, behindStartTls: true };
  assert.match(clientFailure(code, behind) ?? "", /in clear text behind STARTTLS.*dropped\.$/);
  assert.match(clientFailure(CLIENT_LEFT, behind) ?? "", /broke off/);
  assert.deepEqual([isClearText(code), isClearText(CLIENT_LEFT)], [true, false]);
});

test("what takes all TLS there is is named where it is not taken already", () => {
  for (const code of [
    "ERR_SSL_NO_SHARED_CIPHER",
    "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
    "ERR_SSL_SOMETHING",
  ]) {
    const by = (oldest: "1.0" | "1.1"): string => clientFailure(code, { ...facts, tls: { oldest } }) ?? "";
    assert.match(by("1.1"), /\. --tls-min 1\.0 takes old versions and ciphers, too\.$/);
    assert.equal(by("1.0"), by("1.1").replace(/ --tls-min .*/, ""));
  }
});
