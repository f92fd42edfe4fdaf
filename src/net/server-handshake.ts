/**
 * The TLS handshake with the upstream: at once for `imaps`, after STARTTLS for `imap`. Its settings, its verification and
 * its tickets are the same for both.
 */
import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import * as tls from "node:tls";
import { ImapscopeError } from "../errors.ts";
import type { Endpoint } from "./endpoint.ts";
import { codeOf, HIGH_WATER_OCTETS } from "./leg-socket.ts";
import { plainText } from "./notice.ts";
import { reasonIn } from "./openssl-words.ts";
import type { StopSignal } from "./stop-signal.ts";
import { alertOf } from "./tls-alert.ts";
import { sessionToKeep } from "./tls-session.ts";
import { OLDEST_BY_DEFAULT, type TlsSettings, versionSettings } from "./tls-settings.ts";
import type { TlsVersion } from "./tls-version.ts";
import { isKnownFailure, type Target, type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";
import { HANDSHAKE_REFUSED_LATE } from "./upstream-tls-failure.ts";

/** A record with an alert, in the clear: all that a server says which refuses the first message. */
const ALERT_OCTETS = 7;

export interface ServerTls {
  readonly kind: "secured";
  readonly socket: tls.TLSSocket;
  /** The SNI that was sent. */
  readonly serverName: string | undefined;
  /** What the upstream showed, also where the session was resumed. */
  readonly certificate: X509Certificate | undefined;
  /** What failed since then. */
  readonly failure: () => Error | undefined;
}

export interface DialFailed {
  readonly kind: "failed";
  readonly failure: UpstreamFailure;
  /** Where the server spoke in clear text instead: so many octets, at least one of them no TLS, came and were dropped. */
  readonly clearOctets?: number;
}

/** What a later connection resumes. */
interface Resumable {
  readonly ticket: Buffer;
  readonly certificate: X509Certificate | undefined;
}

export interface ServerHandshakeOptions {
  readonly upstream: Endpoint;
  readonly target: Target;
  readonly insecure: boolean;
  readonly tls?: TlsSettings | undefined;
  readonly secureContext: tls.SecureContext;
  readonly timeoutMs: number;
}

/** Shakes hands over a connected socket, and offers the protocols (ALPN). A failure destroys it, and an abort is one. Never throws. */
export type ServerHandshake = (
  raw: Socket,
  signal: StopSignal,
  protocols?: readonly string[],
) => Promise<ServerTls | DialFailed>;

export function createServerHandshake(options: ServerHandshakeOptions): ServerHandshake {
  const { upstream, target, secureContext } = options;
  const serverName = isIP(upstream.host) === 0 ? upstream.host.replace(/\.$/, "") : undefined;
  let resumable: Resumable | undefined;

  function begin(raw: Socket, protocols: readonly string[]): tls.TLSSocket {
    const secured = {
      socket: raw,
      // The name to verify; unlike `servername` it may be an address.
      host: upstream.host,
      ...(serverName === undefined ? {} : { servername: serverName }),
      secureContext,
      rejectUnauthorized: !options.insecure,
      ...(resumable === undefined ? {} : { session: resumable.ticket }),
      ...(protocols.length === 0 ? {} : { ALPNProtocols: [...protocols] }),
      highWaterMark: HIGH_WATER_OCTETS,
    };
    return tls.connect(secured);
  }

  /**
   * What a verified handshake settled. Its tickets are kept: resumption saves a quarter of the CPU time of a connection.
   * `ticket` is one that came before.
   */
  function settled(socket: tls.TLSSocket, ticket: Buffer | undefined): ServerTls {
    // Node gives the certificate to the first call only, and on a resumed session to none.
    const certificate = socket.getPeerX509Certificate() ?? resumable?.certificate;
    const keep = (session: Buffer) => {
      const ticket = socket.getProtocol() === "TLSv1.3" ? sessionToKeep(session) : session;
      resumable = { ticket, certificate };
    };
    if (ticket !== undefined) keep(ticket);
    socket.on("session", keep);
    let failure: Error | undefined;
    socket.on("error", (error) => {
      failure ??= error;
    });
    return { kind: "secured", socket, serverName, certificate, failure: () => failure };
  }

  return (raw, signal, protocols = []) =>
    new Promise((resolve) => {
      const octetsBefore = raw.bytesRead;
      const socket = begin(raw, protocols);
      let ticket: Buffer | undefined;
      const unwatch = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
      };
      const fail = (failure: UpstreamFailure) => {
        unwatch();
        // The first reason counts, and the destruction is told as another one at once.
        resolve({ kind: "failed", failure });
        raw.destroy();
        socket.destroy();
      };
      const timer = setTimeout(() => fail(upstreamFailure("ETIMEDOUT", target)), options.timeoutMs);
      const abort = () => fail(upstreamFailure("ABORTED", target));
      const left = () => fail(upstreamFailure("ECONNRESET", target));
      const failed = (error: Error) =>
        fail(
          alertOf(codeOf(error)) === "HANDSHAKE_FAILURE" && raw.bytesRead - octetsBefore > ALERT_OCTETS
            ? { ...upstreamFailure(HANDSHAKE_REFUSED_LATE, target), code: codeOf(error) }
            : failureOf(error, target),
        );
      socket.on("error", failed);
      socket.once("close", left);
      const keepFirst = (first: Buffer) => {
        ticket = first;
      };
      socket.once("session", keepFirst);
      if (options.tls?.onKeys !== undefined) socket.on("keylog", options.tls.onKeys);
      socket.once("secureConnect", () => {
        unwatch();
        socket.off("close", left);
        socket.off("session", keepFirst);
        // An error between two owners of the socket must not be without a listener. It is kept for the next owner: destroying
        // the TCP socket at an alert that comes behind the handshake would crash Node (seen with 20.20).
        socket.off("error", failed);
        resolve(settled(socket, ticket));
      });
      signal.addEventListener("abort", abort);
      if (signal.aborted) abort();
    });
}

