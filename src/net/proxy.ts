/** The proxy: listeners in front, one upstream behind, and a connection for each client. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Intake } from "../core/intake.ts";
import { type ContextFor, createClientContexts } from "./client-context.ts";
import { type Clock, startClock } from "./clock.ts";
import { type Connection, openConnection } from "./connection.ts";
import { type Cost, createCostMeter } from "./cost.ts";
import { connectionsFor, descriptorLimit } from "./descriptors.ts";
import { createDiallers } from "./diallers.ts";
import { type Endpoint, formatEndpoint, type HostPort, type ListenerEndpoint } from "./endpoint.ts";
import { closeAll, type Listener, listen } from "./listener.ts";
import type { Notice } from "./notice.ts";
import { ownListenerTest } from "./own-listener.ts";
import type { ProxyProtocol } from "./proxy-header.ts";
import { createRest } from "./rest.ts";
import { createRoutes, type HostPattern, type Route } from "./routes.ts";
import { seldom } from "./seldom.ts";
import type { Surroundings } from "./surroundings.ts";
import type { TlsSettings } from "./tls-settings.ts";
import { crowdNotice, turnAway } from "./turn-away.ts";

export interface ProxyOptions {
  /** For every client that no route is for; without it, such clients are refused. */
  readonly upstream?: Endpoint | undefined;
  /** Other upstreams, by the name that a client asks for, or by the destination that it gives. */
  readonly routes?: readonly Route[] | undefined;
  /** Names and destinations that are not intercepted: octets go to and fro as they are. */
  readonly passThrough?: readonly HostPattern[] | undefined;
  /**
   * Where to listen. By default imaps on 993 and imap on 143 of 127.0.0.1 and ::1, and where those ports cannot be had,
   * 1993 and 1143, which is told by a notice.
   */
  readonly listeners?: readonly ListenerEndpoint[] | undefined;
  /** The listeners do not keep the process running. */
  readonly unref?: boolean | undefined;
  /** Dial here instead; the upstream's name still serves SNI and verification. */
  readonly connect?: HostPort | undefined;
  /** Takes a free port where the one of a listener cannot be had, which is told by a notice. */
  readonly orFreePort?: boolean | undefined;
  /** Versions, keys and imapscope's own certificate; on both legs, where they apply. */
  readonly tls?: TlsSettings | undefined;
  /** Does not verify the upstream's certificate, and takes outdated TLS. */
  readonly insecure?: boolean | undefined;
  /** PEM of CAs to trust besides the well-known ones. */
  readonly upstreamCa?: string | undefined;
  /** Tells the upstreams of intercepted connections who their client is. */
  readonly proxyProtocol?: ProxyProtocol | undefined;
  /** Lets what a client sent over TLS go to a plain upstream that is not on this machine. */
  readonly plainUpstream?: boolean | undefined;
  /**
   * Offers STARTTLS to plain clients although the server, which is reached over TLS, does not: its lists of capabilities
   * are altered. Off by default, since some clients take it wherever it is offered, and then ask for a trusted certificate.
   */
  readonly offerStartTls?: boolean | undefined;
  /** For name and TCP of the upstream, and again for TLS; 20 s by default. */
  readonly connectTimeoutMs?: number | undefined;
  /** For the client's TLS handshake; 60 s by default. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** For a leg to end in order before it is cut off; 2 s by default. */
  readonly graceMs?: number | undefined;
  /** For the server's first octet, and for its TLS, until the user is told that it is silent; 10 s by default. Nothing else comes of it. */
  readonly silenceMs?: number | undefined;
  /** For the first octet of a client that has to begin TLS, until the user is told that it waits in vain; 5 s by default. */
  readonly clientSilenceMs?: number | undefined;
  /** Connections at once, by default what there are file descriptors for; further clients are turned away. */
  readonly maximumConnections?: number | undefined;
  /** What each connection needs of them: its two sockets by default. */
  readonly descriptorsPerConnection?: number | undefined;
  /** What is needed of them for anything else; 0 by default. */
  readonly otherDescriptors?: number | undefined;
  /** By default one that starts now. */
  readonly clock?: Clock | undefined;
  /** Certificates for the client leg. */
  readonly contextFor: ContextFor;
  /** The CA's file, to be named in notices. */
  readonly caPath?: string | undefined;
  /** Asked after each read: reading goes on when the promise it gives, if it gives one, settles. */
  readonly hold?: (() => Promise<void> | undefined) | undefined;
  /** Gets every fact of a connection, in the order of arrival. */
  readonly createIntake: (connection: ConnectionId) => Intake;
  readonly onNotice: (notice: Notice) => void;
}

