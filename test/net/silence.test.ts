import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, mock, test } from "node:test";
import { parseListener } from "../../src/net/endpoint.ts";
import {
  closeEverything,
  greetAndEcho,
  observed,
  plainClient,
  plainUpstream,
  proxyFor,
  startTlsUpstream,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  toldOctets,
} from "./peers.ts";

afterEach(closeEverything);

test("a server that says nothing is told of once; what it says later is relayed", async () => {
  let server: Socket | undefined;
  const upstream = await plainUpstream((socket) => {
    server = socket;
  });
  const { port, notices } = await proxyFor(upstream, { silenceMs: 5 });
  const client = plainClient(port("imap"));
  while (notices.length === 0 || server === undefined) await new Promise(setImmediate);
  assert.match(notices[0]?.text ?? "", /has said nothing for 0\.005 s.*stays open.*imaps:\/\//);
  assert.equal(notices[0]?.connection, 1);
  server?.write("* OK at last\r\n");
  assert.equal(await textUpTo(client, "\r\n"), "* OK at last\r\n");
  assert.equal(notices.length, 1);
});

test("a server that is silent where its TLS should begin is told of once, whoever the client is", async () => {
  const upstream = await plainUpstream(() => undefined);
  for (const client of ["imap", "imaps"] as const) {
    for (const scheme of ["imaps", "imap"] as const) {
      // A plain client before a plain server has no TLS to wait for: above.
      if (client === "imap" && scheme === "imap") continue;
      const { port, notices, proxy } = await proxyFor(
        { ...upstream, scheme },
        { silenceMs: 5, connectTimeoutMs: 1e6 },
      );
      if (client === "imap") plainClient(port("imap"));
      else tlsClient(port("imaps"));
      while (notices.length === 0) await new Promise(setImmediate);
      assert.match(
        notices[0]?.text ?? "",
        /was reached, but TLS with it has not begun after 0\.005 s\..*imaps?:\/\/\?$/,
      );
      await proxy.close();
      assert.equal(notices.length, 1, `${client} to ${scheme}`);
    }
  }
});

test("a client of a TLS listener that waits for a greeting is told of once, and its end is explained", async () => {
  let begun = false;
  const { upstream } = await startTlsUpstream({
    onSecure: () => {
      begun = true;
    },
  });
  const seen = observed();
  const { port, notices } = await proxyFor(upstream, { ...seen.options, clientSilenceMs: 5 });
  const client = plainClient(port("imaps"));
  while (notices.length === 0 || !begun) await new Promise(setImmediate);
  assert.match(notices[0]?.text ?? "", /says nothing on imaps:.*no encryption or STARTTLS.*Set it to TLS/);
  assert.equal(notices[0]?.connection, 1);
  client.end();
  const { by, reason } = await told(seen.events, "close");
  assert.deepEqual([by, reason], ["client", "said nothing, although it was to begin TLS"]);
  assert.equal(
    (await told(seen.events, "error")).message,
    "the client said nothing at all, although TLS begins with its word",
  );
  assert.equal(notices.length, 1);
  // What the server said is recorded, but nobody was greeted by it.
  assert.equal(toldOctets(seen.events, "server").length, 0);
  assert.ok(seen.events.some((event) => event.kind === "data" && event.from === "server"));
  assert.ok(seen.observations.every((each) => each.kind !== "response"));
});

test("a client that says nothing to a SOCKS5 listener is told of once, while it waits", async () => {
  const { port, notices, events } = await proxyFor(await tlsUpstream(greetAndEcho), {
    listeners: [parseListener("socks5://127.0.0.1:0")],
    clientSilenceMs: 1,
    handshakeTimeoutMs: 50,
  });
  const client = plainClient(port("socks5"));
  await once(client.resume(), "end");
  assert.equal((await told(events, "close")).reason, "the client said nothing");
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /says nothing on socks5:.*Set this address as its SOCKS 5 proxy/);
});

test("a client that waited for a while and leaves before it is told of is explained", async () => {
  let nowMicros = 0;
  const clock = { startedAt: new Date(0), micros: () => nowMicros };
  const { port, notices, events } = await proxyFor(await tlsUpstream(greetAndEcho), {
    clock,
    clientSilenceMs: 1e6,
  });
  for (const [waitedMicros, count] of [
    [500_000, 0],
    [3e6, 1],
  ] as const) {
    events.length = 0;
    const client = plainClient(port("imaps"));
    await told(events, "tls");
    nowMicros += waitedMicros;
    client.end();
    await told(events, "close");
    assert.equal(notices.length, count);
  }
  assert.match(notices[0]?.text ?? "", /says nothing on imaps:/);
});

test("a client that begins TLS in time is not told of, however long the rest takes", async () => {
  const { port, notices } = await proxyFor(await tlsUpstream(greetAndEcho), { clientSilenceMs: 50 });
  const { socket } = tlsClient(port("imaps"), { servername: "localhost" });
  await textUpTo(socket, "ready\r\n");
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(notices, []);
});

test("a connection may be silent for days: nothing is said of it, and nothing ends it", async () => {
  // All timers of imapscope; those of the system beneath it are real.
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  try {
    let server: Socket | undefined;
    const upstream = await plainUpstream((socket, raw) => {
      server = socket;
      greetAndEcho(socket, raw);
    });
    const { port, notices, events } = await proxyFor(upstream);
    const client = plainClient(port("imap"));
    const greeted = textUpTo(client, "ready\r\n");
    await told(events, "open");
    // The greeting of a plain client may wait a moment for its TLS.
    while (!events.some(({ kind }) => kind === "data")) {
      mock.timers.tick(1);
      await new Promise(setImmediate);
    }
    await greeted;
    client.write("a IDLE\r\n");
    await textUpTo(client, "a IDLE\r\n");
    mock.timers.tick(3 * 24 * 60 * 60 * 1000);
    server?.write("* 4 EXISTS\r\n");
    assert.equal(await textUpTo(client, "\r\n"), "* 4 EXISTS\r\n");
    assert.deepEqual(notices, []);
  } finally {
    mock.timers.reset();
  }
});