/** What a failure of the system or of OpenSSL means to the user. */
export function failureOf(error: Error, target: Target): UpstreamFailure {
  // All addresses of a name failed: the first one's reason stands for them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const cause = first instanceof Error ? first : error;
  const code = codeOf(cause);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return upstreamFailure(code, target, namesShown(cause));
  return upstreamFailure(
    code,
    target,
    isKnownFailure(code) ? "" : plainText(`${code}: ${reasonIn(cause.message)}`),
  );
}

/** The names of a certificate that is for other names. */
function namesShown(error: Error): string {
  const certificate: unknown = "cert" in error ? error.cert : undefined;
  if (typeof certificate !== "object" || certificate === null || !("subjectaltname" in certificate))
    return "";
  return plainText(String(certificate.subjectaltname).replace(/DNS:|IP Address:/g, ""));
}

export interface UpstreamContextOptions {
  readonly insecure: boolean;
  /** PEM of further CAs to trust. */
  readonly upstreamCa?: string | undefined;
  readonly tls?: TlsSettings | undefined;
}

/**
 * The settings of TLS with every upstream.
 * @throws ImapscopeError ERR_UPSTREAM_CA_INVALID
 */
export function upstreamContext(options: UpstreamContextOptions): tls.SecureContext {
  const { upstreamCa, tls: settings } = options;
  const made = tls.createSecureContext({
    ...versionSettings(oldestOf(options)),
    ...settings?.ownCertificate,
  });
  // The option `ca` would replace the well-known CAs, and to give it all of those too takes 40 ms.
  if (upstreamCa !== undefined) for (const pem of certificatesIn(upstreamCa)) made.context.addCACert(pem);
  return made;
}

/** The oldest TLS that upstreams are spoken to in. Who does not verify wants to reach an old server rather than be safe from it. */
export function oldestOf({ insecure, tls: settings }: UpstreamContextOptions): TlsVersion {
  return settings?.oldest ?? (insecure ? "1.0" : OLDEST_BY_DEFAULT);
}

function certificatesIn(pem: string): string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new ImapscopeError("ERR_UPSTREAM_CA_INVALID", { reason: "there is no PEM certificate in it" });
  }
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw new ImapscopeError(
        "ERR_UPSTREAM_CA_INVALID",
        { reason: "a certificate in it is damaged" },
        { cause },
      );
    }
  }
  return blocks;
}
