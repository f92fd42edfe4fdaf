/**
 * The first stage of a connection: where its client wants to go. A listener with one upstream asks nothing, so that
 * dialling begins at once; else the client's first octets tell, its ClientHello or what it says to a SOCKS5 proxy.
 */
import type { Socket } from "node:net";
import { askedName, type Opening, opensWithTls, readOpening } from "./client-opening.ts";
import type { ListenerEndpoint } from "./endpoint.ts";
import type { Intercept, PassThrough, Routes, Way } from "./routes.ts";
import { createSocksServer, SOCKS_REPLY, type SocksOutcome, type SocksReply, socksReply } from "./socks5.ts";

export interface Arrived {
  readonly kind: "arrived";
  readonly way: Way;
  /** Whether the client speaks TLS at once; to be asked when it can know that it may speak. */
  readonly beginsWithTls: () => boolean | Promise<boolean>;
  /** The client waits to hear whether its destination was reached: `undefined`, or the code of the failure. */
  readonly answer?: (failure: string | undefined) => void;
  /** The way is to an address: the name that the client asks for, once it was answered, makes another of it. */
  readonly refine?: (way: Intercept) => Promise<Intercept | PassThrough>;
}

/** It wants nothing that there is, or has gone without saying what. */
export interface Turned {
  readonly kind: "silent" | "left" | "stranger";
  /** What the user is told. */
  readonly why?: string;
}

export type Arrival = Arrived | Turned;

export interface ArrivalOptions {
  readonly routes: Routes;
  readonly timeoutMs: number;
}

type Stage = (raw: Socket, options: ArrivalOptions) => Arrival | Promise<Arrival>;

const STAGES: Readonly<Record<ListenerEndpoint["scheme"], Stage>> = {
  imaps: (raw, options) => {
    const { routes } = options;
    if (routes.dependOnName) return byName(raw, options);
    return { kind: "arrived", way: routes.byName(undefined), beginsWithTls: () => true };
  },
  imap: async (raw, options) => {
    const { routes } = options;
    const begins = opensWithTls(raw);
    if (routes.dependOnName && (await begins)) return byName(raw, options);
    return { kind: "arrived", way: routes.byName(undefined), beginsWithTls: () => begins };
  },
  socks5: bySocks,
};

/** Never rejects. */
export async function arrive(
  raw: Socket,
  scheme: ListenerEndpoint["scheme"],
  options: ArrivalOptions,
): Promise<Arrival> {
  return STAGES[scheme](raw, options);
}

async function byName(raw: Socket, { routes, timeoutMs }: ArrivalOptions): Promise<Arrival> {
  const opening = await askedName(raw, timeoutMs);
  if (opening.kind !== "read") return opening;
  return { kind: "arrived", way: routes.byName(opening.value), beginsWithTls: () => true };
}

async function bySocks(raw: Socket, { routes, timeoutMs }: ArrivalOptions): Promise<Arrival> {
  const take = createSocksServer();
  const opening: Opening<SocksOutcome> = await readOpening(raw, timeoutMs, (bytes) => {
    const { answer, outcome } = take(bytes);
    if (answer.length > 0 && raw.writable) raw.write(answer);
    if (outcome === undefined) return undefined;
    return { value: outcome, back: outcome.kind === "request" ? outcome.rest : new Uint8Array(0) };
  });
  if (opening.kind === "silent") return { kind: "silent", why: SILENT };
  if (opening.kind !== "read") return opening;
  const outcome = opening.value;
  if (outcome.kind !== "request") return { kind: "stranger", why: strangerText(outcome) };
  const way = routes.byDestination(outcome.destination);
  const tlsAtOnce =
    outcome.destination.port !== 143 && way.kind === "intercept" && way.upstream.scheme === "imaps";
  return {
    kind: "arrived",
    way,
    beginsWithTls: () => tlsAtOnce || opensWithTls(raw),
    answer: (failure) => {
      if (raw.writable)
        raw.write(socksReply(failure === undefined ? SOCKS_REPLY.succeeded : replyOf(failure)));
    },
    refine: async (intercept) => {
      if (!tlsAtOnce || !routes.isMereAddress(intercept)) return intercept;
      const asked = await askedName(raw, timeoutMs);
      return routes.named(intercept, asked.kind === "read" ? asked.value : undefined);
    },
  };
}

const REPLIES: ReadonlyMap<string, SocksReply> = new Map([
  ["ECONNREFUSED", SOCKS_REPLY.refused],
  ["ENETUNREACH", SOCKS_REPLY.networkUnreachable],
  ["EHOSTUNREACH", SOCKS_REPLY.hostUnreachable],
  ["EADDRNOTAVAIL", SOCKS_REPLY.hostUnreachable],
  ["ENOTFOUND", SOCKS_REPLY.hostUnreachable],
  ["EAI_AGAIN", SOCKS_REPLY.hostUnreachable],
  ["ETIMEDOUT", SOCKS_REPLY.hostUnreachable],
  ["IMAPSCOPE_OWN_LISTENER", SOCKS_REPLY.notAllowed],
  ["IMAPSCOPE_NO_UPSTREAM", SOCKS_REPLY.notAllowed],
]);

function replyOf(code: string): SocksReply {
  return REPLIES.get(code) ?? SOCKS_REPLY.failure;
}

const SILENT =
  "The client has not said to the SOCKS5 listener where it wants to go: set this address as its SOCKS 5 proxy, not as its mail server.";

/** What clients say that take the listener for something else, by their first octet. */
const STRANGERS: ReadonlyMap<number, string> = new Map([
  [0x04, "speaks SOCKS4: set its proxy to SOCKS 5"],
  [0x16, "speaks TLS: set this address as its SOCKS 5 proxy, not as its mail server"],
  [0x43, "speaks HTTP: set this address as its SOCKS 5 proxy, not as its HTTP proxy"],
  [0x47, "speaks HTTP: set this address as its SOCKS 5 proxy, not as its HTTP proxy"],
]);

function strangerText(outcome: Exclude<SocksOutcome, { kind: "request" }>): string {
  if (outcome.kind === "refused") return `The client was refused by the SOCKS5 listener: ${outcome.why}.`;
  const what =
    STRANGERS.get(outcome.firstOctet) ?? "does not speak SOCKS5: set this address as its SOCKS 5 proxy";
  return `The client ${what}.`;
}
