import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, test } from "node:test";
import fc from "fast-check";
import { type Intake, NO_STARTTLS } from "../../src/core/intake.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import {
  allOctets,
  allText,
  closeEverything,
  plainClient,
  plainUpstream,
  proxyFor,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  toldOctets,
} from "./peers.ts";

afterEach(closeEverything);

const ROUTES = [
  ["imap", plainUpstream],
  ["imap", tlsUpstream],
  ["imaps", tlsUpstream],
] as const;

/** A client by either way in; `raw` is the socket beneath. */
async function clientAt(scheme: "imap" | "imaps", port: number): Promise<{ socket: Socket; raw: Socket }> {
  if (scheme === "imaps") {
    const client = tlsClient(port, { servername: "localhost" });
    // An end within the handshake would be the end of it.
    await once(client.socket, "secureConnect");
    return client;
  }
  const socket = plainClient(port);
  return { socket, raw: socket };
}

/** Writes runs of octets with respect for the peer's pace, then ends. */
async function writeAll(socket: Socket, runs: Iterable<Uint8Array>): Promise<void> {
  for (const run of runs) if (!socket.write(run)) await once(socket, "drain");
  socket.end();
}

/** Reads slowly: after each chunk, a few turns of the event loop with the socket paused. */
async function slowly(socket: Socket, turns: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  return Buffer.concat(chunks);
}

test("law: any octets in any chunks are relayed exactly in both directions, and told as they were", async () => {
  const runs = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 });
  const route = fc.constantFrom(...ROUTES);
  await fc.assert(
    fc.asyncProperty(route, runs, runs, fc.nat(3), async ([scheme, make], down, up, turns) => {
      let serverGot: Promise<Uint8Array> | undefined;
      const serverRuns = [Buffer.from("*"), ...down];
      const upstream = await make((socket) => {
        serverGot = slowly(socket, turns);
        void writeAll(socket, serverRuns);
      });
      const { port, events } = await proxyFor(upstream);
      const { socket } = await clientAt(scheme, port(scheme));
      const clientGot = slowly(socket, turns);
      await writeAll(socket, up);
      assert.deepEqual(Buffer.from(await clientGot), Buffer.concat(serverRuns));
      await told(events, "close");
      assert.deepEqual(Buffer.from((await serverGot) ?? []), Buffer.concat(up));
      assert.deepEqual(toldOctets(events, "server"), Buffer.concat(serverRuns));
      assert.deepEqual(toldOctets(events, "client"), Buffer.concat(up));
      await closeEverything();
    }),
    { numRuns: 25, includeErrorInReport: true },
  );
});

function* octetsOf(count: number, seed: number): Generator<Buffer> {
  const run = Buffer.from(Array.from({ length: 65_521 }, (_, at) => (at * 31 + seed * (at >> 8)) & 0xff));
  for (let left = count; left > 0; left -= run.length) yield run.subarray(0, Math.min(left, run.length));
}

const digest = (runs: Iterable<Uint8Array>) => {
  const hash = createHash("sha256");
  for (const run of runs) hash.update(run);
  return hash.digest("hex");
};

test("30 MB down while 3 MB go up: neither waits for the other, memory stays bounded", async () => {
  for (const [scheme, make] of ROUTES) {
    let serverGot: Promise<Uint8Array> | undefined;
    const upstream = await make((socket) => {
      serverGot = allOctets(socket);
      void writeAll(socket, octetsOf(30_000_000, 1));
    });
    const { port } = await proxyFor(upstream, {
      createIntake: () => ({
        take: () => ({ consumed: 0, switch: undefined }),
        serverFrame: () => "over",
        startTlsState: () => NO_STARTTLS,
      }),
    });
    const { socket } = await clientAt(scheme, port(scheme));
    const clientGot = allOctets(socket);
    await writeAll(socket, octetsOf(3_000_000, 2));
    assert.equal(digest([await clientGot]), digest(octetsOf(30_000_000, 1)));
    assert.equal(digest([(await serverGot) ?? new Uint8Array(0)]), digest(octetsOf(3_000_000, 2)));
  }
});

