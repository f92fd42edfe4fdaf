import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import { createIntake, type Intake, NO_STARTTLS } from "../../src/core/intake.ts";
import { parseListener } from "../../src/net/endpoint.ts";
import { startProxy } from "../../src/net/proxy.ts";
import {
  allText,
  closedPort,
  closeEverything,
  contextFor,
  greetAndEcho,
  plainClient,
  plainUpstream,
  proxyFor,
  selfSigned,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  upstreamCa,
  upstreamLeaf,
} from "./peers.ts";

afterEach(closeEverything);

test("TLS to TLS: every stage of a connection is told in order", async () => {
  const upstream = await tlsUpstream(greetAndEcho);
  const { events, port, proxy } = await proxyFor(upstream);
  const { socket } = tlsClient(port("imaps"), { servername: "imap.example.org", ALPNProtocols: ["imap"] });
  await textUpTo(socket, "* OK ready\r\n");
  socket.end("a LOGOUT\r\n");
  assert.equal(await allText(socket), "a LOGOUT\r\n");
  const close = await told(events, "close");
  assert.deepEqual([close.by, close.reason], ["client", "closed"]);
  assert.deepEqual(
    events.map((event) =>
      [event.kind, "from" in event ? event.from : "leg" in event ? event.leg : ""].join(" "),
    ),
    [
      "open ",
      "tls server",
      "tls client",
      "data server",
      "data client",
      "end client",
      "data server",
      "end server",
      "close ",
    ],
  );
  const [server, client] = events.filter((event) => event.kind === "tls");
  assert.equal(server?.serverName, "localhost");
  assert.equal(client?.serverName, "imap.example.org");
  assert.equal(client?.alpn, "imap");
  assert.equal(client?.subject, "O=Example, CN=imap.example.org");
  assert.match(server?.cipher ?? "", /^TLS_/);
  assert.ok(events.every((event, at) => event.atMicros >= (events[at - 1]?.atMicros ?? 0)));
  const open = await told(events, "open");
  assert.equal(open.upstream, `imaps://localhost:${upstream.port}`);
  assert.equal(open.listener, proxy.listening[0]?.url);
  assert.match(open.client, /^127\.0\.0\.1:\d+$/);
});

test("what was relayed is given on at once where that is asked for", async () => {
  let seen: string | undefined;
  const upstream = await tlsUpstream((socket) => {
    socket.write("* OK ready\r\n");
    // Of a command that has just come, in a round of the event loop that is not over.
    socket.once("data", () => {
      proxy.catchUp();
      const last = events.at(-1);
      seen = last?.kind === "data" ? String(Buffer.from(last.bytes)) : last?.kind;
    });
  });
  const { events, port, proxy } = await proxyFor(upstream);
  const { socket } = tlsClient(port("imaps"), { servername: "imap.example.org" });
  await textUpTo(socket, "* OK ready\r\n");
  socket.write("a NOOP\r\n");
  while (seen === undefined) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen, "a NOOP\r\n");
});

test("a plain client reaches a plain and a TLS upstream", async () => {
  for (const make of [plainUpstream, tlsUpstream]) {
    const { port, events } = await proxyFor(await make(greetAndEcho));
    const socket = plainClient(port("imap"));
    socket.end("a NOOP\r\n");
    assert.equal(await allText(socket), "* OK ready\r\na NOOP\r\n");
    await told(events, "close");
  }
});

test("a client without SNI, by address, is served a leaf that it can verify", async () => {
  const { port } = await proxyFor(await tlsUpstream(greetAndEcho));
  const { socket } = tlsClient(port("imaps"));
  await once(socket, "secureConnect");
  assert.equal(socket.authorized, true);
  const leaf = socket.getPeerX509Certificate();
  for (const name of ["imap.example.org", "localhost"]) assert.equal(leaf?.checkHost(name), name);
  assert.equal(leaf?.checkIP("::1"), "::1");
});

test("the name that the client asks for is in the leaf", async () => {
  const { port } = await proxyFor(await tlsUpstream(greetAndEcho));
  const { socket } = tlsClient(port("imaps"), { servername: "mail.elsewhere.example" });
  await once(socket, "secureConnect");
  assert.equal(socket.authorized, true);
});

