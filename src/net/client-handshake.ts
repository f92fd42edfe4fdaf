/**
 * The TLS handshake with the client, after the upstream's: so the leaf can carry the upstream's names, and a client that
 * sends no SNI gets them too.
 */
import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ClientContext, ClientContextFor } from "./client-context.ts";
import { CLIENT_LEFT, TOO_OLD } from "./client-failure.ts";
import { type ClientHello, IMAP_PROTOCOL } from "./client-hello.ts";
import { openingHello } from "./client-opening.ts";
import { plainAddress } from "./endpoint.ts";
import { codeOf, HIGH_WATER_OCTETS, leaveErrors } from "./leg-socket.ts";
import { reasonIn } from "./openssl-words.ts";

export interface Shaken {
  readonly kind: "shaken";
  readonly socket: TLSSocket;
  /** The SNI that the client sent. */
  readonly serverName: string | undefined;
  /** What it was shown. */
  readonly certificate: X509Certificate | undefined;
}

export interface NotShaken {
  readonly kind: "notShaken";
  readonly code: string;
  readonly message: string;
  /** Of TLS, where that of the client is too old: the newest that it speaks. */
  readonly version?: string | undefined;
}

export interface HandshakeOptions {
  readonly contextFor: ClientContextFor;
  readonly upstreamCertificate: X509Certificate | undefined;
  /** For the client's first message, and again for the handshake. */
  readonly timeoutMs: number;
  /** Where it has come already; it is still to be read. */
  readonly hello?: ClientHello | undefined;
  /** Gets the lines of the key log. */
  readonly onKeys?: ((line: Uint8Array) => void) | undefined;
}

/** Shakes hands over an accepted socket. A failure destroys it; only where `contextFor` gives none it rejects, with that reason. */
export async function shakeHands(raw: Socket, options: HandshakeOptions): Promise<Shaken | NotShaken> {
  if (options.hello !== undefined) return shakeHandsWith(raw, options.hello, options);
  const opening = await openingHello(raw, options.timeoutMs);
  if (opening.kind === "read") return shakeHandsWith(raw, opening.value, options);
  raw.destroy();
  return opening.kind === "left"
    ? { kind: "notShaken", code: CLIENT_LEFT, message: "the client left before the handshake" }
    : { kind: "notShaken", code: "ETIMEDOUT", message: "the client did not begin the TLS handshake in time" };
}

/** @param hello `undefined` where what came is none; then it is OpenSSL that says what is wrong with it */
async function shakeHandsWith(
  raw: Socket,
  hello: ClientHello | undefined,
  options: HandshakeOptions,
): Promise<Shaken | NotShaken> {
  const serverName = hello?.sentName;
  const context = await options.contextFor({
    serverName,
    upstreamCertificate: options.upstreamCertificate,
    listenerAddress: plainAddress(raw.localAddress),
    takesEcdsa: hello?.takesEcdsa,
  });
  return new Promise((resolve) => {
    // An end without octets before it is told by the raw socket when it comes, one behind octets when they are read.
    if (raw.destroyed || raw.readableEnded) {
      raw.destroy();
      resolve({ kind: "notShaken", code: CLIENT_LEFT, message: "the client left before the handshake" });
      return;
    }
    const socket = new TLSSocket(raw, settingsFor(context, hello?.protocols ?? []));
    if (options.onKeys !== undefined) socket.on("keylog", options.onKeys);

    const settle = (outcome: Shaken | NotShaken) => {
      clearTimeout(timer);
      socket.off("end", left);
      socket.off("close", left);
      raw.off("end", left);
      // What listens keeps all of the handshake in memory.
      socket.off("_tlsError", tooOld);
      leaveErrors(socket, failed);
      if (outcome.kind === "notShaken") {
        socket.destroy();
        raw.destroy();
      }
      resolve(outcome);
    };
    let version: string | undefined;
    const fail = (code: string, message: string) => settle({ kind: "notShaken", code, message, version });
    const failed = (error: Error) => fail(codeOf(error), reasonIn(error.message));
    const left = () => fail(CLIENT_LEFT, "the client closed the connection during the TLS handshake");
    const timer = setTimeout(
      () => fail("ETIMEDOUT", "the client did not finish the TLS handshake in time"),
      options.timeoutMs,
    );

    // Only here: of a socket whose TLS is gone Node (20.20) crashes when it is asked for the version.
    const tooOld = (error: Error) => {
      if (TOO_OLD.has(codeOf(error))) version = socket.getProtocol() ?? undefined;
    };
    socket.once("_tlsError", tooOld);
    socket.on("error", failed);
    socket.once("end", left);
    socket.once("close", left);
    raw.once("end", left);
    socket.once("secure", () => {
      destroyAtLaterErrors(socket);
      settle({ kind: "shaken", socket, serverName, certificate: certificateShown(socket, context) });
    });
  });
}

/** @param offered protocols, of which at most one is chosen (RFC 7301): "imap" */
function settingsFor({ secureContext }: ClientContext, offered: readonly string[]) {
  return {
    isServer: true,
    // It also holds the keys of all tickets, hence it must be a kept one.
    secureContext,
    // Where it would choose none, Node refuses the client; most servers know nothing of protocols, and go on.
    ...(offered.includes(IMAP_PROTOCOL) ? { ALPNProtocols: [IMAP_PROTOCOL] } : {}),
    highWaterMark: HIGH_WATER_OCTETS,
  };
}

/**
 * What breaks TLS later becomes an `error` by itself only on sockets that a tls.Server made; on ours Node says no more than
 * `_tlsError`, and reads on no longer. Destroyed within the turn of the alert it would crash.
 */
function destroyAtLaterErrors(socket: TLSSocket): void {
  socket.on("_tlsError", (error: Error) => setImmediate(() => socket.destroy(error)));
}

/** Which of its certificates was shown, by the fingerprint: `getX509Certificate` would decode it anew, which takes 0.2 ms. */
function certificateShown(socket: TLSSocket, { certificates }: ClientContext): X509Certificate | undefined {
  if (certificates.length === 1) return certificates[0];
  const shown = socket.getCertificate();
  if (shown === null || !("fingerprint256" in shown)) return undefined;
  return certificates.find(({ fingerprint256 }) => fingerprint256 === shown.fingerprint256);
}
