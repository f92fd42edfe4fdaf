import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import { codeOf, endWithin, flushThenReset, reset, tuneSocket } from "../../src/net/leg-socket.ts";

/** The two ends of a connection over loopback. */
async function pair(): Promise<{ ours: Socket; peer: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const peer = connect({
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    host: "127.0.0.1",
    allowHalfOpen: true,
  });
  const [ours] = (await once(server, "connection")) as [Socket];
  server.close();
  peer.pause();
  return { ours, peer };
}

/** How a socket ends, with the octets that came before. */
function ending(socket: Socket): Promise<string> {
  let octets = 0;
  socket.on("data", (bytes: Buffer) => {
    octets += bytes.length;
  });
  socket.resume();
  return new Promise((resolve) => {
    socket.once("end", () => resolve(`end after ${octets}`));
    socket.once("error", (error) => resolve(`${codeOf(error)} after ${octets}`));
  });
}

test("a reset is a reset", async () => {
  const { ours, peer } = await pair();
  const end = ending(peer);
  reset({ stream: ours, raw: ours });
  assert.equal(await end, "ECONNRESET after 0");
});

test("a flush comes before the reset, but not for ever", async () => {
  const { ours, peer } = await pair();
  ours.write(Buffer.alloc(5_000_000));
  flushThenReset({ stream: ours, raw: ours }, 10_000);
  assert.equal(await ending(peer), "ECONNRESET after 5000000");
  const stuck = await pair();
  stuck.ours.write(Buffer.alloc(50_000_000));
  flushThenReset({ stream: stuck.ours, raw: stuck.ours }, 10);
  await once(stuck.ours, "close");
  stuck.peer.destroy();
});

test("an end in order waits for the peer's, within the grace", async () => {
  const good = await pair();
  good.peer.once("end", () => good.peer.end("late")).resume();
  endWithin({ stream: good.ours, raw: good.ours }, 10_000);
  await once(good.ours, "close");
  const bad = await pair();
  endWithin({ stream: bad.ours, raw: bad.ours }, 10);
  await once(bad.ours, "close");
  bad.peer.destroy();
  endWithin({ stream: bad.ours, raw: bad.ours }, 10);
});

test("a peer that vanishes without a word is asked after once it was silent for two minutes", async (context) => {
  const { ours, peer } = await pair();
  const asked = context.mock.method(ours, "setKeepAlive");
  tuneSocket(ours);
  assert.deepEqual(
    asked.mock.calls.map((call) => call.arguments),
    [[true, 120_000]],
  );
  ours.destroy();
  peer.destroy();
});

test("codes of errors", async () => {
  assert.equal(codeOf(Object.assign(new Error("x"), { code: "EPIPE" })), "EPIPE");
  assert.equal(codeOf(new TypeError("x")), "TypeError");
  const { ours, peer } = await pair();
  tuneSocket(ours);
  ours.destroy();
  peer.destroy();
});
