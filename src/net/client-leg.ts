/** TLS on the leg to the client: the handshake, and what capture and user are told of it. */
import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
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

/** The connection that it is of. */
export interface ClientLegOwner {
  readonly id: ConnectionId;
  readonly raw: Socket;
  readonly listener: ListenerEndpoint;
  readonly tap: Tap;
  readonly shared: Surroundings;
  /** Why imapscope itself has ended the connection, which explains every failure. */
  stopReason(): string | undefined;
  onLeft(): void;
}

export function createClientLeg(owner: ClientLegOwner): ClientLeg {
  return new TlsOfClient(owner);
}

class TlsOfClient implements ClientLeg {
  private readonly owner: ClientLegOwner;
  private readonly acceptedMicros: Micros;
  private putBack: (() => void) | undefined = undefined;
  private hello: ClientHello | undefined = undefined;
  private isSilenceTold = false;
  /** Octets of the client up to and with STARTTLS, where it asked for that. */
  private octetsBefore: number | undefined = undefined;
  private stopWaiting: (() => void) | undefined;

  constructor(owner: ClientLegOwner) {
    const { raw, listener, shared } = owner;
    this.owner = owner;
    this.acceptedMicros = shared.clock.micros();
    // To a plain listener a client need not say anything before it is greeted.
    this.stopWaiting =
      listener.scheme === "imap"
        ? undefined
        : watchFirstOctet(raw, shared.clientSilenceMs, () => this.tellWaiting());
  }

  watch(earlyOctets?: number): void {
    const { owner } = this;
    const { raw } = owner;
    if (earlyOctets !== undefined) this.octetsBefore = raw.bytesRead - earlyOctets;
    if (this.putBack !== undefined) return;
    const read = createClientHelloReader();
    const look = (bytes: Uint8Array): void => {
      const reading = read(bytes);
      if (reading.kind === "hello") this.hello = reading;
    };
    this.putBack = readAhead(raw, () => owner.onLeft(), look);
  }

  async secure(
    upstreamCertificate: X509Certificate | undefined,
    before?: (isShaken: boolean) => void,
  ): Promise<LegSocket | undefined> {
    const { id, raw, tap, shared } = this.owner;
    const { contextFor, handshakeTimeoutMs: timeoutMs } = shared;
    const { onKeys } = shared.tls;
    const { hello } = this;
    this.putBack?.();
    this.putBack = undefined;
    this.hello = undefined;
    let shaken: Shaken | NotShaken | undefined;
    try {
      shaken = await shakeHands(raw, { contextFor, upstreamCertificate, timeoutMs, hello, onKeys });
    } finally {
      this.stopWaiting?.();
      this.stopWaiting = undefined;
      before?.(shaken?.kind === "shaken");
    }
    if (shaken.kind === "notShaken") {
      this.tellNotShaken(shaken);
      return undefined;
    }
    const where = { connection: id, atMicros: shared.clock.micros(), leg: "client" } as const;
    tap.take(tlsEvent(shaken.socket, where, shaken));
    return { stream: shaken.socket, raw };
  }

  private tellNotShaken({ code, message, version }: NotShaken): void {
    const { id, raw, listener, tap, shared } = this.owner;
    const { octetsBefore } = this;
    const clientOctets = raw.bytesRead;
    const behindStartTls = octetsBefore !== undefined;
    if (octetsBefore !== undefined && isClearText(code)) tap.dropped("client", clientOctets - octetsBefore);
    tap.error("client", code, clientOctets === 0 ? SAID_NOTHING : message);
    if (clientOctets === 0 && this.isSilenceTold) return;
    const waitedMicros = shared.clock.micros() - this.acceptedMicros;
    const facts = { ...shared, listener, clientOctets, waitedMicros, behindStartTls, version };
    const text = clientFailure(code, facts);
    if (text !== undefined && this.owner.stopReason() === undefined)
      shared.onNotice({ level: "warning", text, connection: id });
  }

  /** Told while it waits: most people look before it gives up. */
  private tellWaiting(): void {
    const { id, listener, shared } = this.owner;
    if (this.owner.stopReason() !== undefined) return;
    this.isSilenceTold = true;
    shared.onNotice({ level: "warning", text: waitingText({ ...shared, listener }), connection: id });
  }

  tellSilence(why: string | undefined): void {
    const { id, shared } = this.owner;
    if (why === undefined)
      this.tellNotShaken({
        kind: "notShaken",
        code: "ETIMEDOUT",
        message: "the client said too little, too late",
      });
    else if (!this.isSilenceTold && this.owner.stopReason() === undefined)
      shared.onNotice({ level: "warning", text: why, connection: id });
  }

  protocols(): readonly string[] {
    return this.hello?.protocols.filter((name) => name === IMAP_PROTOCOL).slice(0, 1) ?? [];
  }
}

/** Whatever the reason of its end is: it is of a client that does not know that it is to begin. */
const SAID_NOTHING = "the client said nothing at all, although TLS begins with its word";