test("sessions resume on both legs, in TLS 1.3 and 1.2", async () => {
  for (const maxVersion of ["TLSv1.3", "TLSv1.2"] as const) {
    const { port, events } = await proxyFor(await tlsUpstream(greetAndEcho));
    let session: Buffer | undefined;
    for (const expected of [false, true]) {
      events.length = 0;
      const reuse = session === undefined ? {} : { session };
      const { socket } = tlsClient(port("imaps"), { servername: "localhost", maxVersion, ...reuse });
      socket.on("secureConnect", () => assert.equal(socket.isSessionReused(), expected, maxVersion));
      socket.on("session", (ticket) => {
        session = ticket;
      });
      await textUpTo(socket, "ready\r\n");
      socket.end();
      await told(events, "close");
      const subject = "O=Example, CN=imap.example.org";
      assert.deepEqual(
        events
          .filter((event) => event.kind === "tls")
          .map((event) => [event.leg, event.reused, event.subject]),
        [
          ["server", expected, subject],
          ["client", expected, subject],
        ],
      );
    }
  }
});

test("an old client that speaks TLS 1.0 is served with --tls-min 1.0", async () => {
  const { port, events } = await proxyFor(await tlsUpstream(greetAndEcho), { tls: { oldest: "1.0" } });
  const { socket } = tlsClient(port("imaps"), {
    minVersion: "TLSv1",
    maxVersion: "TLSv1",
    ciphers: "DEFAULT:@SECLEVEL=0",
  });
  await textUpTo(socket, "ready\r\n");
  assert.equal((await told(events, "tls", ({ leg }) => leg === "client")).protocol, "TLSv1");
});

test("an upstream that asks for a certificate gets imapscope's own", async () => {
  const shown: (string | undefined)[] = [];
  const upstream = await tlsUpstream((socket) => {
    if (socket instanceof tls.TLSSocket) shown.push(socket.getPeerX509Certificate()?.subject);
    socket.write("* OK ready\r\n");
  });
  const own = upstreamLeaf({ names: ["alice"] });
  for (const ownCertificate of [undefined, own]) {
    const { port } = await proxyFor(upstream, { tls: { ownCertificate } });
    const { socket } = tlsClient(port("imaps"));
    await textUpTo(socket, "ready\r\n");
  }
  assert.deepEqual(shown, [undefined, "O=Example\nCN=alice"]);
});

