import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { afterEach, test } from "node:test";
import { rootCertificates } from "node:tls";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { upstreamContext } from "../../src/net/server-handshake.ts";
import { createDialler, type DiallerOptions } from "../../src/net/upstream.ts";
import { closeEverything, dialWith, greetAndEcho, plainUpstream, tlsUpstream, upstreamCa } from "./peers.ts";

afterEach(closeEverything);

/** Dials, and makes the leg ready, as a connection does. */
async function dial(
  upstream: Endpoint,
  options: Partial<DiallerOptions> = {},
  abort = new AbortController(),
) {
  return dialWith(createDialler({ upstream, ...SETTINGS, ...options }), abort);
}

const SETTINGS = {
  insecure: false,
  secureContext: upstreamContext({ insecure: false, upstreamCa: upstreamCa.pem }),
  timeoutMs: 10_000,
  isOwnListener: () => false,
};

test("a plain leg, and a verified one with its certificate", async () => {
  const plain = await dial(await plainUpstream(greetAndEcho));
  assert.ok(plain.kind === "connected" && plain.tls === undefined && plain.stream === plain.raw);
  plain.raw.destroy();
  const secured = await dial(await tlsUpstream(greetAndEcho));
  assert.ok(secured.kind === "connected" && secured.tls?.serverName === "localhost");
  assert.equal(secured.tls.certificate?.subject, "O=Example\nCN=imap.example.org");
  secured.stream.destroy();
});

test("a CA of the user's is trusted besides the well-known ones", () => {
  const { context } = upstreamContext({ insecure: false, upstreamCa: upstreamCa.pem });
  for (const pem of [upstreamCa.pem, ...rootCertificates]) {
    // What issued a certificate is looked for among what is trusted, and these issued themselves.
    context.setCert(pem);
    const issuer: unknown = context.getIssuer();
    assert.ok(Buffer.isBuffer(issuer), pem);
    assert.equal(new X509Certificate(issuer).subject, new X509Certificate(pem).subject);
  }
});

test("an address is verified without SNI", async () => {
  const upstream = await tlsUpstream(greetAndEcho);
  const dialled = await dial({ ...upstream, host: "127.0.0.1" });
  assert.ok(dialled.kind === "connected" && dialled.tls?.serverName === undefined);
  dialled.stream.destroy();
});

test("the certificate is known also where the session is resumed", async () => {
  const upstream = await tlsUpstream(greetAndEcho);
  const dialler = createDialler({ upstream, ...SETTINGS });
  for (const reused of [false, true]) {
    const dialled = await dialWith(dialler);
    assert.ok(dialled.kind === "connected" && dialled.tls !== undefined);
    assert.equal(dialled.tls.socket.isSessionReused(), reused);
    assert.equal(dialled.tls.certificate?.checkHost("imap.example.org"), "imap.example.org");
    await new Promise((resolve) => dialled.stream.once("data", resolve));
    dialled.stream.destroy();
  }
});

test("an abort ends a dial, before it and within it", async () => {
  const aborted = new AbortController();
  aborted.abort();
  const upstream = await plainUpstream(() => undefined);
  const before = await dial(upstream, {}, aborted);
  assert.ok(before.kind === "failed" && before.failure.code === "ABORTED");
  const within = new AbortController();
  const dialling = dial({ ...upstream, scheme: "imaps" }, {}, within);
  within.abort();
  const outcome = await dialling;
  assert.ok(outcome.kind === "failed" && outcome.failure.code === "ABORTED");
});
