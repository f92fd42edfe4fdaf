import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import { createDiallers, type DiallersOptions } from "../../src/net/diallers.ts";
import { upstreamFailure } from "../../src/net/upstream-failure.ts";
import { HANDSHAKE_REFUSED_LATE } from "../../src/net/upstream-tls-failure.ts";
import {
  allText,
  closeEverything,
  dialWith,
  plainClient,
  plainUpstream,
  proxyFor,
  tlsClient,
  told,
  upstreamCa,
  upstreamLeaf,
} from "./peers.ts";

afterEach(closeEverything);

type Upstream = Awaited<ReturnType<typeof plainUpstream>>;

async function failureWith(upstream: Upstream, options: Partial<DiallersOptions> = {}) {
  const diallers = createDiallers({
    insecure: false,
    upstreamCa: upstreamCa.pem,
    timeoutMs: 10_000,
    isOwnListener: () => false,
    ...options,
  });
  const dialled = await dialWith(diallers({ ...upstream, scheme: "imaps", host: "localhost" }));
  if (dialled.kind === "connected") dialled.raw.destroy();
  return dialled.kind === "failed" ? `${dialled.failure.sentence}. ${dialled.failure.hint}` : "connected";
}

/** The alerts with which servers refuse at once (RFC 8446 §6), as octets over a socket. */
const ALERTS: readonly { octet: number; told: RegExp }[] = [
  { octet: 70, told: /only older TLS than is taken here\. --tls-min 1\.1/ },
  { octet: 40, told: /no cipher in common.*--tls-min 1\.0/ },
  { octet: 71, told: /no cipher in common.*--tls-min 1\.0/ },
  { octet: 116, told: /demands a client certificate.*--client-cert/ },
  { octet: 41, told: /demands a client certificate.*--client-cert/ },
  { octet: 42, told: /refuses the client certificate.*--client-cert/ },
  { octet: 46, told: /refuses the client certificate.*--client-cert/ },
  { octet: 43, told: /refuses the client certificate.*--client-cert/ },
  { octet: 49, told: /refuses the client certificate.*--client-cert/ },
  { octet: 48, told: /does not know the CA of the client certificate.*same|root/ },
  { octet: 45, told: /client certificate for expired/ },
  { octet: 44, told: /client certificate for revoked/ },
  { octet: 112, told: /does not serve the name localhost.*--connect/ },
  { octet: 80, told: /failed within its own TLS.*server's log/ },
];

test("each alert of a server says why, and one thing to do", async () => {
  for (const { octet, told } of ALERTS) {
    const upstream = await plainUpstream((socket) => {
      socket.once("data", () => socket.end(Uint8Array.of(0x15, 3, 3, 0, 2, 2, octet)));
    });
    assert.match(await failureWith(upstream), told, String(octet));
  }
});

/** A server that refuses in TLS 1.2 and older, of its own TLS. */
function oldServer(settings: tls.SecureContextOptions): Promise<Upstream> {
  const secureContext = tls.createSecureContext({ ...upstreamLeaf({ names: ["localhost"] }), ...settings });
  return plainUpstream((raw) => {
    const socket = new tls.TLSSocket(raw, { isServer: true, secureContext });
    socket.on("error", () => raw.destroy());
  });
}

const MUSEUM = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;

test("a server that speaks TLS 1.1 only is refused, and taken with --tls-min 1.0 or --insecure", async () => {
  const upstream = await oldServer(MUSEUM);
  const next =
    /only older TLS.*\. --tls-min 1\.1 takes TLS 1\.1, too; if that is not old enough, --tls-min 1\.0\.$/;
  assert.match(await failureWith(upstream), next);
  assert.equal(await failureWith(upstream, { tls: { oldest: "1.1" } }), "connected");
  assert.equal(await failureWith(upstream, { tls: { oldest: "1.0" } }), "connected");
  assert.equal(await failureWith(upstream, { insecure: true }), "connected");
  assert.match(await failureWith(upstream, { insecure: true, tls: { oldest: "1.2" } }), next);
});

test("what takes a server of older TLS is the next older version, as long as there is one", async () => {
  const museum = await oldServer({ ...MUSEUM, maxVersion: "TLSv1" });
  assert.match(
    await failureWith(museum, { tls: { oldest: "1.1" } }),
    /\. --tls-min 1\.0 takes TLS 1\.0, too\.$/,
  );
  const old = await oldServer({ maxVersion: "TLSv1.2" });
  assert.match(
    await failureWith(old, { tls: { oldest: "1.3" } }),
    /\. --tls-min 1\.2 takes TLS 1\.2, too\.$/,
  );
  const target = { host: "h", target: "h", at: "h:993", oldestTls: "1.0" } as const;
  const { hint } = upstreamFailure("ERR_SSL_UNSUPPORTED_PROTOCOL", target);
  assert.match(hint, /SSL 3/);
  assert.doesNotMatch(hint, /--tls-min/);
});

test("a server without a cipher in common", async () => {
  const upstream = await oldServer({ maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-GCM-SHA256" });
  assert.match(await failureWith(upstream), /no cipher in common/);
});

test("a handshake that is refused behind the server's certificate is most likely for want of ours", () => {
  const target = { host: "h", target: "h", at: "h:993" };
  const { sentence, hint } = upstreamFailure(HANDSHAKE_REFUSED_LATE, target);
  assert.match(`${sentence} ${hint}`, /demands one of the client.*--client-cert/);
});

/** Of an upstream that ends the handshake of a client without a certificate, as OpenSSL does. */
async function demandingUpstream(maxVersion: tls.SecureVersion) {
  const secureContext = tls.createSecureContext({ ...upstreamLeaf({ names: ["localhost"] }), maxVersion });
  const upstream = await plainUpstream((raw) => {
    const settings = { isServer: true, secureContext, requestCert: true, rejectUnauthorized: true };
    new tls.TLSSocket(raw, settings).on("error", () => raw.end());
  });
  return { ...upstream, scheme: "imaps" as const, host: "localhost" };
}

for (const maxVersion of ["TLSv1.3", "TLSv1.2"] as const) {
  test(`a server that demands a certificate in ${maxVersion}: client and user are told`, async () => {
    const { port, notices, events } = await proxyFor(await demandingUpstream(maxVersion));
    const { socket } = tlsClient(port("imaps"), { servername: "localhost" });
    const plain = plainClient(port("imap"));
    for (const client of [socket, plain]) {
      assert.match(await allText(client), /^\* BYE \[UNAVAILABLE\] imapscope: .*demands/);
      client.end();
    }
    await told(events, "close", ({ connection }) => connection === 1);
    await told(events, "close", ({ connection }) => connection === 2);
    assert.equal(notices.length, 2);
    for (const { text } of notices) assert.match(text, /demands.*--client-cert FILE/);
  });
}
