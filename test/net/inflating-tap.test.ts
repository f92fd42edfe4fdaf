/** COMPRESS through a proxy: relayed untouched, inflated for the analysis, bounded, and survivable. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { afterEach, test } from "node:test";
import { constants, createDeflateRaw, createInflateRaw, deflateRawSync } from "node:zlib";
import { createInflatingTap } from "../../src/net/inflating-tap.ts";
import { createTap } from "../../src/net/tap.ts";
import { closeEverything, observed, plainClient, plainUpstream, proxyFor, textUpTo, told } from "./peers.ts";

afterEach(closeEverything);

/** One side of a compressed stream: what is written goes out deflated and flushed, what comes is inflated. */
function compressed(socket: Socket) {
  const deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
  const inflate = createInflateRaw();
  deflate.on("data", (run: Buffer) => void socket.write(run));
  socket.on("data", (run: Buffer) => inflate.write(run));
  let text = "";
  let heard: () => void = () => undefined;
  inflate.on("data", (run: Buffer) => {
    text += run.toString("latin1");
    heard();
  });
  inflate.on("error", () => undefined);
  const upTo = async (expected: string): Promise<string> => {
    while (!text.includes(expected)) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
    return text;
  };
  return { say: (line: string) => void deflate.write(line), upTo, inflate };
}

type Compressed = ReturnType<typeof compressed>;

/** An upstream that compresses from its OK on, and answers everything by OK. */
async function compressingUpstream(onLine: (line: string, side: Compressed, socket: Socket) => void) {
  return plainUpstream((socket) => {
    socket.write("* PREAUTH hi\r\n");
    socket.on("error", () => undefined);
    socket.once("data", (bytes: Buffer) => {
      socket.write(`${bytes.toString().split(" ")[0]} OK compressing\r\n`);
      const side = compressed(socket);
      side.inflate.on("data", (run: Buffer) => {
        for (const line of run.toString("latin1").split("\r\n")) if (line !== "") onLine(line, side, socket);
      });
    });
    socket.on("end", () => socket.end());
  });
}

async function compressedClient(port: number) {
  const socket = plainClient(port);
  await textUpTo(socket, "hi\r\n");
  socket.write("a COMPRESS DEFLATE\r\n");
  await textUpTo(socket, "compressing\r\n");
  const side = compressed(socket);
  socket.resume();
  return { socket, side };
}

const answerOk = (line: string, side: Compressed) => side.say(`${line.split(" ")[0]} OK done\r\n`);

test("what is compressed is seen inflated, in the order in which it came, masked, and is relayed as it is", async () => {
  const seen = observed();
  const upstream = await compressingUpstream(answerOk);
  const { port, notices } = await proxyFor(upstream, seen.options);
  const { socket, side } = await compressedClient(port("imap"));
  for (const line of ["b NOOP", "c LOGIN alice canary-7", "d SELECT INBOX"]) {
    side.say(`${line}\r\n`);
    await side.upTo(`${line.split(" ")[0]} OK done\r\n`);
  }
  side.say("e NOOP\r\nf NOOP\r\n");
  await side.upTo("f OK done\r\n");
  socket.end();
  await told(seen.events, "close");
  assert.deepEqual(
    seen.exchanges().map((each) => each.split(" ")[0]),
    ["COMPRESS", "NOOP", "LOGIN", "SELECT", "NOOP", "NOOP"],
  );
  const deflates = seen.events.flatMap((event) => (event.kind === "deflate" ? [event.from] : []));
  assert.deepEqual(deflates.sort(), ["client", "server"]);
  const text = seen.events
    .map((event) => (event.kind === "data" ? Buffer.from(event.bytes).toString() : ""))
    .join("");
  assert.match(text, /c LOGIN alice xxxxxxxx\r\n/);
  assert.ok(!text.includes("canary"));
  const times = seen.events.map(({ atMicros }) => atMicros);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  assert.equal(seen.events.at(-1)?.kind, "close");
  assert.deepEqual(notices, []);
});

