import assert from "node:assert/strict";
import { test } from "node:test";
import type { TLSSocket } from "node:tls";
import { tlsEvent } from "../../src/net/tls-facts.ts";
import { certificateOf, upstreamLeaf } from "./peers.ts";

const at = { connection: 1, atMicros: 5, leg: "server" } as const;

test("what a handshake settled; what there was not is left out", () => {
  const facts = {
    getCipher: () => ({ name: "X", standardName: "TLS_X", version: "TLSv1.3" }),
    getProtocol: () => "TLSv1.3",
    isSessionReused: () => true,
  };
  const certificate = certificateOf(upstreamLeaf({ names: ["a.example"] }).cert);
  const full = tlsEvent({ ...facts, alpnProtocol: "imap" } as unknown as TLSSocket, at, {
    serverName: "a\n.example",
    certificate,
  });
  assert.deepEqual(full, {
    kind: "tls",
    ...at,
    protocol: "TLSv1.3",
    cipher: "TLS_X",
    serverName: "a?.example",
    alpn: "imap",
    subject: "O=Example, CN=a.example",
    fingerprint: certificate.fingerprint256,
    reused: true,
  });
  const bare = tlsEvent(
    { ...facts, alpnProtocol: false, getProtocol: () => null } as unknown as TLSSocket,
    at,
    {
      serverName: undefined,
      certificate: undefined,
    },
  );
  assert.deepEqual(bare, { kind: "tls", ...at, protocol: "unknown", cipher: "TLS_X", reused: true });
});
