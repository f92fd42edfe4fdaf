/** TLS on the leg to the client: the handshake, and what capture and user are told of it. */
import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import { clientFailure, isClearText, waitingText } from "./client-failure.ts";
import { type NotShaken, type Shaken, shakeHands } from "./client-handshake.ts";
import { type ClientHello, createClientHelloReader, IMAP_PROTOCOL } from "./client-hello.ts";
import type { ListenerEndpoint } from "./endpoint.ts";
import type { LegSocket } from "./leg-socket.ts";
import { readAhead } from "./read-ahead.ts";
import { watchFirstOctet } from "./silence.ts";
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
   * handshake failed, which has been told then. `before` is told how it came out before all else is.
   */
  readonly secure: (
    upstreamCertificate: X509Certificate | undefined,
    before?: (isShaken: boolean) => void,
  ) => Promise<LegSocket | undefined>;
  /** Protocols that the client offers (ALPN) and that make sense for its server; none while its handshake has not come. */
  readonly protocols: () => readonly string[];
  /** The client was waited for, and has not said which name it asks for, or what `why` says. */
  readonly tellSilence: (why: string | undefined) => void;
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
  const acceptedMicros = shared.clock.micros();
  let putBack: (() => void) | undefined;
  let hello: ClientHello | undefined;
  let isSilenceTold = false;
  /** Octets of the client up to and with STARTTLS, where it asked for that. */
  let octetsBefore: number | undefined;
  // To a plain listener a client need not say anything before it is greeted.
  const stopWaiting =
    listener.scheme === "imap" ? undefined : watchFirstOctet(raw, shared.clientSilenceMs, tellWaiting);

  function watch(earlyOctets?: number): void {
    if (earlyOctets !== undefined) octetsBefore = raw.bytesRead - earlyOctets;
    if (putBack !== undefined) return;
    const read = createClientHelloReader();
    putBack = readAhead(raw, options.onLeft, (bytes) => {
      const reading = read(bytes);
      if (reading.kind === "hello") hello = reading;
    });
  }

  async function secure(
    upstreamCertificate: X509Certificate | undefined,
    before?: (isShaken: boolean) => void,
  ): Promise<LegSocket | undefined> {
    const { contextFor, handshakeTimeoutMs: timeoutMs } = shared;
    const { onKeys } = shared.tls;
    putBack?.();
    putBack = undefined;
    let shaken: Shaken | NotShaken | undefined;
    try {
      shaken = await shakeHands(raw, { contextFor, upstreamCertificate, timeoutMs, hello, onKeys });
    } finally {
      stopWaiting?.();
      before?.(shaken?.kind === "shaken");
    }
    if (shaken.kind === "notShaken") {
      tellNotShaken(shaken);
      return undefined;
    }
    const where = { connection: id, atMicros: shared.clock.micros(), leg: "client" } as const;
    tap.take(tlsEvent(shaken.socket, where, shaken));
    return { stream: shaken.socket, raw };
  }

  function tellNotShaken({ code, message, version }: NotShaken): void {
    const clientOctets = raw.bytesRead;
    const behindStartTls = octetsBefore !== undefined;
    if (octetsBefore !== undefined && isClearText(code)) tap.dropped("client", clientOctets - octetsBefore);
    tap.error("client", code, clientOctets === 0 ? SAID_NOTHING : message);
    if (clientOctets === 0 && isSilenceTold) return;
    const waitedMicros = shared.clock.micros() - acceptedMicros;
    const facts = { ...shared, listener, clientOctets, waitedMicros, behindStartTls, version };
    const text = clientFailure(code, facts);
    if (text !== undefined && !options.isStopped())
      shared.onNotice({ level: "warning", text, connection: id });
  }

  /** Told while it waits: most people look before it gives up. */
  function tellWaiting(): void {
    if (options.isStopped()) return;
    isSilenceTold = true;
    shared.onNotice({ level: "warning", text: waitingText({ ...shared, listener }), connection: id });
  }

  function tellSilence(why: string | undefined): void {
    if (why === undefined)
      tellNotShaken({
        kind: "notShaken",
        code: "ETIMEDOUT",
        message: "the client said too little, too late",
      });
    else if (!isSilenceTold && !options.isStopped())
      shared.onNotice({ level: "warning", text: why, connection: id });
  }

  return {
    watch,
    secure,
    protocols: () => hello?.protocols.filter((name) => name === IMAP_PROTOCOL).slice(0, 1) ?? [],
    tellSilence,
  };
}

/** Whatever the reason of its end is: it is of a client that does not know that it is to begin. */
const SAID_NOTHING = "the client said nothing at all, although TLS begins with its word";
