import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import { type Endpoint, formatEndpoint, parseListener } from "../../src/net/endpoint.ts";
import { parsePattern, parseRoute } from "../../src/net/routes.ts";
import {
  allText,
  closedPort,
  closeEverything,
  greetAndEcho,
  type OnUpstream,
  plainClient,
  plainUpstream,
  proxyFor,
  startTlsUpstream,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  toldOctets,
  upstreamCa,
} from "./peers.ts";

afterEach(closeEverything);

const greetAs =
  (name: string): OnUpstream =>
  (socket) => {
    socket.write(`* OK ${name}\r\n`);
    socket.on("end", () => socket.end());
  };

const route = (name: string, upstream: Endpoint) => parseRoute(`${name}=${formatEndpoint(upstream)}`);
const SOCKS = { listeners: [parseListener("socks5://127.0.0.1:0")] };

/** The request of a client that asks for a host by name or IPv4 address, and the method "none" before it. */
function socksRequest(host: string, port: number): Uint8Array {
  const octets = host.split(".").map(Number);
  const address = octets.every((octet) => octet <= 255)
    ? [1, ...octets]
    : [3, host.length, ...Buffer.from(host, "latin1")];
  return Uint8Array.from([5, 1, 0, 5, 1, 0, ...address, port >> 8, port & 255]);
}

/** A client of a SOCKS5 listener that was answered; gives the code of the answer. */
async function socksClient(listener: number, host: string, port: number) {
  const socket = plainClient(listener);
  socket.write(socksRequest(host, port));
  let answer = Buffer.alloc(0);
  while (answer.length < 12) {
    const [more] = await once(socket, "data");
    answer = Buffer.concat([answer, more]);
  }
  socket.pause();
  if (answer.length > 12) socket.unshift(answer.subarray(12));
  assert.deepEqual([...answer.subarray(0, 3)], [5, 0, 5]);
  return { socket, reply: answer[3] };
}

test("behind one listener, each client reaches the server whose name it asks for", async () => {
  const [one, two, rest] = [
    await tlsUpstream(greetAs("one")),
    await plainUpstream(greetAs("two")),
    await tlsUpstream(greetAs("rest")),
  ];
  const routes = [route("one.example", one), route("*.two.example", two)];
  const { port, events } = await proxyFor(rest, { routes, plainUpstream: true });
  for (const [servername, text, upstream] of [
    ["one.example", "* OK one", one],
    ["imap.example.org", "* OK rest", rest],
    [undefined, "* OK rest", rest],
  ] as const) {
    for (const scheme of ["imaps", "imap"] as const) {
      const { socket } = tlsClient(port(scheme), {
        ...(servername && { servername }),
        checkServerIdentity: () => undefined,
      });
      assert.match(await textUpTo(socket, "\r\n"), new RegExp(text.replace("*", "\\*")));
      const { upstream: told } = events.filter((event) => event.kind === "open").at(-1) ?? assert.fail();
      assert.equal(told, formatEndpoint(upstream));
      socket.destroy();
    }
  }
  assert.match(await textUpTo(plainClient(port("imap")), "\r\n"), /rest/);
});

test("the open record tells when the client was accepted, and comes first", async () => {
  const upstream = await tlsUpstream(greetAs("one"));
  const { port, events, proxy } = await proxyFor(undefined, { routes: [route("one.example", upstream)] });
  const silent = plainClient(port("imaps"));
  await once(silent, "connect");
  while (proxy.statistics().openConnections === 0) await new Promise(setImmediate);
  assert.equal(events.length, 0);
  const before = proxy.clock.micros();
  const { socket } = tlsClient(port("imaps"), { servername: "one.example" });
  await textUpTo(socket, "\r\n");
  silent.destroy();
  const closed = await told(events, "close", ({ connection }) => connection === 1);
  const first = events.filter(({ connection }) => connection === 1);
  const open = events.find((event) => event.kind === "open" && event.connection === 1);
  assert.deepEqual(
    first.map(({ kind }) => kind),
    ["open", "close"],
  );
  assert.ok(open?.kind === "open" && open.atMicros <= before && open.upstream === "");
  assert.deepEqual([closed.by, closed.reason], ["client", "left before it had said where it wants to go"]);
});

