/**
 * The garbage target: random octets in every state of a connection, from the client and from the server. The proxy stays up
 * and serves a clean connection after each.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import fc from "fast-check";
import type { Notice } from "../../src/net/notice.ts";
import {
  allText,
  closeEverything,
  observed,
  plainClient,
  plainUpstream,
  proxyFor,
  type Told,
  tlsClient,
  upstreamLeaf,
} from "../net/peers.ts";
import type { Target } from "./target.ts";

/** Where the octets come: what the client does before it sends them, or the server. */
const CLIENT_STATES = {
  "before the ClientHello": { scheme: "imaps", before: [] },
  "in the ClientHello": { scheme: "imaps", before: [], first: [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3] },
  "on a plain listener": { scheme: "imap", before: [] },
  "in a literal": { scheme: "imap", before: ["a LOGIN {4000}\r\n"] },
  "behind STARTTLS, at once": {
    scheme: "imap",
    before: [],
    first: [..."a STARTTLS\r\n"].map((c) => c.charCodeAt(0)),
  },
  "behind STARTTLS": { scheme: "imap", before: ["a STARTTLS\r\n"] },
  "behind COMPRESS": { scheme: "imap", before: ["a COMPRESS DEFLATE\r\n"] },
  "inside TLS": { scheme: "tls", before: [] },
  "compressed inside TLS": { scheme: "tls", before: ["a COMPRESS DEFLATE\r\n"] },
  "beneath TLS": { scheme: "beneath", before: [] },
} as const satisfies Record<string, ClientState>;

interface ClientState {
  readonly scheme: "imaps" | "imap" | "tls" | "beneath";
  readonly before: readonly string[];
  readonly first?: readonly number[];
}

/** What the server says instead of what it should; `undefined` leaves it in order. */
const SERVER_STATES = [
  "greeting",
  "STARTTLS",
  "handshake",
  "COMPRESS",
  "NOOP",
  "literal",
  undefined,
] as const;
type ServerState = (typeof SERVER_STATES)[number];

interface Bench {
  readonly told: Told;
  readonly spoil: (state: ServerState, octets: Uint8Array) => void;
  readonly close: () => Promise<void>;
}

const identity = upstreamLeaf({ names: ["localhost", "127.0.0.1"] });
const secureContext = tls.createSecureContext({ ...identity, sessionIdContext: "upstream" });

async function bench(notices: Notice[]): Promise<Bench> {
  let state: ServerState;
  let octets: Uint8Array = new Uint8Array(0);

  function serve(socket: Socket, raw: Socket): void {
    socket.on("error", () => undefined);
    socket.on("end", () => socket.end());
    const onData = (bytes: Buffer) => {
      for (const line of bytes.toString("latin1").split("\r\n")) {
        const [tag = "", name = ""] = line.split(" ");
        if (tag === "" || name === "") continue;
        if (state === name) {
          raw.write(name === "STARTTLS" ? octets : `${tag} OK\r\n`);
          if (name !== "STARTTLS") socket.write(octets);
          return;
        }
        if (name === "STARTTLS" && socket === raw) {
          raw.write(`${tag} OK begin\r\n`);
          raw.off("data", onData);
          if (state === "handshake") raw.write(octets);
          else serve(new tls.TLSSocket(raw, { isServer: true, secureContext }), raw);
          return;
        }
        if (state === "literal") {
          socket.write("* 1 FETCH (BODY[] {4000}\r\n");
          socket.write(octets);
        }
        if (name === "CAPABILITY") socket.write("* CAPABILITY IMAP4rev1 STARTTLS COMPRESS=DEFLATE\r\n");
        socket.write(`${name === "LOGOUT" ? "* BYE bye\r\n" : ""}${tag} OK done\r\n`);
      }
    };
    socket.on("data", onData);
  }

  const upstream = await plainUpstream((socket) => {
    socket.write(
      state === "greeting" ? octets : "* OK [CAPABILITY IMAP4rev1 STARTTLS COMPRESS=DEFLATE] hi\r\n",
    );
    serve(socket, socket);
  });
  const seen = observed();
  const { createIntake } = seen.options;
  const told = await proxyFor(
    { ...upstream, host: "localhost" },
    // On a busy machine a clean handshake, too, takes its time; nobody waits for one that is not clean.
    { createIntake, handshakeTimeoutMs: 5000, graceMs: 100, onNotice: (notice) => notices.push(notice) },
  );
  return {
    told,
    spoil: (next, run) => {
      state = next;
      octets = run;
      seen.events.length = 0;
      seen.observations.length = 0;
    },
    close: closeEverything,
  };
}

