import assert from "node:assert/strict";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { afterEach, test } from "node:test";
import {
  allText,
  closedPort,
  closeEverything,
  greetAndEcho,
  plainClient,
  plainUpstream,
  proxyFor,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  upstreamCa,
} from "./peers.ts";

afterEach(closeEverything);

test("what a client says to a refusal is told as not relayed", async () => {
  const { port, events } = await proxyFor({ scheme: "imap", host: "127.0.0.1", port: await closedPort() });
  const socket = plainClient(port("imap"));
  socket.write("a LOGOUT\r\n");
  assert.match(await allText(socket), /^\* BYE /);
  socket.end();
  assert.equal((await told(events, "close")).by, "imapscope");
  const data = await told(events, "data", ({ from }) => from === "client");
  assert.deepEqual([Buffer.from(data.bytes).toString(), data.relayed], ["a LOGOUT\r\n", false]);
  const error = await told(events, "error");
  assert.deepEqual([error.leg, error.code], ["server", "ECONNREFUSED"]);
});

test("a client that keeps its half open after a BYE is cut off after the grace", async () => {
  const { port, events } = await proxyFor(
    { scheme: "imap", host: "127.0.0.1", port: await closedPort() },
    { graceMs: 20 },
  );
  const socket = plainClient(port("imap"));
  await allText(socket);
  await told(events, "close");
});

test("what came over TLS does not go on in the clear to another machine", async (context) => {
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4")?.address;
  if (elsewhere === undefined) {
    context.skip("this machine has no address but loopback");
    return;
  }
  const local = await plainUpstream(greetAndEcho);
  const { createServer } = await import("node:net");
  const outer = createServer(greetAndEchoOnce).listen(0, elsewhere);
  await once(outer, "listening");
  const address = outer.address();
  const upstream = {
    ...local,
    host: elsewhere,
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
  };
  const careful = await proxyFor(upstream);
  const refused = tlsClient(careful.port("imaps")).socket;
  assert.match(await allText(refused), /BYE .* would be spoken to in the clear/);
  assert.match(careful.notices[0]?.text ?? "", /--plain-upstream/);
  const willing = await proxyFor(upstream, { plainUpstream: true });
  await textUpTo(tlsClient(willing.port("imaps")).socket, "ready\r\n");
  outer.close();
});

function greetAndEchoOnce(socket: import("node:net").Socket): void {
  greetAndEcho(socket, socket);
}

test("a client that leaves right after its handshake, without a word, is explained", async () => {
  const { port, events, notices } = await proxyFor(await tlsUpstream(greetAndEcho));
  const { socket } = tlsClient(port("imaps"), { ca: upstreamCa.pem, maxVersion: "TLSv1.2" });
  await new Promise((resolve) => socket.once("close", resolve));
  await told(events, "close");
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /trust.*imapscope-ca\.pem/);
});

test("a certificate that cannot be made concerns one connection only", async () => {
  let calls = 0;
  const { port, notices, events } = await proxyFor(await plainUpstream(greetAndEcho), {
    contextFor: () => {
      calls++;
      throw new Error("no leaf today");
    },
  });
  const { socket } = tlsClient(port("imaps"));
  await new Promise((resolve) => socket.once("close", resolve));
  await told(events, "close");
  assert.equal(calls, 1);
  assert.match(notices[0]?.text ?? "", /closed it \(Error: no leaf today\)/);
  await textUpTo(plainClient(port("imap")), "ready\r\n");
});

test("octets that are no TLS beneath the client's TLS end the connection on both legs", {
  timeout: 120_000,
}, async () => {
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
    const upstream = await tlsUpstream(greetAndEcho);
    const { port, events, notices, proxy } = await proxyFor(upstream);
    const { socket, raw } = tlsClient(port("imaps"), { maxVersion });
    await textUpTo(socket, "ready\r\n");
    // It stays, and reads nothing any more: that the connection ends is not its doing.
    raw.write(Buffer.from("1603030004deadbeef", "hex"));
    assert.equal((await told(events, "close")).by, "client");
    assert.equal((await told(events, "error")).leg, "client");
    assert.equal(proxy.statistics().openConnections, 0);
    assert.match(notices.map(({ text }) => text).join(), /^TLS with the client broke[^.]*\(ERR_SSL_\w+\)\. /);
    await closeEverything();
  }
});

test("octets that are no TLS beneath the server's TLS end the connection on both legs", async () => {
  const upstream = await tlsUpstream((socket, raw) => {
    socket.write("* OK hi\r\n");
    socket.on("error", () => undefined);
    socket.once("data", () => raw.write(Buffer.from("1603030004deadbeef", "hex")));
  });
  const { port, events } = await proxyFor(upstream);
  const { socket } = tlsClient(port("imaps"));
  await textUpTo(socket, "hi\r\n");
  socket.on("error", () => undefined);
  socket.write("a NOOP\r\n");
  assert.equal((await told(events, "close")).by, "server");
  assert.equal((await told(events, "error")).leg, "server");
});
