/**
 * What real clients taught other proxies, as far as no other test holds it. Elsewhere are: BYE, the tagged OK and close_notify
 * (close-notify.test.ts); a client that leaves early (lost-peers.test.ts, test/net/server-leg.test.ts); 2,000 commands
 * outstanding, lines of 70 KB and raw 8-bit octets in them (bulk.test.ts); 30 MB down while 3 MB go up (test/net/relay.test.ts);
 * uncompressed literals in a compressed stream (test/net/inflating-tap.test.ts).
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, mock } from "node:test";
import * as tls from "node:tls";
import {
  allText,
  closeEverything,
  observed,
  plainClient,
  proxyFor,
  scopeCa,
  startTlsUpstream,
  textUpTo,
  tlsClient,
  tlsUpstream,
} from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

test("the server is dialled at once, and its greeting waits for the client's TLS", async () => {
  let greeted = 0;
  const upstream = await tlsUpstream((socket) => {
    socket.write("* OK ready\r\n");
    greeted++;
  });
  const { port } = await proxyFor(upstream);
  const raw = plainClient(port("imaps"));
  // It has not said a word.
  await until(() => greeted === 1);
  let first: Buffer | undefined;
  raw.once("data", (bytes: Buffer) => {
    first = bytes;
  });
  for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
  assert.equal(first, undefined);
  raw.removeAllListeners("data");
  const socket = tls.connect({ socket: raw, servername: "localhost", ca: scopeCa.pem });
  assert.equal(await textUpTo(socket, "\r\n"), "* OK ready\r\n");
});

test("commands before STARTTLS are the server's to answer", async () => {
  const seen = observed();
  const { upstream, got } = await startTlsUpstream();
  const { port } = await proxyFor(upstream, seen.options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "ready\r\n");
  const before = ["a ID NIL\r\n", "b NOOP\r\n", "c CAPABILITY\r\n", "d STARTTLS\r\n"];
  const answers = [
    "a OK done\r\n",
    "b OK done\r\n",
    "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\nc OK done\r\n",
    "d OK go\r\n",
  ];
  for (const [at, line] of before.entries()) {
    raw.write(line);
    assert.equal(await textUpTo(raw, answers[at] ?? ""), answers[at]);
  }
  assert.equal(got.plain, before.join(""));
  assert.ok(!seen.events.some((event) => event.kind === "data" && event.byImapscope === true));
});

test("what is pushed during IDLE arrives at once, however small", async (context) => {
  let server: Socket | undefined;
  const { port } = await startWhole(
    context,
    (socket, raw) => {
      raw.setNoDelay(true);
      server = socket;
      socket.write("* OK ready\r\n");
      socket.on("data", () => socket.write("+ idling\r\n"));
    },
    { tls: true },
  );
  const { socket } = tlsClient(port, { rejectUnauthorized: false });
  await textUpTo(socket, "ready\r\n");
  socket.write("a IDLE\r\n");
  await textUpTo(socket, "idling\r\n");
  // With its timers stopped, nothing can be on its way because it waited for more.
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  try {
    const got = collect(socket);
    socket.resume();
    for (let count = 1, octets = 0; count <= 25; count++) {
      const push = `* ${count} EXISTS\r\n`;
      octets += push.length;
      server?.write(push);
      await until(() => got.octets() === octets);
    }
  } finally {
    mock.timers.reset();
  }
});

test("a client may hold seven connections, of which one reads nothing", async (context) => {
  const { port, interception } = await startWhole(
    context,
    (socket) => {
      socket.write("* OK ready\r\n");
      socket.on("error", () => undefined).on("end", () => socket.end());
      socket.on("data", (bytes: Buffer) => {
        for (const line of bytes.toString("latin1").split("\r\n").slice(0, -1)) {
          if (line.startsWith("big")) socket.write(Buffer.alloc(16 * 1024 * 1024));
          else socket.write(`${line.split(" ")[0]} OK done\r\n`);
        }
      });
    },
    { tls: true },
  );
  const clients = Array.from({ length: 7 }, () => tlsClient(port, { rejectUnauthorized: false }).socket);
  await Promise.all(clients.map((socket) => textUpTo(socket, "ready\r\n")));
  assert.equal(interception.statistics().openConnections, 7);
  const [stalled, ...others] = clients;
  stalled?.write("big FETCH 1 BODY[]\r\n");
  // While its octets wait.
  const talks = others.map(async (socket, at) => {
    for (let count = 0; count < 20; count++) {
      socket.write(`c${at}.${count} NOOP\r\n`);
      assert.equal(await textUpTo(socket, "\r\n"), `c${at}.${count} OK done\r\n`);
    }
    const rest = allText(socket);
    socket.end();
    await rest;
  });
  await Promise.all(talks);
  const closed = stalled === undefined ? undefined : once(stalled, "close");
  stalled?.destroy();
  await closed;
});
