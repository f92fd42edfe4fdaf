/** Listening: the places that users point their clients at, by default on the two well-known ports of this machine. */
import { createServer, type Server, type Socket } from "node:net";
import { ImapscopeError } from "../errors.ts";
import { formatEndpoint, isLoopback, type ListenerEndpoint, plainAddress } from "./endpoint.ts";
import { codeOf, HIGH_WATER_OCTETS } from "./leg-socket.ts";
import type { Notice } from "./notice.ts";

export interface Listener {
  readonly server: Server;
  /** With the port that is really bound. */
  readonly bound: ListenerEndpoint;
  /** What was asked for. */
  readonly requested: ListenerEndpoint;
}

/** One place in the user's eyes: the same port on one or more addresses. */
interface Place {
  readonly requested: ListenerEndpoint;
  readonly addresses: readonly string[];
  /** The port to take where the requested one cannot be had. */
  readonly fallbackPort: number | undefined;
}

/** Both families of loopback, because clients take `localhost` for either. */
const LOOPBACK = ["127.0.0.1", "::1"];

const DEFAULT_PLACES: readonly Place[] = [
  {
    requested: { scheme: "imaps", host: "127.0.0.1", port: 993 },
    addresses: LOOPBACK,
    fallbackPort: 1993,
  },
  {
    requested: { scheme: "imap", host: "127.0.0.1", port: 143 },
    addresses: LOOPBACK,
    fallbackPort: 1143,
  },
];

/** A free port of one family may be taken in the other; then another one is tried. */
const FREE_PORT_ATTEMPTS = 5;

const NOT_TO_BE_HAD = new Map([
  ["EADDRINUSE", "the port is taken"],
  ["EACCES", "the port is not permitted"],
  ["EADDRNOTAVAIL", "this machine does not have that address"],
  ["ENOTFOUND", "the name cannot be found"],
]);

export interface ListenOptions {
  /** `undefined` for the default places. */
  readonly endpoints: readonly ListenerEndpoint[] | undefined;
  /** Does not keep the process running by itself; the clients that have come do. */
  readonly unref?: boolean | undefined;
  readonly onSocket: (socket: Socket, listener: ListenerEndpoint) => void;
  readonly onNotice: (notice: Notice) => void;
  /** Gets what may come for every client: that one could not be accepted. */
  readonly onNotAccepted: (notice: Notice) => void;
  /** Takes a free port where the one of an endpoint cannot be had. */
  readonly orFreePort?: boolean | undefined;
}

/**
 * Binds all places, or none.
 * @throws ImapscopeError ERR_LISTENER_UNAVAILABLE
 */
export async function listen(options: ListenOptions): Promise<Listener[]> {
  const listeners: Listener[] = [];
  try {
    const fallbackPort = options.orFreePort === true ? 0 : undefined;
    const places = options.endpoints?.map((endpoint) => placeOf(endpoint, fallbackPort));
    for (const place of places ?? DEFAULT_PLACES) {
      listeners.push(...(await bindPlace(place, options)));
    }
    return listeners;
  } catch (error) {
    await closeAll(listeners);
    throw error;
  }
}

/** Stops accepting; settles when no connection is left. */
export async function closeAll(listeners: readonly Listener[]): Promise<void> {
  await Promise.all(
    listeners.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve()))),
  );
}

function placeOf(requested: ListenerEndpoint, fallbackPort: number | undefined): Place {
  const addresses = requested.host === "localhost" ? LOOPBACK : [requested.host];
  return { requested, addresses, fallbackPort };
}

async function bindPlace(place: Place, options: ListenOptions): Promise<Listener[]> {
  const { requested, fallbackPort } = place;
  let failure: Error;
  try {
    return warned(await bindAddresses(place, requested.port, options), options);
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const reason = NOT_TO_BE_HAD.get(codeOf(failure)) ?? failure.message;
  if (fallbackPort === undefined || !["EADDRINUSE", "EACCES"].includes(codeOf(failure))) {
    throw unavailable(requested, reason, failure);
  }
  const instead = { ...requested, port: fallbackPort };
  try {
    const listeners = await bindAddresses(place, fallbackPort, options);
    const bound = { ...instead, port: listeners[0]?.bound.port ?? fallbackPort };
    const text = `${formatEndpoint(requested)} cannot be had (${reason}); listening on ${formatEndpoint(bound)} instead.`;
    options.onNotice({ level: "info", text });
    return warned(listeners, options);
  } catch (cause) {
    throw unavailable(
      instead,
      NOT_TO_BE_HAD.get(cause instanceof Error ? codeOf(cause) : "") ?? String(cause),
      cause,
    );
  }
}

/** The same port on all addresses of a place; a family that this machine does not have is left out. */
async function bindAddresses(place: Place, port: number, options: ListenOptions): Promise<Listener[]> {
  for (let attempt = 1; ; attempt++) {
    const listeners: Listener[] = [];
    try {
      for (const host of place.addresses) {
        const samePort = listeners[0]?.bound.port ?? port;
        try {
          listeners.push(await bind({ ...place.requested, host, port: samePort }, place.requested, options));
        } catch (error) {
          if (listeners.length === 0 || !isMissingFamily(error)) throw error;
        }
      }
      return listeners;
    } catch (error) {
      await closeAll(listeners);
      if (port !== 0 || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}

function bind(
  endpoint: ListenerEndpoint,
  requested: ListenerEndpoint,
  options: ListenOptions,
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    // Not tls.createServer: that keeps its sockets at a high-water mark of one TLS record.
    const server = createServer({ allowHalfOpen: true, highWaterMark: HIGH_WATER_OCTETS });
    if (options.unref === true) server.unref();
    server.once("error", reject);
    server.listen({ host: endpoint.host, port: endpoint.port }, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : endpoint.port;
      const bound = { ...endpoint, port };
      server.off("error", reject);
      server.on("error", (error) =>
        options.onNotAccepted({
          level: "error",
          text: `${formatEndpoint(bound)} cannot accept a client: ${error.message}`,
        }),
      );
      server.on("connection", (socket) =>
        options.onSocket(socket, { ...bound, host: plainAddress(socket.localAddress) || bound.host }),
      );
      resolve({ server, bound, requested });
    });
  });
}

function warned(listeners: Listener[], { onNotice }: ListenOptions): Listener[] {
  for (const { bound } of listeners) {
    if (isLoopback(bound.host)) continue;
    const text = `${formatEndpoint(bound)} can be reached from other machines: whoever reaches it can use the upstream through imapscope, and is recorded.`;
    onNotice({ level: "warning", text });
  }
  return listeners;
}

function isMissingFamily(error: unknown): boolean {
  return error instanceof Error && ["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"].includes(codeOf(error));
}

const EXAMPLE_PORTS = { imaps: 1993, imap: 1143, socks5: 11080 } as const;

function unavailable(endpoint: ListenerEndpoint, reason: string, cause: unknown): ImapscopeError {
  const example = formatEndpoint({ ...endpoint, port: EXAMPLE_PORTS[endpoint.scheme] });
  return new ImapscopeError(
    "ERR_LISTENER_UNAVAILABLE",
    { url: formatEndpoint(endpoint), reason, example },
    { cause },
  );
}