test("octets that are no DEFLATE end the analysis of their direction only, and are relayed", async () => {
  const seen = observed();
  let raw = "";
  const upstream = await compressingUpstream((line, side, socket) => {
    answerOk(line, side);
    if (line.startsWith("b")) socket.on("data", (bytes: Buffer) => (raw += bytes.toString("latin1")));
  });
  const { port, notices } = await proxyFor(upstream, seen.options);
  const { socket, side } = await compressedClient(port("imap"));
  side.say("b NOOP\r\n");
  await side.upTo("b OK");
  const literal = "From: a plain literal\r\n".repeat(500);
  socket.write(literal);
  while (!raw.endsWith(literal)) await new Promise((resolve) => setImmediate(resolve));
  socket.end();
  await told(seen.events, "close");
  assert.equal(notices.length, 1);
  assert.match(notices[0]?.text ?? "", /client put octets that are no DEFLATE.*Mail::IMAPClient/);
  const counted = seen.events.flatMap((event) => (event.kind === "omitted" ? [event.octets] : []));
  assert.equal(
    counted.reduce((sum, octets) => sum + octets, 0),
    literal.length,
  );
  assert.deepEqual(seen.defects(), []);
});

test("a bomb is cut off, said once, and relayed", async () => {
  const seen = observed();
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  const upstream = await compressingUpstream((_line, _side, socket) => void socket.write(bomb));
  const { port, notices } = await proxyFor(upstream, seen.options);
  const { socket, side } = await compressedClient(port("imap"));
  side.say("b NOOP\r\n");
  let got = 0;
  socket.on("data", (bytes: Buffer) => {
    got += bytes.length;
  });
  while (got < bomb.length) await once(socket, "data");
  socket.end();
  await told(seen.events, "close");
  const texts = notices.map(({ text }) => text);
  assert.ok(texts.length === 1 && /server inflate to more than 16 MiB/.test(texts[0] ?? ""), texts.join());
  const inflated = seen.events.reduce(
    (sum, event) => sum + (event.kind === "data" ? event.bytes.length : 0),
    0,
  );
  assert.ok(inflated < 40 * 1024 * 1024, String(inflated));
});

test("imapscope says nothing into a compressed stream", async () => {
  const upstream = await compressingUpstream(answerOk);
  const { port, proxy } = await proxyFor(upstream, observed().options);
  const { socket } = await compressedClient(port("imap"));
  let got = 0;
  socket.on("data", (bytes: Buffer) => {
    got += bytes.length;
  });
  socket.once("end", () => socket.end());
  await proxy.close();
  assert.equal(got, 0);
});

test("a SASL security layer is noticed once, and relayed as it is", async () => {
  const seen = observed();
  const upstream = await plainUpstream((socket) => {
    socket.write("* OK hi\r\n");
    socket.on("data", (bytes: Buffer) => {
      if (bytes.includes("AUTHENTICATE")) socket.write("a OK in\r\n");
      else socket.write(bytes);
    });
    socket.on("end", () => socket.end());
  });
  const { port } = await proxyFor(upstream, seen.options);
  const socket = plainClient(port("imap"));
  await textUpTo(socket, "hi\r\n");
  socket.write("a AUTHENTICATE GSSAPI YII=\r\n");
  await textUpTo(socket, "in\r\n");
  const wrapped = Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]);
  for (let round = 0; round < 2; round++) {
    socket.write(wrapped);
    assert.equal(await textUpTo(socket, "\x04"), wrapped.toString("latin1"));
  }
  socket.end();
  await told(seen.events, "close");
  const notices = seen.observations.flatMap((each) => (each.kind === "notice" ? [each.code] : []));
  assert.deepEqual(notices, ["saslSecurityLayer"]);
});

test("UNAUTHENTICATE ends compression for both, and COMPRESS may begin it again", async () => {
  const seen = observed();
  const upstream = await plainUpstream((socket) => {
    let side: Compressed | undefined;
    socket.write("* PREAUTH hi\r\n");
    const onData = (bytes: Buffer) => {
      socket.write(`${bytes.toString().split(" ")[0]} OK compressing\r\n`);
      if (!bytes.includes("COMPRESS")) return;
      socket.off("data", onData);
      side = compressed(socket);
      side.inflate.on("data", (run: Buffer) => {
        side?.say(`${run.toString().split(" ")[0]} OK done\r\n`);
        socket.removeAllListeners("data").on("data", onData);
      });
    };
    socket.on("data", onData);
    socket.on("end", () => socket.end());
  });
  const { port, notices } = await proxyFor(upstream, seen.options);
  const { socket, side } = await compressedClient(port("imap"));
  side.say("b UNAUTHENTICATE\r\n");
  await side.upTo("b OK done");
  socket.removeAllListeners("data");
  for (const line of ["c NOOP", "d COMPRESS DEFLATE"]) {
    socket.write(`${line}\r\n`);
    await textUpTo(socket, "OK compressing\r\n");
  }
  const again = compressed(socket);
  socket.resume();
  again.say("e NOOP\r\n");
  await again.upTo("e OK done");
  socket.end();
  await told(seen.events, "close");
  assert.deepEqual(seen.exchanges(), [
    "COMPRESS OK",
    "UNAUTHENTICATE OK",
    "NOOP OK",
    "COMPRESS OK",
    "NOOP OK",
  ]);
  assert.deepEqual(notices, []);
});

