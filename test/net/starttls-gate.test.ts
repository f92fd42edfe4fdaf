/** STARTTLS over real sockets: agreed upon, done by imapscope itself, answered by it, and attacked. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import type { WireEvent } from "../../src/core/wire/event.ts";
import {
  allText,
  closeEverything,
  greetAndEcho,
  observed,
  plainClient,
  proxyFor,
  scopeCa,
  selfSigned,
  startTlsUpstream,
  textUpTo,
  tlsClient,
  tlsUpstream,
  told,
  upstreamCa,
} from "./peers.ts";

afterEach(closeEverything);

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** What a capture would hold, in short. */
function toldOf(events: readonly WireEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === "starttls" || event.kind === "tls") return [`${event.kind} ${event.leg}`];
    if (event.kind === "omitted")
      return [`${event.from} omitted${event.relayed === false ? " unrelayed" : ""}`];
    if (event.kind !== "data") return [];
    const marks = `${event.byImapscope ? " by" : ""}${event.relayed === false ? " unrelayed" : ""}`;
    return [`${event.from}${marks}: ${latin1(event.bytes).trimEnd()}`];
  });
}

async function say(socket: Socket, line: string, until: string): Promise<string> {
  const answer = textUpTo(socket, until);
  socket.write(line);
  return answer;
}

/** The client's half of STARTTLS. */
async function upgradeClient(raw: Socket, options: tls.ConnectionOptions = {}): Promise<tls.TLSSocket> {
  const socket = tls.connect({ socket: raw, servername: "localhost", ca: scopeCa.pem, ...options });
  socket.on("error", () => undefined);
  await once(socket, "secureConnect");
  return socket;
}

test("STARTTLS that client and server agree upon: TLS on both legs, and the dialogue goes on", async () => {
  const seen = observed();
  const { upstream, got } = await startTlsUpstream();
  const { port } = await proxyFor(upstream, seen.options);
  const raw = plainClient(port("imap"));
  assert.equal(await textUpTo(raw, "\r\n"), "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n");
  await say(raw, "a NOOP\r\n", "a OK done\r\n");
  assert.equal(await say(raw, "b STARTTLS\r\n", "\r\n"), "b OK go\r\n");
  const socket = await upgradeClient(raw);
  assert.match(socket.getPeerCertificate().subjectaltname ?? "", /localhost/);
  assert.equal(await say(socket, "c CAPABILITY\r\n", "c OK"), "* CAPABILITY IMAP4rev1 IDLE\r\nc OK done\r\n");
  await say(socket, "d LOGIN alice secret\r\n", "d OK done\r\n");
  socket.end("e LOGOUT\r\n");
  assert.equal(await allText(socket), "* BYE bye\r\ne OK done\r\n");
  assert.equal(got.plain, "a NOOP\r\nb STARTTLS\r\n");
  assert.equal(got.secure, "c CAPABILITY\r\nd LOGIN alice secret\r\ne LOGOUT\r\n");
  await told(seen.events, "close");
  assert.deepEqual(toldOf(seen.events).slice(4, 11), [
    "server: b OK go",
    "starttls server",
    "starttls client",
    "tls server",
    "tls client",
    "client: c CAPABILITY",
    "server: * CAPABILITY IMAP4rev1 IDLE",
  ]);
  assert.deepEqual(seen.exchanges(), ["NOOP OK", "STARTTLS OK", "CAPABILITY OK", "LOGIN OK", "LOGOUT OK"]);
  assert.deepEqual(seen.defects(), []);
});

