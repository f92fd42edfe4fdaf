/**
 * The end of a session as TLS has it: behind LOGOUT's answers each peer gets a close_notify alert, not only the end of the
 * TCP connection, which could be anybody's doing.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach } from "node:test";
import {
  closedPort,
  closeEverything,
  observed,
  proxyFor,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
} from "../net/peers.ts";
import { test, until } from "./whole.ts";

afterEach(closeEverything);

/** In TLS 1.3 an alert looks like data to who only watches the wire; but two octets, their type and their seal tell it. */
const ALERT_OCTETS = 2 + 1 + 16;

/** Relays to a port, and keeps the octets that come back from it, or go to it. */
async function wiretap(port: number, direction: "to" | "from") {
  const octets: Buffer[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const other = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    (direction === "to" ? socket : other).on("data", (bytes: Buffer) => octets.push(bytes));
    for (const each of [socket, other]) each.on("error", () => undefined);
    socket.pipe(other);
    other.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    /** The octets of the last TLS record. */
    lastRecord: () => {
      const all = Buffer.concat(octets);
      let last = 0;
      for (let at = 0; at + 5 <= all.length; at += 5 + last) last = all.readUInt16BE(at + 3);
      return last;
    },
    stop: () => server.close(),
  };
}

test("LOGOUT: BYE, the tagged OK, then close_notify on both legs", async (context) => {
  const upstream = await tlsUpstream((socket) => {
    socket.on("error", () => undefined);
    socket.write("* OK ready\r\n");
    socket.on("data", () => socket.end("* BYE bye\r\na1 OK done\r\n"));
  });
  const behind = await wiretap(upstream.port, "to");
  const { port, events, proxy } = await proxyFor({ ...upstream, port: behind.port });
  const before = await wiretap(port("imaps"), "from");
  context.after(() => {
    behind.stop();
    before.stop();
  });
  const { socket } = tlsClient(before.port, { servername: "localhost" });
  await textUpTo(socket, "ready\r\n");
  socket.write("a1 LOGOUT\r\n");
  assert.equal(await textUpTo(socket, "a1 OK done\r\n"), "* BYE bye\r\na1 OK done\r\n");
  socket.end();
  await once(socket.resume(), "end");
  await told(events, "close");
  assert.equal(proxy.statistics().openConnections, 0);
  for (const [leg, tapped] of [
    ["client", before],
    ["server", behind],
  ] as const) {
    assert.equal((await told(events, "tls", (event) => event.leg === leg)).protocol, "TLSv1.3");
    await until(() => tapped.lastRecord() === ALERT_OCTETS);
  }
});

test("the BYE of an upstream that cannot be had ends with close_notify, too", async (context) => {
  const { port, events } = await proxyFor({ scheme: "imaps", host: "127.0.0.1", port: await closedPort() });
  const before = await wiretap(port("imaps"), "from");
  context.after(before.stop);
  const { socket } = tlsClient(before.port, { servername: "localhost" });
  await textUpTo(socket, "\r\n");
  socket.end();
  await once(socket.resume(), "end");
  await told(events, "close");
  assert.equal(before.lastRecord(), ALERT_OCTETS);
});

test("a server that breaks its TLS off is told of, and its client gets an end in order all the same", async (context) => {
  const upstream = await tlsUpstream((socket, raw) => {
    socket.write("* OK ready\r\n");
    socket.once("data", () => socket.write("* 5 EXISTS\r\n", () => raw.end()));
  });
  const { options, events, defects } = observed();
  const { port } = await proxyFor(upstream, options);
  const before = await wiretap(port("imaps"), "from");
  context.after(before.stop);
  const { socket } = tlsClient(before.port, { servername: "localhost" });
  await textUpTo(socket, "ready\r\n");
  socket.write("a1 NOOP\r\n");
  assert.equal(await textUpTo(socket, "EXISTS\r\n"), "* 5 EXISTS\r\n");
  socket.end();
  await once(socket.resume(), "end");
  assert.equal((await told(events, "end", ({ from }) => from === "server")).closeNotify, false);
  assert.deepEqual(defects(), ["close-notify-missing"]);
  await until(() => before.lastRecord() === ALERT_OCTETS);
});