test("a client that no upstream is for is told so, and the user what to pass", async () => {
  const { port, notices, events } = await proxyFor(undefined, { routes: [parseRoute("one.example")] });
  const { socket } = tlsClient(port("imaps"), { servername: "two.example" });
  assert.match(await allText(socket), /^\* BYE .*there is no upstream for two\.example\r\n/);
  assert.match(
    notices[0]?.text ?? "",
    /^There is no upstream for two\.example\. Pass --upstream two\.example/,
  );
  assert.match(await allText(plainClient(port("imap"))), /^\* BYE .*no server by name/);
  assert.equal((await told(events, "error")).code, "IMAPSCOPE_NO_UPSTREAM");
});

test("a name that is its own upstream is dialled, and never our own listener", async () => {
  const own = await closedPort();
  const routes = [parseRoute("*"), parseRoute(`loop.example=imaps://127.0.0.1:${own}`)];
  const listeners = [parseListener(`imaps://127.0.0.1:${own}`)];
  const { notices, events } = await proxyFor(undefined, { routes, listeners });
  const { socket } = tlsClient(own, { servername: "loop.example" });
  assert.match(await allText(socket), /own listener/);
  assert.match(notices[0]?.text ?? "", /own listener/);
  tlsClient(own, { servername: "localhost" });
  const open = await told(events, "open", ({ connection }) => connection === 2);
  assert.equal(open.upstream, "imaps://localhost:993");
});

test("a client that is silent, or speaks no TLS, is explained as ever", async () => {
  const { port, notices, events } = await proxyFor(undefined, {
    routes: [parseRoute("one.example")],
    handshakeTimeoutMs: 300,
    graceMs: 20,
  });
  plainClient(port("imaps"));
  await told(events, "close");
  assert.match(notices[0]?.text ?? "", /says nothing on imaps:.*no encryption/);
  const plain = plainClient(port("imaps"));
  plain.write("a1 CAPABILITY\r\n");
  await told(events, "close", ({ connection }) => connection === 2);
  assert.match(notices.at(-1)?.text ?? "", /does not speak TLS/);
});

test("what must not be intercepted keeps its own TLS, and only its octets are counted", async () => {
  const pinned = await tlsUpstream(greetAs("pinned"));
  const { port, events } = await proxyFor(undefined, {
    routes: [route("imap.example.org", pinned)],
    passThrough: [parsePattern("*.example.org")],
  });
  const { socket } = tlsClient(port("imaps"), { servername: "imap.example.org", ca: upstreamCa.pem });
  assert.match(await textUpTo(socket, "\r\n"), /pinned/);
  socket.end();
  const close = await told(events, "close");
  assert.equal(
    events.some(({ kind }) => kind === "data" || kind === "tls"),
    false,
  );
  assert.equal((await told(events, "open")).upstream, `tcp://localhost:${pinned.port}`);
  const counted = (from: string) =>
    events.reduce(
      (sum, event) => sum + (event.kind === "omitted" && event.from === from ? event.octets : 0),
      0,
    );
  assert.ok(counted("client") > 200 && counted("server") > 500);
  const [, up, down] =
    /passed through, (\d+) octets of the client, (\d+) of the server$/.exec(close.reason) ?? [];
  assert.deepEqual([Number(up), Number(down)], [counted("client"), counted("server")]);
  assert.deepEqual(
    new Set(events.flatMap((event) => (event.kind === "omitted" ? [event.reason] : []))),
    new Set(["passedThrough"]),
  );
});

test("closing says nothing into what is passed through", async () => {
  const pinned = await plainUpstream(() => undefined);
  const { port, proxy } = await proxyFor(undefined, { ...SOCKS, graceMs: 50 });
  const { socket, reply } = await socksClient(port("socks5"), "127.0.0.1", pinned.port);
  assert.equal(reply, 0);
  const heard = allText(socket);
  await proxy.close();
  assert.equal(await heard, "");
});

test("SOCKS5: TLS to the name that is asked for, after the answer", async () => {
  const upstream = await tlsUpstream(greetAs("one"));
  const { port, events } = await proxyFor(undefined, {
    ...SOCKS,
    routes: [route("imap.example.org", upstream)],
  });
  const { socket, reply } = await socksClient(port("socks5"), "imap.example.org", 993);
  assert.equal(reply, 0);
  const secured = tlsClient(0, { socket, servername: "imap.example.org" }).socket;
  assert.match(await textUpTo(secured, "\r\n"), /one/);
  const open = await told(events, "open");
  assert.deepEqual(
    [open.listener, open.upstream],
    [`socks5://127.0.0.1:${port("socks5")}`, formatEndpoint(upstream)],
  );
});

