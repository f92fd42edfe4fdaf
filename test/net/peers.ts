/** Peers for the tests of net: upstreams with certificates of every kind, clients, and what a proxy told. */
import { createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import * as tls from "node:tls";
import { type Issuer, issueAuthority, issueLeaf, keyIdentifierOf } from "../../src/ca/certificate.ts";
import { parseHostName } from "../../src/ca/host-name.ts";
import { createLeafMint } from "../../src/ca/leaf.ts";
import { nameOf } from "../../src/ca/subject.ts";
import { createIntake, type Intake, NO_STARTTLS, type Taken } from "../../src/core/intake.ts";
import type { Observation } from "../../src/core/observation.ts";
import { createObserver } from "../../src/core/observe.ts";
import type { DataEvent, WireEvent } from "../../src/core/wire/event.ts";
import { type Endpoint, parseListener } from "../../src/net/endpoint.ts";
import type { Notice } from "../../src/net/notice.ts";
import { type ProxyOptions, type RunningProxy, startProxy } from "../../src/net/proxy.ts";

import type { Dialler } from "../../src/net/upstream.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const days = (count: number) => new Date(Date.now() + count * DAY_MS);

/** A CA in memory, quick to make. */
export function makeCa(commonName: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subject = nameOf([{ type: "CN", value: commonName }]);
  const validity = { notBefore: days(-2), notAfter: days(100) };
  const pem = issueAuthority({ subject, publicKey, privateKey, validity });
  const issuer: Issuer = { name: subject, privateKey, keyIdentifier: keyIdentifierOf(publicKey) };
  return { pem, issuer };
}

/** The CA of upstreams, and the one of imapscope. */
export const upstreamCa = makeCa("Upstream CA");
export const scopeCa = makeCa("Test imapscope CA");
const leafKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });

export const contextFor = createLeafMint({
  issuer: scopeCa.issuer,
  keys: [leafKeys],
  notAfter: days(100),
  now: Date.now,
});

/** Key and certificate of an upstream. */
export function upstreamLeaf(options: {
  readonly names: readonly string[];
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly issuer?: Issuer;
}) {
  const pem = leafKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const cert = issueLeaf({
    issuer: options.issuer ?? upstreamCa.issuer,
    subject: nameOf([
      { type: "O", value: "Example" },
      { type: "CN", value: options.names[0] ?? "" },
    ]),
    names: options.names.flatMap((name) => parseHostName(name) ?? []),
    publicKey: leafKeys.publicKey,
    validity: { notBefore: days(options.notBefore ?? -2), notAfter: days(options.notAfter ?? 30) },
  });
  return { key: pem, cert };
}

/** A certificate that is its own issuer. */
export function selfSigned(name: string) {
  const subject = nameOf([{ type: "CN", value: name }]);
  const publicKey = createPublicKey(leafKeys.privateKey);
  const issuer: Issuer = {
    name: subject,
    privateKey: leafKeys.privateKey,
    keyIdentifier: keyIdentifierOf(publicKey),
  };
  const cert = issueLeaf({
    issuer,
    subject,
    names: [parseHostName(name)].flatMap((each) => each ?? []),
    publicKey,
    validity: { notBefore: days(-2), notAfter: days(30) },
  });
  return { key: leafKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert };
}

/** What a test started and must be closed again. */
const opened: (() => Promise<void> | void)[] = [];

/** To be closed with everything else. */
export function closeLater(close: () => Promise<void> | void): void {
  opened.push(close);
}

/** Closes everything that a test started; for `afterEach`. */
export async function closeEverything(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close();
}

function track(server: Server): void {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
}

export type OnUpstream = (socket: Socket | tls.TLSSocket, raw: Socket) => void;

