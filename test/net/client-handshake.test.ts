import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import * as tls from "node:tls";
import { createLeafMint } from "../../src/ca/leaf.ts";
import { createClientContexts } from "../../src/net/client-context.ts";
import { CLIENT_LEFT } from "../../src/net/client-failure.ts";
import { shakeHands } from "../../src/net/client-handshake.ts";
import { contextFor, scopeCa } from "./peers.ts";

const contexts = createClientContexts(contextFor);

/** Accepts one client and shakes hands with it. */
async function shakeWith(client: (port: number) => Socket, timeoutMs = 10_000, contextsOf = contexts) {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const socket = client(typeof address === "object" ? (address?.port ?? 0) : 0);
  socket.on("error", () => undefined);
  const [raw] = (await once(server, "connection")) as [Socket];
  raw.on("error", () => undefined);
  server.close();
  const outcome = await shakeHands(raw, {
    contextFor: contextsOf,
    upstreamCertificate: undefined,
    timeoutMs,
  });
  if (outcome.kind === "shaken") {
    // In TLS 1.2 the client is the last to be through.
    if (socket instanceof tls.TLSSocket && socket.getPeerFinished() === undefined)
      await once(socket, "secureConnect");
    outcome.socket.destroy();
  }
  if (!raw.closed) await once(raw, "close");
  socket.destroy();
  return outcome;
}

const tlsTo = (options: tls.ConnectionOptions) => (port: number) =>
  tls.connect({ port, host: "127.0.0.1", ca: scopeCa.pem, ...options });

test("the SNI is given, also none", async () => {
  const named = await shakeWith(tlsTo({ servername: "a.example" }));
  assert.ok(named.kind === "shaken" && named.serverName === "a.example");
  const unnamed = await shakeWith(tlsTo({}));
  assert.ok(unnamed.kind === "shaken" && unnamed.serverName === undefined);
});

test("a client gets a certificate that it takes, which is told", async () => {
  const keys = [
    generateKeyPairSync("rsa", { modulusLength: 2048 }),
    generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ];
  const notAfter = new Date(Date.now() + 1e8);
  const mintFor = (from: number) =>
    createLeafMint({ issuer: scopeCa.issuer, keys: keys.slice(from), notAfter, now: Date.now });
  const [both, young] = [mintFor(0), mintFor(1)];
  // As an authority does: who takes ECDSA gets no other leaf, and for the others a key may have to be made.
  const asAuthority = createClientContexts(({ takesEcdsa, ...request }) =>
    takesEcdsa ? young(request) : Promise.resolve(both(request)),
  );
  const shown = new Set<string>();
  for (const [sigalgs, maxVersion, ciphers] of [
    ["ecdsa_secp256r1_sha256", "TLSv1.3"],
    ["rsa_pss_rsae_sha256:RSA+SHA256", "TLSv1.3"],
    ["RSA+SHA256:ECDSA+SHA256", "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256"],
    ["RSA+SHA256:ECDSA+SHA256", "TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256"],
  ] as const) {
    let seen: string | undefined;
    const outcome = await shakeWith(
      (port) => {
        const socket = tlsTo({ sigalgs, maxVersion, ...(ciphers === undefined ? {} : { ciphers }) })(
          port,
        ) as tls.TLSSocket;
        return socket.on("secureConnect", () => {
          seen = socket.getPeerX509Certificate()?.fingerprint256;
        });
      },
      10_000,
      asAuthority,
    );
    assert.ok(outcome.kind === "shaken" && seen !== undefined, sigalgs);
    assert.equal(outcome.certificate?.fingerprint256, seen, sigalgs);
    shown.add(seen);
  }
  assert.equal(shown.size, 2);
});

test("a client that offers imap gets it, and one that offers others goes on without a protocol", async () => {
  for (const [offered, expected] of [
    [["http/1.1", "imap"], "imap"],
    [["imap"], "imap"],
    [["h2", "other"], false],
    [[], false],
  ] as const) {
    for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      const protocols = offered.length === 0 ? {} : { ALPNProtocols: [...offered] };
      let client: tls.TLSSocket | undefined;
      const outcome = await shakeWith((port) => {
        client = tls.connect({
          ...{ port, host: "127.0.0.1", ca: scopeCa.pem, servername: "a.example", maxVersion },
          ...protocols,
        });
        return client;
      });
      assert.ok(outcome.kind === "shaken", String(offered));
      assert.equal(outcome.socket.alpnProtocol || false, expected);
      assert.equal(client?.alpnProtocol, expected);
    }
  }
});

test("what fails is told by its code, and the socket is gone", async () => {
  const leaves = await shakeWith((port) => connect(port, "127.0.0.1").end());
  assert.ok(leaves.kind === "notShaken" && leaves.code === CLIENT_LEFT);
  const speaksPlain = await shakeWith((port) => {
    const socket = connect(port, "127.0.0.1");
    socket.write("a CAPABILITY\r\n");
    return socket;
  });
  assert.ok(speaksPlain.kind === "notShaken" && speaksPlain.code === "ERR_SSL_WRONG_VERSION_NUMBER");
  const silent = await shakeWith((port) => connect(port, "127.0.0.1"), 10);
  assert.ok(silent.kind === "notShaken" && silent.code === "ETIMEDOUT");
});

test("a certificate that cannot be had is told as its reason; a client that leaves before it is there ends the handshake", async () => {
  for (const fails of [
    () => {
      throw new Error("none today");
    },
    () => Promise.reject(new Error("none today")),
  ]) {
    for (const asked of [{ servername: "a.example" }, {}]) {
      let client: Socket | undefined;
      const shaking = shakeWith(
        (port) => {
          client = tlsTo(asked)(port);
          return client;
        },
        10_000,
        fails,
      );
      await assert.rejects(shaking, /none today/);
      client?.destroy();
    }
  }
  let client: Socket | undefined;
  const outcome = await shakeWith(
    (port) => {
      client = tlsTo({ servername: "a.example" })(port);
      return client;
    },
    10_000,
    async (request) => {
      client?.destroy();
      return contexts(request);
    },
  );
  assert.equal(outcome.kind, "notShaken");
});