test("the key log has the lines of both legs, and of nothing else", async () => {
  const theirs: string[] = [];
  const ours: string[] = [];
  const keep = (lines: string[]) => (line: Uint8Array) => void lines.push(Buffer.from(line).toString());
  const upstream = await tlsUpstream(greetAndEcho, undefined, (socket) => socket.on("keylog", keep(theirs)));
  const { port } = await proxyFor(upstream, { tls: { onKeys: keep(ours) } });
  for (const maxVersion of ["TLSv1.3", "TLSv1.2"] as const) {
    const { socket } = tlsClient(port("imaps"), { maxVersion });
    socket.on("keylog", keep(theirs));
    await textUpTo(socket, "ready\r\n");
  }
  assert.deepEqual(ours.sort(), theirs.sort());
  const labels = new Set(ours.map((line) => line.split(" ")[0]));
  for (const label of ["CLIENT_RANDOM", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"]) {
    assert.ok(labels.has(label), label);
  }
});

const upstreamFailures: readonly (readonly [
  string,
  () => Promise<Parameters<typeof proxyFor>>,
  RegExp,
  RegExp,
])[] = [
  [
    "refused",
    async () => [{ scheme: "imaps", host: "127.0.0.1", port: await closedPort() }],
    /refuses connections/,
    /Check that the server runs/,
  ],
  [
    "unknown name",
    async () => [{ scheme: "imaps", host: "no-such-host.invalid", port: 993 }],
    /the name no-such-host\.invalid cannot be/,
    /DNS/,
  ],
  [
    "expired",
    async () => [await tlsUpstream(greetAndEcho, upstreamLeaf({ names: ["localhost"], notAfter: -1 }))],
    /certificate of localhost has expired/,
    /--insecure/,
  ],
  [
    "not valid yet",
    async () => [await tlsUpstream(greetAndEcho, upstreamLeaf({ names: ["localhost"], notBefore: 1 }))],
    /is not valid yet/,
    /clock/,
  ],
  [
    "self-signed",
    async () => [await tlsUpstream(greetAndEcho, selfSigned("localhost"))],
    /is self-signed/,
    /--upstream-ca/,
  ],
  [
    "unknown issuer",
    async () => [await tlsUpstream(greetAndEcho), { upstreamCa: undefined }],
    /issued by an unknown CA/,
    /--upstream-ca FILE.*--insecure/,
  ],
  [
    "wrong name",
    async () => [await tlsUpstream(greetAndEcho, upstreamLeaf({ names: ["mail.example.org"] }))],
    /is for other names \(mail\.example\.org\)/,
    /--connect/,
  ],
  [
    "not TLS",
    async () => [{ ...(await plainUpstream(greetAndEcho)), scheme: "imaps" as const }],
    /does not speak TLS/,
    /imap:\/\//,
  ],
  [
    "cut off in the handshake",
    async () => [
      {
        ...(await plainUpstream((socket) => void socket.once("data", () => socket.destroy()))),
        scheme: "imaps" as const,
      },
    ],
    /cut the connection off/,
    /Check the network/,
  ],
  [
    "silent",
    async () => [
      { ...(await plainUpstream(() => undefined)), scheme: "imaps" as const },
      { connectTimeoutMs: 50 },
    ],
    /does not answer in time/,
    /Check the network/,
  ],
  [
    "closed without a greeting",
    async () => [await tlsUpstream((socket) => void socket.end())],
    /closed the connection without a greeting/,
    /server's log/,
  ],
  [
    "reset before the greeting",
    async () => [await tlsUpstream((_socket, raw) => void raw.resetAndDestroy())],
    /cut the connection off/,
    /Check the network/,
  ],
];

for (const [name, make, sentence, hint] of upstreamFailures) {
  test(`upstream ${name}: the client gets a BYE over TLS, the user a reason and a hint`, async () => {
    const { port, events, notices } = await proxyFor(...(await make()));
    const { socket } = tlsClient(port("imaps"), { servername: "localhost" });
    const text = await allText(socket);
    assert.equal(socket.authorized, true);
    assert.match(text, /^\* BYE \[UNAVAILABLE\] imapscope: [\x20-\x7e]+\r\n$/);
    assert.match(text, sentence);
    socket.end();
    const close = await told(events, "close");
    assert.equal(close.by, "imapscope");
    const data = events.filter((event) => event.kind === "data");
    assert.deepEqual(
      data.map(({ from, byImapscope }) => [from, byImapscope]),
      [["server", true]],
    );
    assert.equal(notices.length, 1);
    assert.equal(notices[0]?.level, "error");
    assert.equal(notices[0]?.connection, 1);
    assert.match(notices[0]?.text ?? "", new RegExp(`${sentence.source}.*${hint.source}`, "i"));
  });
}

test("--insecure relays to whatever certificate, and says so", async () => {
  const upstream = await tlsUpstream(greetAndEcho, selfSigned("elsewhere.example"));
  const { port, notices } = await proxyFor(upstream, { insecure: true });
  const { socket } = tlsClient(port("imaps"), { servername: "localhost" });
  await textUpTo(socket, "ready\r\n");
  assert.match(notices.map(({ text }) => text).join(), /not verified/);
});

test("--connect dials elsewhere while the name is verified", async () => {
  const upstream = await tlsUpstream(greetAndEcho);
  const { port, events } = await proxyFor(
    { scheme: "imaps", host: "imap.example.org", port: 993 },
    { connect: { host: "127.0.0.1", port: upstream.port } },
  );
  const { socket } = tlsClient(port("imaps"), { servername: "imap.example.org" });
  await textUpTo(socket, "ready\r\n");
  assert.equal((await told(events, "tls")).serverName, "imap.example.org");
});

test("a proxy does not dial its own listener, by name or by address", async () => {
  for (const host of ["localhost", "127.0.0.1"]) {
    const port = await closedPort();
    const { notices, events } = await proxyFor(
      { scheme: "imap", host, port },
      { listeners: [parseListener(`imap://127.0.0.1:${port}`)] },
    );
    const text = await allText(plainClient(port));
    assert.match(text, /is imapscope's own listener/);
    assert.match(notices[0]?.text ?? "", /hosts file.*--connect/);
    assert.equal(events.filter(({ kind }) => kind === "open").length, 1);
    await closeEverything();
  }
});

test("what a TLS client says goes to a plain upstream on this machine", async () => {
  const { port } = await proxyFor(await plainUpstream(greetAndEcho));
  const { socket } = tlsClient(port("imaps"));
  await textUpTo(socket, "ready\r\n");
});

test("a client that does not trust the CA: one notice with the way to it, and an error of its leg", async () => {
  const { port, events, notices } = await proxyFor(await tlsUpstream(greetAndEcho));
  const { socket } = tlsClient(port("imaps"), { ca: upstreamCa.pem });
  await new Promise((resolve) => socket.once("close", resolve));
  const error = await told(events, "error");
  assert.equal(error.leg, "client");
  assert.equal((await told(events, "close")).by, "client");
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /trust.*imapscope-ca\.pem/);
});

test("a client that speaks in the clear to a TLS listener, or TLS too late to a plain one, is explained", async () => {
  const { port, events, notices } = await proxyFor(await plainUpstream(greetAndEcho));
  const plain = plainClient(port("imaps"));
  plain.write("a CAPABILITY\r\n");
  await told(events, "close");
  assert.match(notices[0]?.text ?? "", /does not speak TLS to imaps:/);
  const late = plainClient(port("imap"));
  await textUpTo(late, "ready\r\n");
  const { socket } = { socket: tls.connect({ socket: late }) };
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
  assert.match(notices[1]?.text ?? "", /speaks TLS to imap:.*too late/);
});

test("a plain client that ends its half at once still gets the greeting", async () => {
  for (const text of ["", "a LOGOUT\r\n"]) {
    const { port, events } = await proxyFor(await plainUpstream(greetAndEcho));
    const socket = plainClient(port("imap"));
    socket.end(text);
    assert.equal(await allText(socket), `* OK ready\r\n${text}`);
    assert.equal((await told(events, "close")).by, "client");
  }
});

test("a port check on a TLS listener is no reason for a notice", async () => {
  const { port, events, notices } = await proxyFor(await tlsUpstream(greetAndEcho));
  plainClient(port("imaps")).end();
  await told(events, "close");
  assert.deepEqual(notices, []);
});

test("an analysis that throws is told once; the octets go on", async () => {
  let calls = 0;
  const broken: Intake = {
    take: (event) => {
      calls++;
      if (event.kind === "data") throw new Error("cannot\x1b[31m count");
      return { consumed: 0, switch: undefined };
    },
    serverFrame: () => "border",
    startTlsState: () => NO_STARTTLS,
  };
  const { port, notices } = await proxyFor(await plainUpstream(greetAndEcho), { createIntake: () => broken });
  const socket = plainClient(port("imap"));
  socket.end("a NOOP\r\n");
  assert.equal(await allText(socket), "* OK ready\r\na NOOP\r\n");
  assert.equal(calls, 2);
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /failed to analyse.*cannot\?\[31m count/);
});

test("an intake that cannot even be made does not stop a connection", async () => {
  const { port, notices } = await proxyFor(await plainUpstream(greetAndEcho), {
    createIntake: () => {
      throw new Error("no");
    },
  });
  await textUpTo(plainClient(port("imap")), "ready\r\n");
  assert.equal(notices.length, 1);
});

test("fifty clients at once, of which some fall out, do not see each other", async () => {
  const { port, proxy, events } = await proxyFor(await tlsUpstream(greetAndEcho));
  const texts = await Promise.all(
    Array.from({ length: 50 }, async (_, at) => {
      const { socket, raw } = tlsClient(port("imaps"), { servername: "localhost" });
      await textUpTo(socket, "ready\r\n");
      if (at % 5 === 0) {
        raw.resetAndDestroy();
        return `a${at} NOOP\r\n`;
      }
      socket.end(`a${at} NOOP\r\n`);
      return allText(socket);
    }),
  );
  assert.deepEqual(
    texts,
    Array.from({ length: 50 }, (_, at) => `a${at} NOOP\r\n`),
  );
  while (proxy.statistics().openConnections > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(proxy.statistics().allConnections, 50);
  assert.equal(events.filter(({ kind }) => kind === "close").length, 50);
});

test("clients that leave while the upstream is dialled leave nothing behind", async () => {
  const upstreams: Socket[] = [];
  const upstream = await plainUpstream((socket) => {
    upstreams.push(socket);
    socket.on("end", () => socket.end()).resume();
  });
  const { port, proxy, events, notices } = await proxyFor({ ...upstream, scheme: "imaps" });
  for (const leave of [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.destroy()]) {
    const socket = plainClient(port("imaps"));
    await once(socket, "connect");
    await told(events, "open");
    leave(socket);
    assert.equal((await told(events, "close")).by, "client");
    events.length = 0;
  }
  assert.equal(proxy.statistics().openConnections, 0);
  assert.deepEqual(notices, []);
  for (const socket of upstreams) if (!socket.closed) await once(socket, "close");
});

test("closing says BYE at a frame border only, and ends all connections", async () => {
  for (const border of [true, false]) {
    const { port, proxy, events } = await proxyFor(await tlsUpstream(greetAndEcho), {
      createIntake: () => ({
        take: (event) => {
          events.push(event);
          return { consumed: 0, switch: undefined };
        },
        serverFrame: () => (border ? "border" : "over"),
        startTlsState: () => NO_STARTTLS,
      }),
    });
    const { socket } = tlsClient(port("imaps"));
    await textUpTo(socket, "ready\r\n");
    const rest = allText(socket);
    socket.resume();
    const closed = proxy.close();
    socket.once("end", () => socket.end());
    assert.equal(await rest, border ? "* BYE [UNAVAILABLE] imapscope: imapscope is shutting down\r\n" : "");
    await closed;
    assert.equal((await told(events, "close")).by, "imapscope");
    const late = connect(port("imaps"), "127.0.0.1");
    await assert.rejects(once(late, "connect"), { code: "ECONNREFUSED" });
    await closeEverything();
  }
});

test("closing lets a server say what it is in the midst of, for half of the grace", async () => {
  for (const goesOn of [true, false]) {
    const servers: Socket[] = [];
    const { port, proxy, events } = await proxyFor(
      await plainUpstream((socket) => {
        servers.push(socket);
        socket.write("* OK ready\r\n* 1 FETCH (BODY[] {10}\r\n12345");
      }),
      {
        graceMs: goesOn ? 60_000 : 200,
        createIntake: () => createIntake({ keepSecrets: false, emit: (event) => events.push(event) }),
      },
    );
    const client = plainClient(port("imap"));
    await textUpTo(client, "12345");
    const rest = allText(client);
    client.resume().once("end", () => client.end());
    const closed = proxy.close();
    if (goesOn) servers[0]?.write("67890)\r\n");
    assert.equal(
      await rest,
      goesOn ? "67890)\r\n* BYE [UNAVAILABLE] imapscope: imapscope is shutting down\r\n" : "",
    );
    await closed;
    assert.equal((await told(events, "close")).by, "imapscope");
    await closeEverything();
  }
});

test("closing does not wait for peers that do not end", async () => {
  const { port, proxy } = await proxyFor(await plainUpstream((socket) => void socket.write("* OK\r\n")), {
    graceMs: 20,
  });
  const socket = plainClient(port("imap"));
  await textUpTo(socket, "OK\r\n");
  await proxy.close();
  assert.equal(proxy.statistics().openConnections, 0);
});

test("the proxy's own cost is measured", async () => {
  const { port, proxy, events } = await proxyFor(await plainUpstream(greetAndEcho));
  const socket = plainClient(port("imap"));
  await textUpTo(socket, "ready\r\n");
  const { cost, connections } = proxy.statistics();
  assert.equal(cost.samples, 1);
  assert.ok(cost.maxMicros > 0 && cost.medianMicros <= cost.maxMicros);
  assert.deepEqual(connections, [{ connection: 1, cost }]);
  socket.end();
  await told(events, "close");
});

test("a port that is taken is a clear error", async () => {
  const { port } = await proxyFor(await plainUpstream(greetAndEcho));
  const options = {
    upstream: { scheme: "imap", host: "127.0.0.1", port: 1 } as const,
    listeners: [parseListener("imap://127.0.0.1:0"), parseListener(`imaps://127.0.0.1:${port("imaps")}`)],
    contextFor,
    createIntake: () => assert.fail(),
    onNotice: () => undefined,
  };
  await assert.rejects(startProxy(options), {
    code: "ERR_LISTENER_UNAVAILABLE",
    message: `Cannot listen on imaps://127.0.0.1:${port("imaps")}: the port is taken`,
  });
});