/** Long enough for any octets to arrive and to be answered on this machine, or for the connection to end. */
const settled = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 60);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });

async function disturb({ port }: Told, client: ClientState, runs: readonly Uint8Array[]): Promise<void> {
  const secure =
    client.scheme === "tls" || client.scheme === "beneath" ? tlsClient(port("imaps")) : undefined;
  const socket = secure?.socket ?? plainClient(port(client.scheme === "imap" ? "imap" : "imaps"));
  const raw = secure?.raw ?? socket;
  socket.on("data", () => undefined);
  for (const line of client.before) {
    socket.write(line);
    await Promise.race([once(socket, "data"), settled(socket)]).catch(() => undefined);
  }
  const target = client.scheme === "beneath" ? raw : socket;
  if (client.scheme === "beneath") await settled(socket);
  if (client.first !== undefined) target.write(Uint8Array.from(client.first));
  for (const run of runs) if (!target.destroyed) target.write(run);
  if (!target.destroyed) target.write("z NOOP\r\nz NOOP\r\n");
  await settled(socket);
  socket.destroy();
  raw.destroy();
}

async function servesCleanly({ port }: Told): Promise<void> {
  const { socket } = tlsClient(port("imaps"));
  const text = allText(socket);
  // Where the connection fails, that is told below.
  text.catch(() => undefined);
  socket.write("a NOOP\r\nb LOGOUT\r\n");
  const late = setTimeout(() => socket.destroy(new Error("late")), 5000);
  await once(socket, "data");
  socket.end();
  assert.match(await text, /^\* OK hi\r\na OK done\r\n\* BYE bye\r\nb OK done\r\n$/);
  clearTimeout(late);
  socket.destroy();
}

const notices: Notice[] = [];
let running: Promise<Bench> | undefined;
const garbage = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  // Records of TLS with nonsense in them: handshake, alert, application data.
  fc
    .tuple(fc.constantFrom(0x14, 0x15, 0x16, 0x17), fc.uint8Array({ minLength: 1, maxLength: 100 }))
    .map(([type, run]) => Uint8Array.from([type, 3, 3, 0, run.length, ...run])),
);

/** One case: nobody's bug is told, and the next connection is served. */
export async function survives(
  name: keyof typeof CLIENT_STATES,
  server: ServerState,
  runs: readonly Uint8Array[],
): Promise<void> {
  running ??= bench(notices);
  const { told, spoil } = await running;
  notices.length = 0;
  spoil(server, runs[0] ?? new Uint8Array(0));
  await disturb(told, CLIENT_STATES[name], runs);
  spoil(undefined, new Uint8Array(0));
  await servesCleanly(told);
  const ours = notices.filter(({ text }) => text.includes("Please report"));
  assert.deepEqual(ours, []);
}

export const closeGarbage = async (): Promise<void> => {
  await (await running)?.close();
  running = undefined;
};

export const garbageTargets: readonly Target[] = [
  {
    name: "garbage",
    property: fc.asyncProperty(
      fc.constantFrom(...(Object.keys(CLIENT_STATES) as (keyof typeof CLIENT_STATES)[])),
      fc.constantFrom(...SERVER_STATES),
      fc.array(garbage, { minLength: 1, maxLength: 4 }),
      survives,
    ),
    close: closeGarbage,
  },
];
