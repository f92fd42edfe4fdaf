/**
 * STARTTLS on the leg to the server: by imapscope itself for a client that has TLS already, or agreed upon by a client
 * and the server.
 */

import type { Clock } from "./clock.ts";
import { reset } from "./leg-socket.ts";
import { plainText } from "./notice.ts";
import { askForStartTls } from "./own-starttls.ts";
import type { DialFailed } from "./server-handshake.ts";
import type { StopSignal } from "./stop-signal.ts";
import type { Tap } from "./tap.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import { mayBePlain, type UpstreamFailure, upstreamFailure } from "./upstream-failure.ts";

export interface Secured {
  readonly kind: "secured";
  readonly server: ServerLeg;
  /** The code of why the server does not do STARTTLS, where its leg is still plain and may be. */
  readonly plainBecause: string | undefined;
  /**
   * Tells what was said, and that TLS began, once it is known whether the client can be greeted: `reached` says so. Returns what it is
   * to get first.
   */
  readonly tell: (reached: boolean) => Uint8Array;
  /** Octets in clear text behind the answer to STARTTLS, which were dropped. */
  readonly injectedOctets: number;
}

export interface SecuringOptions {
  readonly dialler: Dialler;
  readonly tap: Tap;
  readonly clock: Clock;
  readonly plainUpstream: boolean;
  readonly timeoutMs: number;
  readonly signal: StopSignal;
  /** Asked when TLS begins: the protocols to offer (ALPN). */
  readonly protocols: () => readonly string[];
}

/** Does STARTTLS on a leg of which nothing was read yet. A failure destroys it. Never rejects. */
export async function secureServer(
  plain: ServerLeg,
  options: SecuringOptions,
): Promise<Secured | DialFailed> {
  const { tap, dialler } = options;
  const { target } = dialler;
  const asked = await askForStartTls(plain, options);
  const fail = (failure: UpstreamFailure, clearOctets = 0): DialFailed => {
    asked.talk.tell(tap, "kept");
    if (clearOctets > 0) tap.dropped("server", clearOctets);
    reset(plain);
    return { kind: "failed", failure };
  };
  if (asked.kind === "failed") return fail(upstreamFailure(asked.code, target, plainText(asked.detail)));
  const { injectedOctets } = asked.talk;
  if (asked.kind === "plain") {
    if (!mayBePlain(plain.raw.remoteAddress, options.plainUpstream)) {
      return fail(upstreamFailure(asked.code, target));
    }
    const tell = (reached: boolean) => asked.talk.tell(tap, reached ? "whole" : "kept");
    return { kind: "secured", server: plain, plainBecause: asked.code, tell, injectedOctets };
  }
  const begunMicros = options.clock.micros();
  const server = await beginTls(plain, dialler, options.signal, options.protocols());
  if (server.kind === "failed") return fail(server.failure, server.clearOctets);
  const tell = (reached: boolean) => {
    const greeting = asked.talk.tell(tap, reached ? "withoutCapabilities" : "kept");
    tap.startTls("server", begunMicros);
    return greeting;
  };
  return { kind: "secured", server, plainBecause: undefined, tell, injectedOctets };
}

/** TLS on a leg whose server accepted STARTTLS; an abort comes back as a failure. */
export async function beginTls(
  plain: ServerLeg,
  dialler: Dialler,
  signal: StopSignal,
  protocols?: readonly string[],
): Promise<ServerLeg | DialFailed> {
  const octetsBefore = plain.raw.bytesRead;
  const outcome = await dialler.secure(plain.raw, signal, protocols);
  if (outcome.kind === "secured") {
    return {
      kind: "connected",
      stream: outcome.socket,
      raw: plain.raw,
      tls: outcome,
      failure: outcome.failure,
    };
  }
  if (!CLEAR_TEXT.has(outcome.failure.code)) return outcome;
  return {
    kind: "failed",
    failure: upstreamFailure("IMAPSCOPE_STARTTLS_CLEAR", dialler.target),
    clearOctets: plain.raw.bytesRead - octetsBefore,
  };
}

/** What OpenSSL says to octets that are no TLS. */
const CLEAR_TEXT = new Set(["ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"]);
