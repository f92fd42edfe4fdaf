/**
 * The leg to the upstream: dial, and for `imaps` verify. Either a leg that is ready to relay comes of it, or a failure
 * that says what to do; never an exception, and never a socket left behind.
 */
import { connect as dialTcp, isIP } from "node:net";
import type { SecureContext } from "node:tls";
import { type Endpoint, formatHostPort } from "./endpoint.ts";
import { HIGH_WATER_OCTETS, type LegSocket, leaveErrors, tuneSocket } from "./leg-socket.ts";
import { type IsOwnListener, lookupOthers, OWN_LISTENER } from "./own-listener.ts";
import {
  createServerHandshake,
  type DialFailed,
  failureOf,
  oldestOf,
  type ServerHandshake,
  type ServerTls,
} from "./server-handshake.ts";
import type { StopSignal } from "./stop-signal.ts";
import type { TlsSettings } from "./tls-settings.ts";
import { type Target, type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";

export interface ServerLeg extends LegSocket {
  readonly kind: "connected";
  /** Where the leg has TLS. */
  readonly tls: ServerTls | undefined;
}

export interface DiallerOptions {
  readonly upstream: Endpoint;
  /** Where to dial instead; the upstream's name still serves SNI and verification. */
  readonly connect?: { readonly host: string; readonly port: number } | undefined;
  readonly insecure: boolean;
  /** Shared by all upstreams of a proxy. */
  readonly secureContext: SecureContext;
  readonly tls?: TlsSettings | undefined;
  /** For name and TCP, and again for TLS. */
  readonly timeoutMs: number;
  readonly isOwnListener: IsOwnListener;
}

export interface Dialler {
  readonly target: Target;
  /**
   * Dials once, without TLS; `preface` goes out before anything else. An abort destroys what there is and comes back as
   * a failure.
   */
  readonly connect: (signal: StopSignal, preface?: Uint8Array) => Promise<ServerLeg | DialFailed>;
  /** What a leg still needs before it can be relayed: TLS, where the upstream is `imaps`. */
  readonly complete: (
    leg: ServerLeg,
    signal: StopSignal,
    protocols?: readonly string[],
  ) => Promise<ServerLeg | DialFailed>;
  /** TLS over a leg that was dialled in the clear, for STARTTLS. */
  readonly secure: ServerHandshake;
}

/** Time for each address of a name before the next is tried beside it; Node's 250 ms is less than a far server needs. */
const NEXT_ADDRESS_MS = 1000;

export function createDialler(options: DiallerOptions): Dialler {
  const { upstream, isOwnListener } = options;
  const { host, port } = options.connect ?? upstream;
  const target: Target = {
    ...{ host: upstream.host, target: host, at: formatHostPort(host, port) },
    oldestTls: oldestOf(options),
  };
  const secure = createServerHandshake({ ...options, target });

  const failed = (failure: UpstreamFailure): DialFailed => ({ kind: "failed", failure });
  const aborted = () => failed(upstreamFailure("ABORTED", target));
  const settings = {
    host,
    port,
    allowHalfOpen: true,
    highWaterMark: HIGH_WATER_OCTETS,
    lookup: lookupOthers(isOwnListener, port),
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
  };

  function connect(signal: StopSignal, preface?: Uint8Array): Promise<ServerLeg | DialFailed> {
    if (signal.aborted) return Promise.resolve(aborted());
    // An address is not looked up, so the lookup cannot leave it out.
    if (isIP(host) !== 0 && isOwnListener(host, port)) {
      return Promise.resolve(failed(upstreamFailure(OWN_LISTENER, target)));
    }
    return new Promise((resolve) => {
      const raw = dialTcp(settings);

      const settle = (outcome: ServerLeg | DialFailed) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        if (outcome.kind === "failed") raw.destroy();
        resolve(outcome);
      };
      const abort = () => settle(aborted());
      const timer = setTimeout(() => settle(failed(upstreamFailure("ETIMEDOUT", target))), options.timeoutMs);

      const fail = (error: Error): void => settle(failed(failureOf(error, target)));
      raw.on("error", fail);
      signal.addEventListener("abort", abort);
      raw.once("connect", () => {
        tuneSocket(raw);
        leaveErrors(raw, fail);
        if (preface !== undefined) raw.write(preface);
        settle({ kind: "connected", stream: raw, raw, tls: undefined });
      });
    });
  }

  async function complete(
    leg: ServerLeg,
    signal: StopSignal,
    protocols?: readonly string[],
  ): Promise<ServerLeg | DialFailed> {
    const { raw } = leg;
    if (upstream.scheme === "imap") return leg;
    const outcome = await secure(raw, signal, protocols);
    if (outcome.kind === "failed") return outcome;
    return { kind: "connected", stream: outcome.socket, raw, tls: outcome, failure: outcome.failure };
  }

  return { target, connect, complete, secure };
}
