/** What the stages of one connection share: its sockets, where its facts and notices go, and how it ends. */
import type { Socket } from "node:net";
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { TlsEvent } from "../core/wire/event.ts";
import type { ClientLeg } from "./client-leg.ts";
import { formatEndpoint, formatHostPort, type ListenerEndpoint, plainAddress } from "./endpoint.ts";
import { capitalised, type Hint } from "./hints.ts";
import type { LegSocket } from "./leg-socket.ts";
import type { Ending, RelayOptions } from "./relay-options.ts";
import type { Way } from "./routes.ts";
import type { StopSignal } from "./stop-signal.ts";
import type { Surroundings } from "./surroundings.ts";
import type { RelayTap } from "./tap.ts";
import { tlsEvent } from "./tls-facts.ts";
import type { ServerLeg } from "./upstream.ts";
import type { UpstreamFailure } from "./upstream-failure.ts";

/** How a connection ended, and through whom. */
export type Ended = Omit<Ending, "octets">;

export interface Stage {
  readonly raw: Socket;
  /** The client's leg without TLS. */
  readonly accepted: LegSocket;
  readonly listener: ListenerEndpoint;
  readonly tap: RelayTap;
  readonly clientLeg: ClientLeg;
  readonly telling: Telling;
  readonly shared: Surroundings;
  /** Aborted when the client is gone or the proxy stops: nothing is to be dialled or asked any more. */
  readonly signal: StopSignal;
  /** Why imapscope itself ended the connection, if it did. */
  stopReason(): string | undefined;
  /** Relays until both legs are closed. */
  relay(options: StageRelayOptions): Promise<Ending>;
  /** The upstream cannot be had: the client gets its handshake all the same, and then the reason. */
  refuse(failure: UpstreamFailure, clientTls: boolean): Promise<Ended>;
}

/** What differs between relays. */
export type StageRelayOptions = Pick<
  RelayOptions,
  "client" | "server" | "tap" | "greeting" | "speaks" | "startTls" | "onSilentServer"
>;

export interface Telling {
  /** The client was accepted, and its way is known, or will not be. Only the first call tells. */
  readonly open: (way: Way | undefined) => void;
  readonly tls: (server: ServerLeg) => void;
  /** What `tls` tells, as it is now, for who has something to tell before it. */
  readonly tlsEvent: (server: ServerLeg) => TlsEvent | undefined;
  readonly hint: (hint: Hint) => void;
  /** Tells the user of an upstream that cannot be had; returns what the client is told. */
  readonly failure: (failure: UpstreamFailure) => string;
}

/** What of a connection is told; its client's socket was accepted just now. */
export type Told = Pick<Stage, "raw" | "listener" | "tap"> & {
  readonly id: ConnectionId;
  readonly shared: Pick<Surroundings, "clock" | "onNotice">;
};

export function createTelling(told: Told): Telling {
  return new TellingOnce(told);
}

class TellingOnce implements Telling {
  private readonly told: Told;
  private readonly acceptedMicros: Micros;
  /** Asked at once: of a socket that is gone nothing can be asked. */
  private readonly client: string;
  private opened = false;

  constructor(told: Told) {
    const { raw, shared } = told;
    this.told = told;
    this.acceptedMicros = shared.clock.micros();
    this.client = formatHostPort(plainAddress(raw.remoteAddress), raw.remotePort ?? 0);
  }

  open(way: Way | undefined): void {
    const { id, listener, tap } = this.told;
    if (this.opened) return;
    this.opened = true;
    tap.take({
      kind: "open",
      connection: id,
      atMicros: this.acceptedMicros,
      client: this.client,
      listener: formatEndpoint(listener),
      upstream: upstreamOf(way),
      midway: false,
    });
  }

  tls(server: ServerLeg): void {
    const event = this.tlsEvent(server);
    if (event !== undefined) this.told.tap.take(event);
  }

  tlsEvent({ tls }: ServerLeg): TlsEvent | undefined {
    const { id, shared } = this.told;
    return (
      tls && tlsEvent(tls.socket, { connection: id, atMicros: shared.clock.micros(), leg: "server" }, tls)
    );
  }

  hint({ level, text }: Hint): void {
    this.told.shared.onNotice({ level, text, connection: this.told.id });
  }

  failure({ sentence, hint }: UpstreamFailure): string {
    this.hint({ level: "error", text: `${capitalised(sentence)}. ${hint}` });
    return sentence;
  }
}

function upstreamOf(way: Way | undefined): string {
  switch (way?.kind) {
    case "intercept":
      return formatEndpoint(way.upstream);
    case "passThrough":
      return `tcp://${formatHostPort(way.to.host, way.to.port)}`;
    default:
      return "";
  }
}