/** A flushed line of a stream; it refers to nothing before it, so that several make up a stream. */
function deflated(line: string): Buffer {
  return deflateRawSync(line, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** A tap that has seen COMPRESS accepted, and what came of it. */
function compressedTap() {
  const seen = observed();
  const notices: string[] = [];
  const settings = { connection: 1, onNotice: ({ text }: { text: string }) => void notices.push(text) };
  let micros = 0;
  const clock = { startedAt: new Date(), micros: () => micros++ };
  const tap = createInflatingTap(createTap({ ...seen.options, ...settings, clock }), settings);
  const hear = (from: "client" | "server", bytes: Uint8Array) => void tap.data(from, bytes, clock.micros());
  hear("server", Buffer.from("* PREAUTH hi\r\n"));
  hear("client", Buffer.from("a COMPRESS DEFLATE\r\n"));
  hear("server", Buffer.from("a OK go\r\n"));
  return { ...seen, notices, tap, hear };
}

/** Reads of so many octets. */
function cut(bytes: Uint8Array, octets: number): Uint8Array[] {
  const reads: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += octets) reads.push(bytes.subarray(at, at + octets));
  return reads;
}

test("what is pipelined behind UNAUTHENTICATE is read in the clear from the right octet, however it is cut", async () => {
  const client = Buffer.concat([
    deflated("b UNAUTHENTICATE\r\n"),
    Buffer.from("c LOGIN u secret\r\nd NOOP\r\n"),
  ]);
  const server = Buffer.concat([deflated("b OK out\r\n"), Buffer.from("c OK in\r\nd OK done\r\n")]);
  for (const octets of [1, 2, 3, 5, 7, 11, 13, 19, 1000]) {
    const { tap, hear, exchanges, events, notices } = compressedTap();
    for (const read of cut(client, octets)) hear("client", read);
    for (const read of cut(server, octets)) hear("server", read);
    await tap.drained();
    assert.deepEqual(exchanges(), ["COMPRESS OK", "UNAUTHENTICATE OK", "LOGIN OK", "NOOP OK"], `${octets}`);
    assert.deepEqual(notices, []);
    const text = Buffer.concat(
      events.flatMap((event) => (event.kind === "data" ? [event.bytes] : [])),
    ).toString();
    assert.ok(text.includes("c LOGIN u xxxxxxxx\r\nd NOOP\r\n") && !text.includes("secret"), text);
    assert.ok(!text.includes("\0"));
    tap.close("client", "closed");
  }
});

test("an UNAUTHENTICATE that is refused leaves both streams compressed", async () => {
  for (const octets of [1, 4, 1000]) {
    const { tap, hear, exchanges, notices } = compressedTap();
    for (const [from, line] of [
      ["client", "b UNAUTHENTICATE\r\n"],
      ["server", "b BAD what\r\n"],
      ["client", "c NOOP\r\n"],
      ["server", "c OK done\r\n"],
    ] as const) {
      for (const read of cut(deflated(line), octets)) hear(from, read);
    }
    await tap.drained();
    assert.deepEqual(exchanges(), ["COMPRESS OK", "UNAUTHENTICATE BAD", "NOOP OK"], `${octets}`);
    assert.deepEqual(notices, []);
    tap.close("client", "closed");
  }
});

test("a client whose end of compression cannot be found is told as that", async () => {
  const { tap, hear, notices } = compressedTap();
  hear("client", deflated("b UNAUTHENTICATE\r\n"));
  hear("client", Buffer.from("c APPEND x {4+}\r\n\xff\xff\xff\xff\r\n", "latin1"));
  await tap.drained();
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? "", /ended compression with UNAUTHENTICATE, and where that is cannot be found/);
  tap.close("client", "closed");
});