export interface Listening {
  /** With the port that is really bound. */
  readonly url: string;
  /** What was asked for; another port in `url` is a fallback or a free one. */
  readonly requested: string;
}

export interface ProxyStatistics {
  readonly openConnections: number;
  readonly allConnections: number;
  /** The proxy's own cost over all connections. */
  readonly cost: Cost;
  /** The same for each open connection. */
  readonly connections: readonly { readonly connection: ConnectionId; readonly cost: Cost }[];
}

export interface RunningProxy {
  readonly listening: readonly Listening[];
  readonly clock: Clock;
  readonly statistics: () => ProxyStatistics;
  /** Gives on what was relayed and has not been looked at, at once: for a process that is about to die. */
  readonly catchUp: () => void;
  /** Stops listening and ends every connection in order; settles when all are closed and told. */
  readonly close: () => Promise<void>;
}

const neverHolds = (): undefined => undefined;

/**
 * Starts a proxy; when this settles, clients can connect.
 * @throws ImapscopeError ERR_LISTENER_UNAVAILABLE, ERR_UPSTREAM_CA_INVALID
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const clock = options.clock ?? startClock();
  const totalCost = createCostMeter();
  const connections = new Map<ConnectionId, Connection>();
  const maximum =
    options.maximumConnections ??
    connectionsFor(
      descriptorLimit() - (options.otherDescriptors ?? 0),
      options.descriptorsPerConnection ?? 2,
    );
  const tellCrowd = seldom(clock, options.onNotice);
  const tellNotAccepted = seldom(clock, options.onNotice);
  let listeners: readonly Listener[] = [];
  let accepted = 0;
  let closing: Promise<void> | undefined;

  const shared: Surroundings = {
    routes: createRoutes({
      upstream: options.upstream,
      connect: options.connect,
      routes: options.routes ?? [],
      passThrough: options.passThrough ?? [],
    }),
    diallers: createDiallers({
      insecure: options.insecure ?? false,
      upstreamCa: options.upstreamCa,
      tls: options.tls,
      timeoutMs: options.connectTimeoutMs ?? 20_000,
      isOwnListener: ownListenerTest(() =>
        listeners.map(({ bound }) => ({ address: bound.host, port: bound.port })),
      ),
    }),
    contextFor: createClientContexts(options.contextFor, options.tls),
    tls: options.tls ?? {},
    clock,
    rest: createRest(),
    totalCost,
    proxyProtocol: options.proxyProtocol,
    plainUpstream: options.plainUpstream ?? false,
    clearTold: new WeakMap(),
    offerStartTls: options.offerStartTls ?? false,
    handshakeTimeoutMs: options.handshakeTimeoutMs ?? 60_000,
    graceMs: options.graceMs ?? 2000,
    silenceMs: options.silenceMs ?? 10_000,
    clientSilenceMs: options.clientSilenceMs ?? 5000,
    caPath: options.caPath,
    createIntake: options.createIntake,
    hold: options.hold ?? neverHolds,
    onNotice: options.onNotice,
  };

  async function close(): Promise<void> {
    const stopped = closeAll(listeners);
    for (const connection of connections.values()) connection.stop("imapscope is shutting down");
    await Promise.all([...connections.values()].map(({ done }) => done));
    await stopped;
  }

  listeners = await listen({
    endpoints: options.listeners,
    unref: options.unref,
    onNotice: options.onNotice,
    orFreePort: options.orFreePort,
    onNotAccepted: (notice) => tellNotAccepted(() => notice),
    onSocket: (socket, listener) => {
      if (connections.size >= maximum) {
        turnAway(socket, listener);
        tellCrowd((times) => crowdNotice(listener, maximum, times));
        return;
      }
      const connection = openConnection(socket, { id: ++accepted, listener }, shared);
      connections.set(connection.id, connection);
      void connection.done.then(() => connections.delete(connection.id));
      if (closing !== undefined) connection.stop("imapscope is shutting down");
    },
  });

  if (options.insecure === true && options.upstream?.scheme !== "imap") {
    const text =
      "The upstream's certificate is not verified (--insecure): whoever is in between can read and alter everything.";
    options.onNotice({ level: "warning", text });
  }
  return {
    listening: listeners.map(({ bound, requested }) => ({
      url: formatEndpoint(bound),
      requested: formatEndpoint(requested),
    })),
    clock,
    statistics: () => ({
      openConnections: connections.size,
      allConnections: accepted,
      cost: totalCost.read(),
      connections: [...connections.values()].map((each) => ({ connection: each.id, cost: each.cost() })),
    }),
    catchUp: shared.rest.catchUp,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
