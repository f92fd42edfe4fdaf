/** What clients open with; TLS at once over the whole of a proxy is in starttls-gate.test.ts. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { askedName, opensWithTls } from "../../src/net/client-opening.ts";

/** A client that has said something, of which nothing was read yet. */
async function accepted(context: TestContext, said: string): Promise<{ raw: Socket; client: Socket }> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const connected = once(server, "connection");
  if (said !== "") await new Promise((resolve) => client.write(said, "latin1", resolve));
  const [raw] = (await connected) as [Socket];
  context.after(() => {
    for (const socket of [client, raw]) socket.destroy();
    server.close();
  });
  return { raw, client };
}

const HELLO = "\x16\x03\x01\x00\x05hello";

test("a client that speaks TLS at once is known by its first octets, which are put back", async (context) => {
  for (const [said, begins] of [
    [HELLO, true],
    ["a NOOP\r\n", false],
    ["", false],
  ] as const) {
    const { raw, client } = await accepted(context, said);
    assert.equal(await opensWithTls(raw), begins);
    client.end();
    const octets = await raw.toArray();
    assert.equal(Buffer.concat(octets).toString("latin1"), said);
  }
});

test("where imapscope itself was busy, what the client has said counts all the same", async (context) => {
  const { raw } = await accepted(context, HELLO);
  const opening = opensWithTls(raw);
  for (const end = performance.now() + 60; performance.now() < end; );
  assert.equal(await opening, true);
});

test("who says nothing, or leaves, asks for no name", async (context) => {
  assert.equal((await askedName((await accepted(context, "")).raw, 5)).kind, "silent");
  const { raw, client } = await accepted(context, HELLO.slice(0, 4));
  client.end();
  assert.equal((await askedName(raw, 10_000)).kind, "left");
});