test("SOCKS5: an address is dialled, and the name that the client asks for is verified", async () => {
  const upstream = await tlsUpstream(greetAs("one"));
  const { port, events, notices } = await proxyFor(undefined, {
    ...SOCKS,
    // The port is IMAP's because this route says so.
    routes: [parseRoute(`127.0.0.1:${upstream.port}`)],
  });
  const connect = async (servername: string) => {
    const { socket } = await socksClient(port("socks5"), "127.0.0.1", upstream.port);
    return tlsClient(0, { socket, servername }).socket;
  };
  assert.match(await textUpTo(await connect("imap.example.org"), "\r\n"), /one/);
  assert.equal((await told(events, "open")).upstream, `imaps://imap.example.org:${upstream.port}`);
  assert.match(
    await allText(await connect("other.example")),
    /BYE .*certificate of other\.example is for other names/,
  );
  assert.match(notices[0]?.text ?? "", /other names/);
});

test("SOCKS5: a plain client and STARTTLS, relayed", async () => {
  const { upstream, got } = await startTlsUpstream();
  const { port, events } = await proxyFor(undefined, {
    ...SOCKS,
    routes: [route("imap.example.org:143", upstream)],
  });
  const { socket } = await socksClient(port("socks5"), "imap.example.org", 143);
  assert.match(await textUpTo(socket, "\r\n"), /STARTTLS/);
  socket.write("a1 NOOP\r\n");
  await textUpTo(socket, "a1 OK");
  assert.equal(got.plain, "a1 NOOP\r\n");
  assert.equal(Buffer.from(toldOctets(events, "client")).toString(), "a1 NOOP\r\n");
});

test("SOCKS5: what is not IMAP is passed through, early octets too", async () => {
  const upstream = await plainUpstream(greetAndEcho);
  const { port, events } = await proxyFor(undefined, SOCKS);
  const socket = plainClient(port("socks5"));
  socket.write(Buffer.concat([socksRequest("127.0.0.1", upstream.port), Buffer.from("EHLO canary\r\n")]));
  assert.match(await textUpTo(socket, "EHLO canary\r\n"), /ready/);
  assert.equal((await told(events, "open")).upstream, `tcp://127.0.0.1:${upstream.port}`);
  assert.equal(
    events.some(({ kind }) => kind === "data"),
    false,
  );
});

test("SOCKS5: the answer says why the upstream was not reached, and the user hears it", async () => {
  const own = await closedPort();
  const { port, notices, events } = await proxyFor(undefined, {
    listeners: [parseListener(`socks5://127.0.0.1:${own}`)],
  });
  assert.equal(port("socks5"), own);
  for (const [host, to, reply, text] of [
    ["127.0.0.1", await closedPort(), 5, /refuses connections/],
    ["127.0.0.1", own, 2, /own listener/],
    ["localhost", own, 2, /own listener/],
  ] as const) {
    const answered = await socksClient(own, host, to);
    assert.equal(answered.reply, reply, `${host}:${to}`);
    assert.equal(await allText(answered.socket), "");
    assert.match(notices.at(-1)?.text ?? "", text);
  }
  await told(events, "close", ({ connection }) => connection === 3);
});

test("SOCKS5: who speaks something else is told what to set", async () => {
  const { port, notices, events } = await proxyFor(undefined, { ...SOCKS, graceMs: 20 });
  for (const [connection, [octets, text]] of [
    ["GET / HTTP/1.1\r\n\r\n", /speaks HTTP/],
    ["\x04\x01", /SOCKS4/],
    ["\x05\x01\x00\x05\x02", /another command/],
  ].entries() as ArrayIterator<[number, [string, RegExp]]>) {
    const socket = plainClient(port("socks5"));
    socket.write(`${octets}\0\x01\x7f\0\0\x01\0\0`, "latin1");
    await told(events, "close", (event) => event.connection === connection + 1);
    assert.match(notices.at(-1)?.text ?? "", text);
  }
});

test("SOCKS5: who says nothing is told what to set", async () => {
  const { port, notices, events } = await proxyFor(undefined, {
    ...SOCKS,
    graceMs: 20,
    handshakeTimeoutMs: 50,
  });
  plainClient(port("socks5"));
  await told(events, "close");
  assert.match(notices.at(-1)?.text ?? "", /has not said .* where it wants to go/);
});
