import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import { HeldLeg, type LegHolder } from "../../src/net/held-leg.ts";
import { closeEverything, tlsUpstream } from "./peers.ts";

const open: { destroy: () => void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

async function pair(): Promise<{ readonly near: Socket; readonly far: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  const [near] = (await once(server, "connection")) as [Socket];
  server.close();
  open.push(near, far);
  return { near, far };
}

function holding(): { readonly told: string[]; readonly holder: LegHolder } {
  const told: string[] = [];
  return {
    told,
    holder: {
      take: ({ leg }, bytes) => told.push(`${leg} ${Buffer.from(bytes)}`),
      onDrain: ({ leg }) => told.push(`${leg} drain`),
      onEnd: ({ leg }) => told.push(`${leg} end`),
      onFailure: ({ leg }, { message }) => told.push(`${leg} ${message}`),
      onClose: ({ leg }) => told.push(`${leg} close`),
    },
  };
}

test("the holder is told what happens to the stream until it lets go of it, and then nothing", async () => {
  const { near, far } = await pair();
  const { told, holder } = holding();
  const leg = new HeldLeg("client", { stream: near, raw: near }, 0);
  leg.hold(holder);
  far.write("a NOOP");
  await once(near, "data");
  leg.letGo();
  assert.deepEqual([told, near.isPaused()], [["client a NOOP"], true]);
  near.resume();
  far.write("b NOOP");
  await once(near, "data");
  assert.deepEqual(told, ["client a NOOP"]);
});

test("what happened before it was held is told when it is", async () => {
  const { near, far } = await pair();
  const { told, holder } = holding();
  far.end();
  near.resume();
  await once(near, "end");
  const failure = () => new Error("refused late");
  new HeldLeg("server", { stream: near, raw: near, failure }, 0).hold(holder);
  assert.deepEqual(told, ["server refused late", "server end"]);
  near.destroy();
  await once(near, "close");
  assert.deepEqual(told.at(-1), "server close");
});

test("a leg that is gone before it is held is told as closed", async () => {
  const { near } = await pair();
  const { told, holder } = holding();
  near.destroy();
  new HeldLeg("client", { stream: near, raw: near }, 0).hold(holder);
  assert.deepEqual(told, ["client close"]);
});

test("an end that waited here is not held to be bare: that of TCP may have followed it", async (context) => {
  context.after(closeEverything);
  let isSent = false;
  const { port } = await tlsUpstream((socket) => {
    socket.end("* BYE bye\r\n", () => {
      isSent = true;
    });
  });
  const raw = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  open.push(raw);
  const stream = tls.connect({ socket: raw, rejectUnauthorized: false });
  const leg = new HeldLeg("server", { stream, raw }, 0);
  const ended = new Promise<boolean>((resolve) => {
    leg.hold({ ...holding().holder, take: () => leg.pause(), onEnd: () => resolve(leg.endedBare()) });
  });
  await once(stream, "data");
  // Behind these turns the end of TCP has most likely been read, too.
  for (let turns = 20; !isSent || turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
  leg.resume();
  assert.equal(await ended, false);
});
