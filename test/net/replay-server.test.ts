/** The listeners of a replay: whom they take, what they tell, and how they end. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { allText, closeEverything, plainClient, textUpTo, tlsClient } from "./peers.ts";
import { replayServer, says } from "./replay-peers.ts";

afterEach(closeEverything);

test("clients are numbered as they come, and each is told whether TLS was there from the start", async () => {
  const clients: unknown[] = [];
  const { port } = await replayServer(
    {},
    {
      createPlayer: ({ client, tls }) => {
        clients.push({ client, tls });
        return { take: () => {}, next: () => undefined, hasMore: () => false, isBusy: () => false };
      },
    },
  );
  plainClient(port("imap"));
  while (clients.length < 1) await new Promise((resolve) => setImmediate(resolve));
  const { socket } = tlsClient(port("imaps"));
  await once(socket, "secureConnect");
  while (clients.length < 2) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(clients, [
    { client: 1, tls: false },
    { client: 2, tls: true },
  ]);
});

test("more clients than there is room for are turned away with a reason, and room is made by who leaves", async () => {
  const { server, notices, port } = await replayServer({}, { maximumConnections: 1 });
  const first = plainClient(port("imap"));
  await textUpTo(first, "hi\r\n");
  const second = plainClient(port("imap"));
  assert.match(await allText(second), /^\* BYE /);
  assert.equal(notices[0]?.level, "error");
  assert.equal(server.openConnections(), 1);
  first.end();
  while (server.openConnections() > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await textUpTo(plainClient(port("imap")), "hi\r\n"), "* OK hi\r\n");
});

test("it is served when a client was there and none is left", async () => {
  const { server, ended, port } = await replayServer({ bye: [says("* BYE\r\n"), { kind: "close" }] });
  let served = false;
  const waited = server.served().then(() => {
    served = true;
  });
  const [one, other] = [plainClient(port("imap")), plainClient(port("imap"))];
  await Promise.all([one, other].map((socket) => textUpTo(socket, "hi\r\n")));
  one.end("bye\r\n");
  while (ended.length < 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(served, false);
  other.end("bye\r\n");
  await waited;
  assert.deepEqual(ended, ["The connection ended in order.", "The connection ended in order."]);
});

test("a client that is reset is told of, and closing says BYE to those that are there", async () => {
  const { server, ended, notices, port } = await replayServer({});
  const lost = plainClient(port("imap"));
  await textUpTo(lost, "hi\r\n");
  lost.resetAndDestroy();
  while (ended.length < 1) await new Promise((resolve) => setImmediate(resolve));
  assert.match(ended[0] ?? "", /^It ended: ECONNRESET\.$/);
  assert.deepEqual(
    notices.map(({ text, connection }) => [text, connection]),
    [["It ended: ECONNRESET.", 1]],
  );
  const here = plainClient(port("imap"));
  await textUpTo(here, "hi\r\n");
  const heard = allText(here);
  await server.close();
  assert.match(await heard, /BYE .*the replay ends/);
  await assert.rejects(once(plainClient(port("imap")), "connect"));
});

test("a certificate that cannot be made concerns one connection only", async () => {
  const { ended, port } = await replayServer(
    {},
    {
      contextFor: () => {
        throw new Error("no leaf today");
      },
    },
  );
  const { socket } = tlsClient(port("imaps"));
  await new Promise((resolve) => socket.once("close", resolve));
  while (ended.length < 1) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(ended, ["It ended: TLS: Error: no leaf today."]);
  assert.equal(await textUpTo(plainClient(port("imap")), "hi\r\n"), "* OK hi\r\n");
});