test("octet by octet, STARTTLS is the same", async () => {
  const { upstream, got } = await startTlsUpstream();
  const { port } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap")).setNoDelay(true);
  await textUpTo(raw, "\r\n");
  const answered = textUpTo(raw, "b OK go\r\n");
  for (const octet of "b STARTTLS\r\n") {
    raw.write(octet);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await answered;
  const socket = await upgradeClient(raw);
  await say(socket, "c NOOP\r\n", "c OK done\r\n");
  assert.equal(got.secure, "c NOOP\r\n");
});

test("a handshake that comes early, with STARTTLS or before its answer, is TLS", async () => {
  const { upstream, got } = await startTlsUpstream();
  const { port } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  raw.write("a STARTTLS\r\n");
  const answer = untilLine(raw);
  const hello = await clientHello();
  raw.write(hello);
  assert.equal(await answer, "a OK go\r\n");
  const [serverHello] = (await once(raw.resume(), "data")) as [Buffer];
  assert.deepEqual([serverHello[0], serverHello[1], serverHello[5]], [0x16, 3, 2]);
  assert.equal(got.plain, "a STARTTLS\r\n");
});

/** The next line; what comes behind it, TLS that begins at once, is left to be read. */
function untilLine(raw: Socket): Promise<string> {
  return new Promise((resolve) => {
    raw.once("data", (bytes: Buffer) => {
      raw.pause();
      const end = bytes.indexOf("\n") + 1;
      if (end < bytes.length) raw.unshift(bytes.subarray(end));
      resolve(latin1(bytes.subarray(0, end)));
    });
    raw.resume();
  });
}

/** The first flight of a TLS client. */
async function clientHello(): Promise<Buffer> {
  const { upstream } = await startTlsUpstream();
  const socket = plainClient(upstream.port);
  await once(socket, "connect");
  const written: Buffer[] = [];
  const { Duplex } = await import("node:stream");
  const pipe = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk);
      done();
    },
  });
  tls.connect({ socket: pipe, servername: "localhost" }).on("error", () => undefined);
  while (written.length === 0) await new Promise((resolve) => setImmediate(resolve));
  return Buffer.concat(written);
}

