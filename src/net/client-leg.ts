/** TLS on the leg to the client: the handshake, and what capture and user are told of it. */
import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import { clientFailure, isClearText } from "./client-failure.ts";
import { type NotShaken, shakeHands } from "./client-handshake.ts";
import type { ListenerEndpoint } from "./endpoint.ts";
import type { LegSocket } from "./leg-socket.ts";
import { readAhead } from "./read-ahead.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Tap } from "./tap.ts";
import { tlsEvent } from "./tls-facts.ts";

export interface ClientLeg {
  /**
   * Its TLS is to begin, but not yet: from now until then, its leaving is told to `onLeft`. `earlyOctets` says that it begins
   * behind STARTTLS, and how many octets of it were read before.
   */
  readonly watch: (earlyOctets?: number) => void;
  /**
   * The leg with TLS, its leaf with the names of the upstream's certificate where there is one; `undefined` where the
   * handshake failed, which has been told then.
   */
  readonly secure: (upstreamCertificate: X509Certificate | undefined) => Promise<LegSocket | undefined>;
  /** The client was waited for, and has not said which name it asks for. */
  readonly tellSilence: () => void;
}

export interface ClientLegOptions {
  readonly id: ConnectionId;
  readonly listener: ListenerEndpoint;
  readonly tap: Tap;
  /** imapscope itself has ended the connection, which explains every failure. */
  readonly isStopped: () => boolean;
  readonly onLeft: () => void;
}

export function createClientLeg(raw: Socket, options: ClientLegOptions, shared: Surroundings): ClientLeg {
  const { id, listener, tap } = options;
  let putBack: (() => void) | undefined;
  /** Octets of the client up to and with STARTTLS, where it asked for that. */
  let octetsBefore: number | undefined;

  function watch(earlyOctets?: number): void {
    if (earlyOctets !== undefined) octetsBefore = raw.bytesRead - earlyOctets;
    putBack ??= readAhead(raw, options.onLeft);
  }

  async function secure(upstreamCertificate: X509Certificate | undefined): Promise<LegSocket | undefined> {
    const { contextFor, handshakeTimeoutMs: timeoutMs } = shared;
    const { onKeys } = shared.tls;
    putBack?.();
    putBack = undefined;
    const shaken = await shakeHands(raw, { contextFor, upstreamCertificate, timeoutMs, onKeys });
    if (shaken.kind === "notShaken") {
      tellNotShaken(shaken);
      return undefined;
    }
    const where = { connection: id, atMicros: shared.clock.micros(), leg: "client" } as const;
    tap.take(tlsEvent(shaken.socket, where, shaken));
    return { stream: shaken.socket, raw };
  }

  function tellNotShaken(failure: NotShaken): void {
    const { code, message, version } = failure;
    const behindStartTls = octetsBefore !== undefined;
    if (octetsBefore !== undefined && isClearText(code)) tap.dropped("client", raw.bytesRead - octetsBefore);
    tap.error("client", code, message);
    const facts = { ...shared, listener, clientOctets: raw.bytesRead, behindStartTls, version };
    const text = clientFailure(code, facts);
    if (text !== undefined && !options.isStopped())
      shared.onNotice({ level: "warning", text, connection: id });
  }

  const tellSilence = () =>
    tellNotShaken({ kind: "notShaken", code: "ETIMEDOUT", message: "the client said too little, too late" });

  return { watch, secure, tellSilence };
}
