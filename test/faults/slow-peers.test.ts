/** Peers that read or write slowly: what waits is bounded, nobody else waits, and nothing is altered. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { closeEverything, plainClient, textUpTo, toldOctets } from "../net/peers.ts";
import { collect, startWhole, test, until } from "./whole.ts";

afterEach(closeEverything);

const MiB = 1024 * 1024;
const LITERAL_OCTETS = 50 * MiB;

test("a client that stops reading stops its own download only, and memory stays bounded", async (context) => {
  let sent = 0;
  const { port, notices } = await startWhole(context, (socket) => {
    socket.on("error", () => undefined);
    socket.write("* OK ready\r\n");
    socket.on("data", async (bytes: Buffer) => {
      if (bytes.toString().includes("NOOP")) socket.write("b1 OK done\r\n");
      if (!bytes.toString().includes("FETCH")) return;
      socket.write(`* 1 FETCH (BODY[] {${LITERAL_OCTETS}}\r\n`);
      for (const run = Buffer.alloc(MiB); sent < LITERAL_OCTETS && !socket.destroyed; sent += run.length) {
        if (!socket.write(run)) await once(socket, "drain");
      }
      socket.write(")\r\na1 OK done\r\n");
    });
  });
  const slow = plainClient(port);
  await textUpTo(slow, "ready\r\n");
  const before = process.memoryUsage().rss;
  slow.write("a1 FETCH 1 BODY[]\r\n");
  // The server can send no more, the buffers of the system and of ours being full, when nothing has moved for a moment.
  for (let last = -1; last !== sent; await delay(100)) last = sent;
  assert.ok(sent < 30 * MiB, `${sent} octets were taken for a client that reads none`);
  assert.ok(process.memoryUsage().rss - before < 60 * MiB);
  const other = plainClient(port);
  await textUpTo(other, "ready\r\n");
  other.write("b1 NOOP\r\n");
  await textUpTo(other, "b1 OK done\r\n");
  const got = collect(slow);
  slow.resume();
  await until(() => got.octets() > LITERAL_OCTETS);
  await until(() => got.text().endsWith("a1 OK done\r\n"));
  assert.deepEqual(notices, []);
});

const CLIENT = "a1 LOGIN alice {8+}\r\ncanary77\r\na2 NOOP\r\n";
const SERVER = '* OK ready\r\n* LIST () "/" {5}\r\nINBOX\r\na1 OK in\r\na2 OK done\r\n';

/** Writes octet by octet; a tagged answer waits until all was `heard`. */
async function dribble(socket: Socket, text: string, heard = () => true): Promise<void> {
  for (const octet of text) {
    await until(() => octet !== "a" || heard());
    socket.write(octet);
    await new Promise(setImmediate);
  }
}

test("octets that come one by one are relayed one by one, and understood as if they had come at once", async (context) => {
  let server = "";
  const { port, observations, recorded } = await startWhole(context, (socket) => {
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => {
      server += bytes.toString("latin1");
    });
    socket.on("end", () => socket.end());
    void dribble(socket, SERVER, () => server.length === CLIENT.length);
  });
  const client = plainClient(port);
  client.setNoDelay(true);
  const got = collect(client);
  await dribble(client, CLIENT);
  await until(() => got.octets() === SERVER.length);
  client.end();
  await once(client, "close");
  assert.deepEqual([got.text(), server], [SERVER, CLIENT]);
  const events = await recorded();
  assert.equal(Buffer.from(toldOctets(events, "server")).toString(), SERVER);
  const masked = Buffer.from(toldOctets(events, "client")).toString();
  assert.equal(masked, CLIENT.replace("canary77", "xxxxxxxx"));
  assert.deepEqual(
    observations.flatMap((each) => (each.kind === "exchange" ? [each.exchange.commandName] : [])),
    ["LOGIN", "NOOP"],
  );
});
