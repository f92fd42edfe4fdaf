import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { readAhead } from "../../src/net/read-ahead.ts";

async function pair(context: TestContext): Promise<{ readonly client: Socket; readonly raw: Socket }> {
  const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [raw] = (await once(server, "connection")) as [Socket];
  context.after(() => {
    for (const socket of [client, raw]) socket.destroy();
    server.close();
  });
  return { client, raw };
}

test("what was read is put back in its order, and nobody is told of an end any more", async (context) => {
  const { client, raw } = await pair(context);
  let left = false;
  const putBack = readAhead(raw, () => {
    left = true;
  });
  for (const text of ["one ", "two "]) {
    client.write(text);
    await once(raw, "data");
  }
  putBack();
  client.end("three");
  let text = "";
  raw.on("data", (bytes: Buffer) => {
    text += bytes.toString();
  });
  raw.resume();
  await once(raw, "end");
  assert.equal(text, "one two three");
  assert.equal(left, false);
});

test("a client that leaves behind its octets is noticed, whichever way it leaves", async (context) => {
  for (const leave of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
    const { client, raw } = await pair(context);
    raw.on("error", () => undefined);
    const left = new Promise<void>((resolve) => readAhead(raw, resolve));
    client.write("hello");
    await once(raw, "data");
    leave(client);
    await left;
  }
});

test("who sends and sends is not read for ever", async (context) => {
  const { client, raw } = await pair(context);
  let octets = 0;
  const putBack = readAhead(raw, () => undefined);
  raw.on("data", (bytes: Buffer) => {
    octets += bytes.length;
  });
  client.write(Buffer.alloc(8 * 1024 * 1024));
  while (!raw.isPaused()) await new Promise((resolve) => setImmediate(resolve));
  const before = octets;
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(octets, before);
  putBack();
});
