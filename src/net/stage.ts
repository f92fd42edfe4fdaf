/** What the stages of one connection share: its sockets, where its facts and notices go, and how it ends. */
import type { Socket } from "node:net";
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
  readonly stopReason: () => string | undefined;
  /** Relays until both legs are closed. */
  readonly relay: (options: StageRelayOptions) => Promise<Ending>;
  /** The upstream cannot be had: the client gets its handshake all the same, and then the reason. */
  readonly refuse: (failure: UpstreamFailure, clientTls: boolean) => Promise<Ended>;
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

/** @param id the connection's, of which `raw` is the client's socket that was accepted just now */
export function createTelling(
  { raw, listener, tap }: Pick<Stage, "raw" | "listener" | "tap">,
  id: number,
  { clock, onNotice }: Pick<Surroundings, "clock" | "onNotice">,
): Telling {
  const acceptedMicros = clock.micros();
  const client = formatHostPort(plainAddress(raw.remoteAddress), raw.remotePort ?? 0);
  let opened = false;
  const serverTls = ({ tls }: ServerLeg) =>
    tls && tlsEvent(tls.socket, { connection: id, atMicros: clock.micros(), leg: "server" }, tls);
  return {
    open: (way) => {
      if (opened) return;
      opened = true;
      tap.take({
        kind: "open",
        connection: id,
        atMicros: acceptedMicros,
        client,
        listener: formatEndpoint(listener),
        upstream: upstreamOf(way),
        midway: false,
      });
    },
    tls: (server) => {
      const event = serverTls(server);
      if (event !== undefined) tap.take(event);
    },
    tlsEvent: serverTls,
    hint: ({ level, text }) => onNotice({ level, text, connection: id }),
    failure: ({ sentence, hint }) => {
      onNotice({ level: "error", text: `${capitalised(sentence)}. ${hint}`, connection: id });
      return sentence;
    },
  };
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