test("commands that somebody smuggled behind STARTTLS reach nobody, and are told", async () => {
  const seen = observed();
  const { upstream, got } = await startTlsUpstream();
  const { port } = await proxyFor(upstream, seen.options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  await say(raw, "a STARTTLS\r\nb LOGIN mallory x\r\n", "a OK go\r\n");
  const socket = await upgradeClient(raw);
  assert.equal(await say(socket, "c NOOP\r\n", "\r\n"), "c OK done\r\n");
  assert.equal(got.plain, "a STARTTLS\r\n");
  assert.equal(got.secure, "c NOOP\r\n");
  assert.deepEqual(seen.defects(), ["pipelined-after-starttls"]);
  assert.ok(toldOf(seen.events).includes("client omitted unrelayed"));
  assert.ok(!toldOf(seen.events).join().includes("mallory"));
});

test("a handshake behind smuggled commands is served, and they reach nobody", async () => {
  const servers = {
    "with STARTTLS": (await startTlsUpstream()).upstream,
    "with TLS": await tlsUpstream(greetAndEcho),
  };
  for (const [which, upstream] of Object.entries(servers)) {
    // What stands before the handshake may hold its first octets by accident, and may end within a line.
    for (const smuggled of [
      "b LOGIN mallory x\r\n",
      "b NOOP\r\n\x16\x03\x01\x02\x00\x02\r\n",
      "b LOGIN mallory",
    ]) {
      const seen = observed();
      const { port } = await proxyFor(upstream, seen.options);
      const raw = plainClient(port("imap"));
      await textUpTo(raw, "\r\n");
      const answer = untilLine(raw);
      const hello = await clientHello();
      raw.write(Buffer.concat([Buffer.from(`a STARTTLS\r\n${smuggled}`, "latin1"), hello]));
      assert.match(await answer, /^a OK /, which);
      const [serverHello] = (await once(raw.resume(), "data")) as [Buffer];
      assert.deepEqual([serverHello[0], serverHello[1], serverHello[5]], [0x16, 3, 2], which);
      assert.deepEqual(seen.defects(), ["pipelined-after-starttls"]);
      const { octets, relayed } = await told(seen.events, "omitted");
      assert.deepEqual({ octets, relayed }, { octets: smuggled.length, relayed: false });
      raw.destroy();
    }
  }
});

test("clear text of the client where its TLS should begin is counted, dropped, and told for what it is", async () => {
  const smuggled = "b LOGIN mallory x\r\n";
  for (const upstream of [(await startTlsUpstream()).upstream, await tlsUpstream(greetAndEcho)]) {
    const seen = observed();
    const { port, notices } = await proxyFor(upstream, seen.options);
    const raw = plainClient(port("imap"));
    await textUpTo(raw, "\r\n");
    await say(raw, "a STARTTLS\r\n", "\r\n");
    raw.write(smuggled);
    await told(seen.events, "close");
    assert.deepEqual(seen.defects(), ["pipelined-after-starttls"]);
    const { from, octets } = await told(seen.events, "omitted");
    assert.deepEqual({ from, octets }, { from: "client", octets: smuggled.length });
    assert.match(notices.at(-1)?.text ?? "", /^The client went on in clear text behind STARTTLS/);
  }
});

test("responses that somebody smuggled behind the answer reach nobody, and are told", async () => {
  const seen = observed();
  const { upstream } = await startTlsUpstream({ behind: "c OK [CAPABILITY X-EVIL] forged\r\n" });
  const { port } = await proxyFor(upstream, seen.options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  assert.equal(await say(raw, "a STARTTLS\r\n", "\r\n"), "a OK go\r\n");
  const socket = await upgradeClient(raw);
  assert.equal(await say(socket, "c NOOP\r\n", "\r\n"), "c OK done\r\n");
  assert.deepEqual(await seen.over(2), ["STARTTLS OK", "NOOP OK"]);
  assert.deepEqual(seen.defects(), ["starttls-injection"]);
});

test("a refused STARTTLS: what the client said behind it goes on", async () => {
  const { upstream, got } = await startTlsUpstream({ answer: "NO not today" });
  const { port } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  const text = await say(raw, "a STARTTLS\r\nb NOOP\r\nc STARTTLS\r\nd NOOP\r\n", "d OK done\r\n");
  assert.equal(text, "a NO not today\r\nb OK done\r\nc NO not today\r\nd OK done\r\n");
  assert.equal(got.plain, "a STARTTLS\r\nb NOOP\r\nc STARTTLS\r\nd NOOP\r\n");
});

test("an upstream whose certificate is wrong: the client reads why in TLS, the user what to do", async () => {
  const { upstream } = await startTlsUpstream({ identity: selfSigned("localhost") });
  const { port, notices, events } = await proxyFor(upstream);
  const seen = observed();
  const other = await proxyFor(upstream, seen.options);
  void [port, notices, events];
  const raw = plainClient(other.port("imap"));
  await textUpTo(raw, "\r\n");
  await say(raw, "a STARTTLS\r\n", "a OK go\r\n");
  const socket = await upgradeClient(raw);
  assert.match(await allText(socket), /^\* BYE .*self-signed/);
  assert.match(other.notices[0]?.text ?? "", /self-signed.*--upstream-ca/);
  assert.equal((await told(seen.events, "close")).by, "imapscope");
  assert.equal((await told(seen.events, "error")).leg, "server");
});

test("a client that does not trust the CA after STARTTLS is explained, and the server's leg ends", async () => {
  const { upstream } = await startTlsUpstream();
  const seen = observed();
  const { port, notices } = await proxyFor(upstream, seen.options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  await say(raw, "a STARTTLS\r\n", "a OK go\r\n");
  const socket = tls.connect({ socket: raw, servername: "localhost", ca: upstreamCa.pem });
  socket.on("error", () => undefined);
  await told(seen.events, "close");
  assert.match(notices[0]?.text ?? "", /trust.*imapscope-ca\.pem/);
});

test("a TLS client before a STARTTLS server: imapscope asks, the greeting loses its void list", async () => {
  for (const greeting of [undefined, "* OK ready\r\n"]) {
    const seen = observed();
    const { upstream, got } = await startTlsUpstream(greeting === undefined ? {} : { greeting });
    const { port } = await proxyFor(upstream, seen.options);
    const { socket } = tlsClient(port("imaps"));
    assert.equal(await textUpTo(socket, "\r\n"), "* OK ready\r\n");
    await say(socket, "a NOOP\r\n", "a OK done\r\n");
    const own = "imapscope2 STARTTLS\r\n";
    assert.equal(got.plain, greeting === undefined ? own : `imapscope1 CAPABILITY\r\n${own}`);
    assert.equal(got.secure, "a NOOP\r\n");
    socket.end();
    await told(seen.events, "close");
    if (greeting === undefined) {
      assert.deepEqual(toldOf(seen.events).slice(0, 8), [
        "server: * OK",
        "server unrelayed: [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED]",
        "server: ready",
        "client by unrelayed: imapscope2 STARTTLS",
        "server unrelayed: imapscope2 OK go",
        "starttls server",
        "tls server",
        "tls client",
      ]);
    }
    assert.deepEqual(await seen.over(1), ["NOOP OK"]);
    assert.deepEqual(seen.defects(), []);
    const codes = seen.observations.flatMap((each) => (each.kind === "notice" ? [each.code] : []));
    // The greeting that lost its list, and what imapscope asked.
    assert.deepEqual(codes, greeting === undefined ? ["byImapscope", "byImapscope"] : ["byImapscope"]);
    const shares = seen.observations.flatMap((each) =>
      each.kind === "response" ? (each.frame.own ?? []) : [],
    );
    const took = { did: "tookOut", text: "[CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED]" };
    assert.deepEqual(shares, greeting === undefined ? [took] : []);
  }
});

test("without STARTTLS, or behind PREAUTH, clear text goes to this machine only, and is told once with what was asked", async () => {
  const offered = "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n";
  const asked = "imapscope itself asked the server for ";
  for (const { greeting, answer, plain, why, own } of [
    { greeting: "* OK [CAPABILITY IMAP4rev1] hi\r\n", plain: "", why: /offers no STARTTLS/, own: [] },
    { greeting: "* PREAUTH [CAPABILITY STARTTLS] hi\r\n", plain: "", why: /greets with PREAUTH/, own: [] },
    {
      ...{ greeting: offered, answer: "NO not now", plain: "imapscope2 STARTTLS\r\n" },
      ...{ why: /refused STARTTLS/, own: [`${asked}TLS (STARTTLS) first; `] },
    },
    {
      ...{ greeting: "* OK hi\r\n", answer: "NO not now", why: /refused STARTTLS/ },
      plain: "imapscope1 CAPABILITY\r\nimapscope2 STARTTLS\r\n",
      own: [`${asked}its capabilities (CAPABILITY) and for TLS (STARTTLS) first; `],
    },
  ]) {
    const { upstream, got } = await startTlsUpstream({ greeting, ...(answer && { answer }) });
    const seen = observed();
    const { port, notices } = await proxyFor(upstream, seen.options);
    for (const time of ["once", "again"]) {
      got.plain = "";
      const { socket } = tlsClient(port("imaps"));
      assert.equal(await textUpTo(socket, "\r\n"), greeting, time);
      assert.equal(got.plain, plain);
      socket.destroy();
    }
    const [notice, ...others] = notices;
    assert.equal(notice?.level, "info");
    assert.match(notice.text, /^Clients have TLS, but the way on to localhost:\d+ is in clear text: /);
    assert.match(notice.text, why);
    assert.deepEqual(
      others.filter(({ text }) => text.includes("in clear text")),
      [],
    );
    const texts = seen.observations.flatMap((each) => (each.kind === "notice" ? [each.text] : []));
    const beginnings = texts.map((text) => text.slice(0, text.indexOf("; ") + 2));
    assert.deepEqual([...new Set(beginnings)], own);
  }
});

test("a server that turns clients away does so before TLS, and its words are given on", async () => {
  const { upstream, got } = await startTlsUpstream({ greeting: "* BYE go away\r\n" });
  const { port } = await proxyFor(upstream);
  const { socket } = tlsClient(port("imaps"));
  assert.match(await textUpTo(socket, "\r\n"), /turns clients away \(go away\)/);
  assert.equal(got.plain, "");
});

test("octets smuggled behind the answer to imapscope's own STARTTLS are dropped and told", async () => {
  const { upstream } = await startTlsUpstream({ behind: "* 1 EXISTS\r\n" });
  const seen = observed();
  const { port, notices } = await proxyFor(upstream, seen.options);
  const { socket } = tlsClient(port("imaps"));
  assert.equal(await textUpTo(socket, "\r\n"), "* OK ready\r\n");
  assert.match(notices[0]?.text ?? "", /12 octets in clear text.*dropped/);
  assert.deepEqual(seen.defects(), ["starttls-injection"]);
  assert.deepEqual(seen.exchanges(), []);
});

test("a STARTTLS client before a TLS server: imapscope answers it, and alters nothing unless it is told to offer it", async () => {
  const upstream = await tlsUpstream((socket) => {
    socket.write("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
    socket.on("data", (bytes: Buffer) => socket.write(`${bytes.toString().split(" ")[0]} OK done\r\n`));
  });
  const { port } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap"));
  assert.equal(await textUpTo(raw, "\r\n"), "* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
  assert.match(await say(raw, "b STARTTLS\r\n", "b OK"), /^b OK .*\(imapscope\)\r\n$/);
  const socket = await upgradeClient(raw);
  assert.equal(await say(socket, "c NOOP\r\n", "c OK"), "c OK done\r\n");
});

test("a STARTTLS client before a TLS server: imapscope offers and answers it, the server hears nothing of it", async () => {
  const seen = observed();
  let got = "";
  const upstream = await tlsUpstream((socket) => {
    socket.write("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
    socket.on("data", (bytes: Buffer) => {
      got += bytes.toString();
      for (const line of bytes.toString().split("\r\n")) {
        const [tag = "", name] = line.split(" ");
        if (name === "CAPABILITY") socket.write("* CAPABILITY IMAP4rev1 IDLE\r\n");
        if (tag !== "") socket.write(`${tag} OK done\r\n`);
      }
    });
  });
  const { port } = await proxyFor(upstream, { ...seen.options, offerStartTls: true });
  const raw = plainClient(port("imap"));
  assert.equal(await textUpTo(raw, "\r\n"), "* OK [CAPABILITY STARTTLS IMAP4rev1 IDLE] ready\r\n");
  const text = await say(raw, "a CAPABILITY\r\nb STARTTLS\r\n", "b OK");
  assert.match(text, /^\* CAPABILITY STARTTLS IMAP4rev1 IDLE\r\na OK done\r\nb OK .*\(imapscope\)\r\n$/);
  const socket = await upgradeClient(raw);
  assert.equal(await say(socket, "c CAPABILITY\r\n", "c OK"), "* CAPABILITY IMAP4rev1 IDLE\r\nc OK done\r\n");
  assert.equal(got, "a CAPABILITY\r\nc CAPABILITY\r\n");
  assert.deepEqual(await seen.over(3), ["CAPABILITY OK", "STARTTLS OK", "CAPABILITY OK"]);
  assert.deepEqual(seen.defects(), []);
  const by = seen.events.filter((event) => event.kind === "data" && event.byImapscope);
  assert.equal(by.length, 3);
  const shares = seen.observations.flatMap((each) =>
    each.kind === "response" ? (each.frame.own ?? []).map(({ did }) => did) : [],
  );
  assert.deepEqual(shares, ["putIn", "putIn", "said"]);
  const times = seen.events.map(({ atMicros }) => atMicros);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
});

test("a client that has logged in is offered nothing, and its STARTTLS is the server's to answer", async () => {
  const upstream = await tlsUpstream((socket) => {
    socket.write("* OK hi\r\n");
    socket.on("data", (bytes: Buffer) => {
      const [tag = "", name] = bytes.toString().trim().split(" ");
      if (name === "CAPABILITY") socket.write("* CAPABILITY IMAP4rev1\r\n");
      socket.write(name === "STARTTLS" ? `${tag} BAD no\r\n` : `${tag} OK done\r\n`);
    });
  });
  const { port } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "hi\r\n");
  await say(raw, "a LOGIN u p\r\n", "a OK");
  assert.equal(await say(raw, "b CAPABILITY\r\n", "b OK"), "* CAPABILITY IMAP4rev1\r\nb OK done\r\n");
  assert.equal(await say(raw, "c STARTTLS\r\n", "\r\n"), "c BAD no\r\n");
});

test("a client that speaks TLS at once to a plain listener is served", async () => {
  for (const upstream of [(await startTlsUpstream()).upstream, await tlsUpstream(greetAndEcho)]) {
    const { port } = await proxyFor(upstream, observed().options);
    const { socket } = tlsClient(port("imap"), { servername: "localhost" });
    await textUpTo(socket, "ready\r\n");
    assert.equal(socket.authorized, true);
    socket.destroy();
  }
});

test("TLS sessions resume after STARTTLS", async () => {
  const { upstream } = await startTlsUpstream();
  const seen = observed();
  const { port } = await proxyFor(upstream, seen.options);
  let session: Buffer | undefined;
  for (const reused of [false, true]) {
    const raw = plainClient(port("imap"));
    await textUpTo(raw, "\r\n");
    await say(raw, "a STARTTLS\r\n", "a OK go\r\n");
    const socket = await upgradeClient(raw, session === undefined ? {} : { session });
    socket.on("session", (ticket) => {
      session = ticket;
    });
    await say(socket, "c NOOP\r\n", "c OK done\r\n");
    assert.equal(socket.isSessionReused(), reused);
    while (session === undefined) await new Promise((resolve) => setImmediate(resolve));
    socket.end();
  }
});

test("closing in the middle of a handshake does not wait for it", async () => {
  const { upstream } = await startTlsUpstream();
  const { port, proxy } = await proxyFor(upstream, observed().options);
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "\r\n");
  await say(raw, "a STARTTLS\r\n", "a OK go\r\n");
  await proxy.close();
  assert.equal(proxy.statistics().openConnections, 0);
});