/** A plain upstream on a free port. */
export async function plainUpstream(onSocket: OnUpstream): Promise<Endpoint> {
  const server = createServer({ allowHalfOpen: true }, (socket) => onSocket(socket, socket));
  track(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { scheme: "imap", host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

/** A TLS upstream on a free port, by default with a right certificate for imap.example.org, localhost and 127.0.0.1. */
export async function tlsUpstream(
  onSocket: OnUpstream,
  identity: { key: string; cert: string } = upstreamLeaf({
    names: ["imap.example.org", "localhost", "127.0.0.1"],
  }),
  onHandshake: (socket: tls.TLSSocket) => void = () => undefined,
): Promise<Endpoint> {
  const secureContext = tls.createSecureContext({ ...identity, sessionIdContext: "upstream" });
  const server = createServer({ allowHalfOpen: true }, (raw) => {
    const socket = new tls.TLSSocket(raw, { isServer: true, secureContext, requestCert: true });
    onHandshake(socket);
    socket.on("error", () => undefined);
    socket.once("secure", () => onSocket(socket, raw));
  });
  track(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { scheme: "imaps", host: "localhost", port: (server.address() as AddressInfo).port };
}

export interface StartTlsScript {
  /** By default one that offers STARTTLS. */
  readonly greeting?: string;
  /** What to say to STARTTLS, without the tag; by default an OK behind which TLS begins. */
  readonly answer?: string;
  /** Octets behind the answer, in the same write. */
  readonly behind?: string;
  /** Octets instead of TLS, once the proxy's handshake has begun. */
  readonly instead?: string;
  readonly identity?: { key: string; cert: string };
  /** Its side of the handshake is through. */
  readonly onSecure?: (socket: tls.TLSSocket) => void;
  /** It chooses of these (ALPN). */
  readonly protocols?: readonly string[];
}

/** A plain upstream that does STARTTLS; collects what it gets before and behind the switch. */
export async function startTlsUpstream(script: StartTlsScript = {}) {
  const got = { plain: "", secure: "" };
  const identity = script.identity ?? upstreamLeaf({ names: ["localhost", "127.0.0.1"] });
  const secureContext = tls.createSecureContext({ ...identity, sessionIdContext: "upstream" });
  const { greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n", answer = "OK go" } =
    script;
  function respond(socket: Socket, raw: Socket, secure: boolean): void {
    let unfinished = "";
    const onData = (bytes: Buffer) => {
      const text = bytes.toString("latin1");
      got[secure ? "secure" : "plain"] += text;
      const lines = (unfinished + text).split("\r\n");
      unfinished = lines.pop() ?? "";
      for (const line of lines) {
        const [tag = "", name = ""] = line.split(" ");
        if (name === "STARTTLS" && !secure) {
          raw.write(`${tag} ${answer}\r\n${script.behind ?? ""}`);
          if (!answer.startsWith("OK")) continue;
          raw.off("data", onData);
          if (script.instead !== undefined) {
            raw.once("data", () => raw.write(script.instead ?? ""));
            return;
          }
          const alpn = script.protocols === undefined ? {} : { ALPNProtocols: [...script.protocols] };
          const secured = new tls.TLSSocket(raw, { isServer: true, secureContext, ...alpn });
          secured.once("secure", () => script.onSecure?.(secured));
          secured.on("error", () => undefined);
          respond(secured, raw, true);
          return;
        }
        const list = secure ? "IMAP4rev1 IDLE" : "IMAP4rev1 STARTTLS LOGINDISABLED";
        if (name === "CAPABILITY") socket.write(`* CAPABILITY ${list}\r\n`);
        if (name === "LOGOUT") socket.write("* BYE bye\r\n");
        socket.write(`${tag} OK done\r\n`);
      }
    };
    socket.on("data", onData);
    socket.on("end", () => socket.end());
  }
  const endpoint = await plainUpstream((socket, raw) => {
    socket.on("error", () => undefined);
    socket.write(greeting);
    respond(socket, raw, false);
  });
  return { upstream: { ...endpoint, host: "localhost" }, got };
}

/** A whole intake, and what comes of it in capture and on screen. */
export function observed() {
  const events: WireEvent[] = [];
  const observations: Observation[] = [];
  const observer = createObserver({ emit: (observation) => observations.push(observation) });
  const options = {
    createIntake: () =>
      createIntake({
        keepSecrets: false,
        obeysSwitch: true,
        onFailure: (error) => {
          throw error;
        },
        emit: (event) => {
          events.push(event);
          observer.take(event);
        },
      }),
  };
  const defects = () => observations.flatMap((each) => (each.kind === "defect" ? [each.defect.kind] : []));
  const exchanges = () =>
    observations.flatMap((each) =>
      each.kind === "exchange"
        ? [`${each.exchange.command.name} ${each.exchange.status ?? each.exchange.end}`]
        : [],
    );
  /** Waits for so many exchanges to be over: what was relayed is looked at when the relay is at rest. */
  const over = async (count: number): Promise<readonly string[]> => {
    while (exchanges().length < count) await new Promise((resolve) => setImmediate(resolve));
    return exchanges();
  };
  return { events, observations, options, defects, exchanges, over };
}

/** Dials, and makes the leg ready, as a connection does. */
export async function dialWith(dialler: Dialler, abort = new AbortController()) {
  const { signal } = abort;
  const leg = await dialler.connect(signal);
  return leg.kind === "failed" ? leg : dialler.complete(leg, signal);
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A greeting, and an echo of everything that comes. */
export const greetAndEcho: OnUpstream = (socket) => {
  socket.write("* OK ready\r\n");
  socket.on("data", (bytes) => socket.write(bytes));
  socket.on("end", () => socket.end());
  socket.on("error", () => undefined);
};

export interface Told {
  readonly proxy: RunningProxy;
  readonly events: WireEvent[];
  readonly notices: Notice[];
  readonly port: (scheme: "imaps" | "imap" | "socks5") => number;
}

export const SILENT: Taken = { consumed: 0, switch: undefined };

/** An intake that keeps all events. */
export function keepingIntake(events: WireEvent[]): Intake {
  return {
    take: (event) => {
      events.push(event.kind === "data" ? { ...event, bytes: Uint8Array.from(event.bytes) } : event);
      return { consumed: event.kind === "data" ? event.bytes.length : 0, switch: undefined };
    },
    serverFrame: () => "border",
    startTlsState: () => NO_STARTTLS,
  };
}

/** A proxy before an upstream, on free ports of 127.0.0.1, with all it tells. */
export async function proxyFor(
  upstream: Endpoint | undefined,
  options: Partial<ProxyOptions> = {},
): Promise<Told> {
  const events: WireEvent[] = [];
  const notices: Notice[] = [];
  const proxy = await startProxy({
    upstream,
    listeners: [parseListener("imaps://127.0.0.1:0"), parseListener("imap://127.0.0.1:0")],
    upstreamCa: upstreamCa.pem,
    // To ask how many connections there may be takes 5 ms.
    maximumConnections: 1000,
    graceMs: 500,
    contextFor,
    caPath: "imapscope-ca.pem",
    createIntake: () => keepingIntake(events),
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  opened.push(() => proxy.close());
  const port = (scheme: string) => {
    const listening = proxy.listening.find(({ url }) => url.startsWith(`${scheme}://`));
    return Number(listening?.url.split(":").at(-1));
  };
  return { proxy, events, notices, port };
}

export function plainClient(port: number): Socket {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => undefined);
  opened.push(() => void socket.destroy());
  return socket;
}

/** A client that trusts imapscope's CA alone; `raw` is the socket beneath. */
export function tlsClient(port: number, options: tls.ConnectionOptions = {}) {
  const raw = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  raw.on("error", () => undefined);
  const socket = tls.connect({ socket: raw, host: "127.0.0.1", ca: scopeCa.pem, ...options });
  socket.on("error", () => undefined);
  opened.push(() => void socket.destroy());
  return { socket, raw };
}

/** Everything that a socket gives until its end, as text. */
export async function allText(socket: Socket): Promise<string> {
  return Buffer.from(await allOctets(socket)).toString("latin1");
}

export async function allOctets(socket: Socket): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.resume();
  await once(socket, "end");
  return Buffer.concat(chunks);
}

/** Waits until the text received so far contains `expected`; gives all of it. */
export function textUpTo(socket: Socket, expected: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onData = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (!text.includes(expected)) return;
      socket.off("data", onData).off("close", onClose);
      socket.pause();
      resolve(text);
    };
    const onClose = () => reject(new Error(`closed after ${JSON.stringify(text)}`));
    socket.on("data", onData).on("close", onClose);
    socket.resume();
  });
}

/** Waits for a fact to be told. */
export async function told<K extends WireEvent["kind"]>(
  events: readonly WireEvent[],
  kind: K,
  matches: (event: Extract<WireEvent, { kind: K }>) => boolean = () => true,
): Promise<Extract<WireEvent, { kind: K }>> {
  for (;;) {
    const found = events.find(
      (event): event is Extract<WireEvent, { kind: K }> =>
        event.kind === kind && matches(event as Extract<WireEvent, { kind: K }>),
    );
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** All octets of one sender that were told as relayed. */
export function toldOctets(events: readonly WireEvent[], from: "client" | "server"): Uint8Array {
  const data = events.filter((event): event is DataEvent => event.kind === "data" && event.from === from);
  return Buffer.concat(data.filter((event) => event.relayed !== false).map(({ bytes }) => bytes));
}

export function certificateOf(pem: string): X509Certificate {
  return new X509Certificate(pem);
}
