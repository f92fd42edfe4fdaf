/**
 * The leg to the upstream: dial, and for `imaps` verify. Either a leg that is ready to relay comes of it, or a failure
 * that says what to do; never an exception, and never a socket left behind.
 */
import { X509Certificate } from "node:crypto";
import { connect, isIP, type Socket } from "node:net";
import * as tls from "node:tls";
import { ImapscopeError } from "../errors.ts";
import { type Endpoint, formatHostPort } from "./endpoint.ts";
import { codeOf, HIGH_WATER_OCTETS, type LegSocket, tuneSocket } from "./leg-socket.ts";
import { plainText } from "./notice.ts";
import { type IsOwnListener, lookupOthers, OWN_LISTENER } from "./own-listener.ts";
import { isKnownFailure, type Target, type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";

export interface ServerLeg extends LegSocket {
  readonly kind: "connected";
  /** For `imaps`. */
  readonly tls: ServerTls | undefined;
}

export interface ServerTls {
  readonly socket: tls.TLSSocket;
  /** The SNI that was sent. */
  readonly serverName: string | undefined;
  /** What the upstream showed, also where the session was resumed. */
  readonly certificate: X509Certificate | undefined;
}

/** What a later connection resumes. */
interface Resumable {
  readonly ticket: Buffer;
  readonly certificate: X509Certificate | undefined;
}

export interface DialFailed {
  readonly kind: "failed";
  readonly failure: UpstreamFailure;
}

export interface DiallerOptions {
  readonly upstream: Endpoint;
  /** Where to dial instead; the upstream's name still serves SNI and verification. */
  readonly connect?: { readonly host: string; readonly port: number } | undefined;
  readonly insecure: boolean;
  /** PEM of further CAs to trust. */
  readonly upstreamCa?: string | undefined;
  /** For everything until the leg is ready. */
  readonly timeoutMs: number;
  readonly isOwnListener: IsOwnListener;
}

export interface Dialler {
  readonly target: Target;
  /** Dials once. An abort destroys what there is and comes back as a failure. */
  readonly dial: (signal: AbortSignal) => Promise<ServerLeg | DialFailed>;
}

/** Time for each address of a name before the next is tried beside it; Node's 250 ms is less than a far server needs. */
const NEXT_ADDRESS_MS = 1000;

/** @throws ImapscopeError ERR_UPSTREAM_CA_INVALID */
export function createDialler(options: DiallerOptions): Dialler {
  const { upstream, isOwnListener } = options;
  const { host, port } = options.connect ?? upstream;
  const target: Target = { host: upstream.host, target: host, at: formatHostPort(host, port) };
  // Made once: the list of root certificates alone takes 20 ms.
  const secureContext = upstream.scheme === "imaps" ? upstreamContext(options) : undefined;
  const serverName = isIP(upstream.host) === 0 ? upstream.host.replace(/\.$/, "") : undefined;
  let resumable: Resumable | undefined;

  function secure(raw: Socket, context: tls.SecureContext): tls.TLSSocket {
    const secured = {
      socket: raw,
      // The name to verify; unlike `servername` it may be an address.
      host: upstream.host,
      ...(serverName === undefined ? {} : { servername: serverName }),
      secureContext: context,
      rejectUnauthorized: !options.insecure,
      ...(resumable === undefined ? {} : { session: resumable.ticket }),
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
    if (ticket !== undefined) resumable = { ticket, certificate };
    socket.on("session", (later) => {
      resumable = { ticket: later, certificate };
    });
    return { socket, serverName, certificate };
  }

  const failed = (failure: UpstreamFailure): DialFailed => ({ kind: "failed", failure });
  const settings = {
    host,
    port,
    allowHalfOpen: true,
    highWaterMark: HIGH_WATER_OCTETS,
    lookup: lookupOthers(isOwnListener, port),
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
  };

  function dial(signal: AbortSignal): Promise<ServerLeg | DialFailed> {
    if (signal.aborted) return Promise.resolve(failed(upstreamFailure("ABORTED", target)));
    // An address is not looked up, so the lookup cannot leave it out.
    if (isIP(host) !== 0 && isOwnListener(host, port)) {
      return Promise.resolve(failed(upstreamFailure(OWN_LISTENER, target)));
    }
    return new Promise((resolve) => {
      const raw = connect(settings);
      let socket: tls.TLSSocket | undefined;

      const settle = (outcome: ServerLeg | DialFailed) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        if (outcome.kind === "failed") {
          raw.destroy();
          socket?.destroy();
        }
        resolve(outcome);
      };
      const fail = (error: Error) => settle(failed(failureOf(error, target)));
      const abort = () => settle(failed(upstreamFailure("ABORTED", target)));
      const timer = setTimeout(() => settle(failed(upstreamFailure("ETIMEDOUT", target))), options.timeoutMs);

      // These listeners stay: an error between two owners of the socket must not be without one.
      raw.on("error", fail);
      signal.addEventListener("abort", abort);
      raw.once("connect", () => {
        tuneSocket(raw);
        if (secureContext === undefined) {
          settle({ kind: "connected", stream: raw, raw, tls: undefined });
          return;
        }
        const secured = secure(raw, secureContext);
        socket = secured;
        secured.on("error", fail);
        let ticket: Buffer | undefined;
        secured.once("session", (first) => {
          ticket = first;
        });
        secured.once("secureConnect", () =>
          settle({ kind: "connected", stream: secured, raw, tls: settled(secured, ticket) }),
        );
      });
    });
  }

  return { target, dial };
}

function failureOf(error: Error, target: Target): UpstreamFailure {
  // All addresses of a name failed: the first one's reason stands for them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  const cause = first instanceof Error ? first : error;
  const code = codeOf(cause);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return upstreamFailure(code, target, namesShown(cause));
  return upstreamFailure(code, target, isKnownFailure(code) ? "" : plainText(`${code}: ${cause.message}`));
}

/** The names of a certificate that is for other names. */
function namesShown(error: Error): string {
  const certificate: unknown = "cert" in error ? error.cert : undefined;
  if (typeof certificate !== "object" || certificate === null || !("subjectaltname" in certificate))
    return "";
  return plainText(String(certificate.subjectaltname).replace(/DNS:|IP Address:/g, ""));
}

function upstreamContext({ insecure, upstreamCa }: DiallerOptions): tls.SecureContext {
  return tls.createSecureContext({
    ...(upstreamCa === undefined ? {} : { ca: [...tls.rootCertificates, ...certificatesIn(upstreamCa)] }),
    // Who does not verify wants to reach an old server rather than be safe from it.
    ...(insecure ? { minVersion: "TLSv1" as const, ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` } : {}),
  });
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
