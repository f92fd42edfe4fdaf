/** Listeners of a replay, and a connection for each client. */
import type { Micros } from "../core/base/time.ts";
import type { Player } from "../core/replay/player.ts";
import { type ContextFor, createClientContexts } from "./client-context.ts";
import { startClock } from "./clock.ts";
import { connectionsFor, descriptorLimit } from "./descriptors.ts";
import { formatEndpoint, type ListenerEndpoint } from "./endpoint.ts";
import { createFairTurns } from "./fair-turns.ts";
import { closeAll, listen } from "./listener.ts";
import type { Notice } from "./notice.ts";
import type { Listening } from "./proxy.ts";
import { openReplayConnection, type ReplayConnection } from "./replay-connection.ts";
import { seldom } from "./seldom.ts";
import { createServed } from "./served.ts";
import type { ServerOctets } from "./server-octets.ts";
import { crowdNotice, turnAway } from "./turn-away.ts";

/** What of a client the player has to know. */
export interface Client {
  /** Numbers the clients from 1. */
  readonly client: number;
  readonly tls: boolean;
  /** When it connected, or its TLS was there. */
  readonly atMicros: Micros;
}

export interface ReplayServerOptions {
  readonly listeners: readonly ListenerEndpoint[];
  readonly createPlayer: (client: Client) => Player;
  readonly octets: ServerOctets;
  readonly contextFor: ContextFor;
  /** Times as recorded at 1, twice as fast at 2; without waiting where it is left out. */
  readonly speed?: number | undefined;
  /** For the TLS handshake; 60 s by default. */
  readonly handshakeTimeoutMs?: number | undefined;
  /**
   * Until a client that says and reads nothing is let go, and `served` waits no longer for a first one; 30 minutes by default
   * (RFC 9051 §5.4).
   */
  readonly idleTimeoutMs?: number | undefined;
  /** Whether the listeners keep the process running while nobody waits for `served`. */
  readonly keepAlive?: boolean | undefined;
  /** For a connection to end in order before it is cut off; 2 s by default. */
  readonly graceMs?: number | undefined;
  /** Clients at once, by default what there are file descriptors for; further ones are turned away. */
  readonly maximumConnections?: number | undefined;
  /** Clients that will come and say something, and how long the next of them may take; 30 s by default. */
  readonly clients: number;
  readonly silenceMs?: number | undefined;
  /** How a client's connection ended, in a sentence. */
  readonly onEnded: (end: {
    readonly client: number;
    readonly atMicros: Micros;
    readonly how: string;
  }) => void;
  /** A client let the time pass, or none came in time; a sentence. */
  readonly onTimeout: (what: string) => void;
  readonly onNotice: (notice: Notice) => void;
}

export interface ReplayServer {
  readonly listening: readonly Listening[];
  readonly openConnections: () => number;
  /**
   * Resolves when none is left and those were served that were expected, or some and nobody else has come for long, or none came
   * in time.
   */
  readonly served: () => Promise<void>;
  /** Stops listening and ends every connection; settles when all are closed. */
  readonly close: () => Promise<void>;
}

/** @throws ImapscopeError ERR_LISTENER_UNAVAILABLE */
export async function startReplayServer(options: ReplayServerOptions): Promise<ReplayServer> {
  const clock = startClock();
  const contextFor = createClientContexts(options.contextFor);
  const connections = new Set<ReplayConnection>();
  const turns = createFairTurns();
  const maximum = options.maximumConnections ?? connectionsFor(descriptorLimit(), 1);
  const tellCrowd = seldom(clock, options.onNotice);
  const tellNotAccepted = seldom(clock, options.onNotice);
  const idleTimeoutMs = options.idleTimeoutMs ?? 30 * 60_000;
  const served = createServed({ clients: options.clients, silenceMs: options.silenceMs ?? 30_000 });
  let clients = 0;

  const listeners = await listen({
    endpoints: options.listeners,
    unref: options.keepAlive !== true,
    onNotice: options.onNotice,
    onNotAccepted: (notice) => tellNotAccepted(() => notice),
    onSocket: (socket, listener) => {
      if (connections.size >= maximum) {
        turnAway(socket, listener);
        tellCrowd((times) => crowdNotice(listener, maximum, times));
        return;
      }
      const client = ++clients;
      const secure = listener.scheme === "imaps";
      const connection = openReplayConnection(socket, {
        secure,
        createPlayer: () => options.createPlayer({ client, tls: secure, atMicros: clock.micros() }),
        octets: options.octets,
        contextFor,
        speed: options.speed,
        ...{ clock, turns },
        handshakeTimeoutMs: options.handshakeTimeoutMs ?? 60_000,
        idleTimeoutMs,
        onTimeout: () => options.onTimeout(`A client said nothing for ${seconds(idleTimeoutMs)}.`),
        graceMs: options.graceMs ?? 2000,
      });
      connections.add(connection);
      served.opened();
      void connection.done.then((failure) => {
        connections.delete(connection);
        const how = failure === undefined ? "The connection ended in order." : `It ended: ${failure}.`;
        served.closed(socket.bytesRead > 0);
        options.onEnded({ client, atMicros: clock.micros(), how });
        if (failure === undefined) return;
        options.onNotice({ level: "warning", text: how, connection: client });
      });
    },
  });

  async function idle(): Promise<void> {
    while (connections.size > 0) await Promise.all([...connections].map(({ done }) => done));
  }

  return {
    listening: listeners.map(({ bound, requested }) => ({
      url: formatEndpoint(bound),
      requested: formatEndpoint(requested),
    })),
    openConnections: () => connections.size,
    served: async () => {
      // It holds the process by itself: a listener that does not would let it end here.
      const late = setTimeout(() => {
        if (clients > 0) return;
        options.onTimeout(`No client came in ${seconds(idleTimeoutMs)}.`);
        served.end();
      }, idleTimeoutMs);
      await served.over;
      clearTimeout(late);
      await idle();
    },
    close: async () => {
      const stopped = closeAll(listeners);
      served.end();
      for (const connection of connections) connection.stop("the replay ends");
      await idle();
      await stopped;
    },
  };
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