test("a client that does not read pauses the server, not the other direction", async () => {
  let written = 0;
  const upstream = await plainUpstream((socket) => {
    socket.on("data", (bytes: Buffer) => bytes.includes("stop") && socket.destroy());
    const more = () => {
      while (!socket.destroyed && socket.writableLength < 65_536) {
        socket.write(Buffer.alloc(65_536));
        written += 65_536;
      }
      if (!socket.destroyed) setImmediate(more);
    };
    more();
  });
  const { port, events } = await proxyFor(upstream, {
    createIntake: () => keepingKinds(events),
  });
  const socket = plainClient(port("imap"));
  await once(socket, "readable");
  let before = -1;
  let same = 0;
  while (same < 20) {
    same = written === before ? same + 1 : 0;
    before = written;
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.write("stop");
  await told(events, "data", ({ from }) => from === "client");
  assert.ok(
    written < 64 * 1024 * 1024,
    `the server could write ${written} octets to a client that reads none`,
  );
});

/** Keeps events without their octets. */
function keepingKinds(events: WireEvent[]): Intake {
  return {
    take: (event) => {
      events.push(event.kind === "data" ? { ...event, bytes: new Uint8Array(0) } : event);
      return { consumed: 0, switch: undefined };
    },
    serverFrame: () => "over",
    startTlsState: () => NO_STARTTLS,
  };
}

test("each half can be closed first, and the other goes on", async () => {
  for (const [scheme, make] of ROUTES) {
    const upstream = await make((socket) => {
      socket.write("* OK\r\n");
      socket.once("end", () => socket.end("after the client's end"));
      socket.resume();
    });
    const { port, events } = await proxyFor(upstream);
    const { socket } = await clientAt(scheme, port(scheme));
    socket.end("a");
    assert.equal(await allText(socket), "* OK\r\nafter the client's end");
    assert.equal((await told(events, "close")).by, "client");
    await closeEverything();
  }
  for (const [scheme, make] of ROUTES) {
    let serverGot: Promise<string> | undefined;
    const upstream = await make((socket) => {
      serverGot = allText(socket);
      socket.end("* BYE\r\n");
    });
    const { port, events } = await proxyFor(upstream);
    const { socket } = await clientAt(scheme, port(scheme));
    assert.equal(await allText(socket), "* BYE\r\n");
    socket.end("after the server's end");
    assert.equal((await told(events, "close")).by, "server");
    assert.equal(await serverGot, "after the server's end");
    await closeEverything();
  }
});

test("a reset of the server is mirrored, after all octets that came before it", async () => {
  for (const [scheme, make] of ROUTES) {
    const octets = 3_000_000;
    const upstream = await make((socket, raw) => {
      socket.on("error", () => undefined);
      socket.write(Buffer.alloc(octets));
      socket.once("data", () => raw.resetAndDestroy());
    });
    const { port, events } = await proxyFor(upstream, { createIntake: () => keepingKinds(events) });
    const { socket } = await clientAt(scheme, port(scheme));
    let got = 0;
    socket.on("data", (bytes: Buffer) => {
      got += bytes.length;
      if (got === octets) socket.write("reset now");
    });
    const [error] = await new Promise<unknown[]>((resolve) =>
      socket.once("error", (...args) => resolve(args)),
    );
    assert.equal((error as NodeJS.ErrnoException).code, "ECONNRESET");
    assert.equal(got, octets);
    const close = await told(events, "close");
    assert.deepEqual([close.by, close.reason], ["server", "ECONNRESET"]);
    const failed = await told(events, "error");
    assert.deepEqual([failed.leg, failed.code], ["server", "ECONNRESET"]);
    await closeEverything();
  }
});

test("a reset of the client is mirrored", async () => {
  for (const [scheme, make] of ROUTES) {
    let died: (error: Error) => void = () => undefined;
    const serverDied = new Promise<Error>((resolve) => {
      died = resolve;
    });
    const upstream = await make((socket) => {
      socket.on("error", died);
      socket.write("* OK\r\n");
      socket.resume();
    });
    const { port, events } = await proxyFor(upstream);
    const { socket, raw } = await clientAt(scheme, port(scheme));
    await textUpTo(socket, "OK\r\n");
    raw.resetAndDestroy();
    assert.equal(((await serverDied) as NodeJS.ErrnoException).code, "ECONNRESET");
    assert.equal((await told(events, "close")).by, "client");
    await closeEverything();
  }
});

test("where the analysis reports a switch that nobody can obey, the rest is relayed and given to it on its own", async () => {
  const seen: string[] = [];
  const switching: Intake = {
    take: (event) => {
      if (event.kind !== "data" || event.from !== "server") return { consumed: 0, switch: undefined };
      const text = Buffer.from(event.bytes).toString();
      seen.push(text);
      return text.startsWith("a OK\r\n")
        ? { consumed: 6, switch: { kind: "startTls" } }
        : { consumed: text.length, switch: undefined };
    },
    serverFrame: () => "border",
    startTlsState: () => NO_STARTTLS,
  };
  const upstream = await tlsUpstream((socket) => void socket.end("a OK\r\n* 1 EXISTS\r\n"));
  const { port } = await proxyFor(upstream, { createIntake: () => switching });
  const { socket } = tlsClient(port("imaps"));
  assert.equal(await allText(socket), "a OK\r\n* 1 EXISTS\r\n");
  assert.deepEqual(seen, ["a OK\r\n* 1 EXISTS\r\n", "* 1 EXISTS\r\n"]);
});
