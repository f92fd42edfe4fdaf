import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import * as tls from "node:tls";
import { constants, createDeflateRaw, createInflateRaw } from "node:zlib";
import type { Saying } from "../../src/core/replay/saying.ts";
import { startClock } from "../../src/net/clock.ts";
import { createFairTurns } from "../../src/net/fair-turns.ts";
import { openReplayConnection } from "../../src/net/replay-connection.ts";
import { allOctets, allText, closeEverything, plainClient, scopeCa, textUpTo, tlsClient } from "./peers.ts";
import { endlessOctets, octetAt, replayServer, says, scriptedPlayer } from "./replay-peers.ts";

afterEach(closeEverything);

const CLOSE: Saying = { kind: "close" };
const NO_EARLY = new Uint8Array(0);
const runOf = (octets: number): Saying => ({ kind: "run", run: { connection: 1, from: 0, to: octets } });
const startTls = [says("a OK begin\r\n"), { kind: "startTls", early: NO_EARLY }] as const;
const deflate = [says("a OK deflate\r\n"), { kind: "deflate", early: NO_EARLY }] as const;
const bye = [says("* BYE bye\r\n"), CLOSE];

test("sayings are done one after the other, and an end is one in order", async () => {
  const { idle, notices, port } = await replayServer({ LOGOUT: bye });
  for (const socket of [plainClient(port("imap")), tlsClient(port("imaps")).socket]) {
    socket.write("one\r\ntwo\r\nLOGOUT\r\n");
    const text = allText(socket);
    assert.equal(await text, "* OK hi\r\n* one\r\n* two\r\n* BYE bye\r\n");
    socket.end();
  }
  await idle();
  assert.deepEqual(notices, []);
});

test("STARTTLS begins TLS behind the answer", async () => {
  const { idle, notices, port } = await replayServer({ STARTTLS: startTls, LOGOUT: bye });
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "hi\r\n");
  raw.write("STARTTLS\r\n");
  await textUpTo(raw, "begin\r\n");
  const secure = tls.connect({ socket: raw, ca: scopeCa.pem, host: "127.0.0.1" });
  await once(secure, "secureConnect");
  secure.write("one\r\nLOGOUT\r\n");
  assert.equal(await allText(secure), "* one\r\n* BYE bye\r\n");
  secure.end();
  await idle();
  assert.deepEqual(notices, []);
});

test("what was put behind STARTTLS is not taken for a command", async () => {
  const { idle, notices, port } = await replayServer({ STARTTLS: startTls });
  const raw = plainClient(port("imap"));
  raw.write("STARTTLS\r\ninjected\r\n");
  await textUpTo(raw, "begin\r\n");
  const secure = tls.connect({ socket: raw, ca: scopeCa.pem, host: "127.0.0.1" });
  secure.write("one\r\n");
  assert.equal(await textUpTo(secure, "one\r\n"), "* one\r\n");
  secure.destroy();
  await idle();
  assert.match(notices[0]?.text ?? "", /octets came behind STARTTLS/);
});

/** Both directions compressed from here. */
function compressed(socket: Socket) {
  const out = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
  out.on("data", (bytes: Buffer) => socket.write(bytes));
  const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  socket.pipe(inflate);
  return { write: (text: string) => out.write(text), inflate: inflate as unknown as Socket };
}

for (const scheme of ["imap", "imaps"] as const)
  test(`COMPRESS deflates both directions behind the answer, over ${scheme}`, async () => {
    const { idle, notices, port } = await replayServer({
      COMPRESS: deflate,
      BIG: [runOf(300_000)],
      LOGOUT: bye,
    });
    const socket = scheme === "imap" ? plainClient(port("imap")) : tlsClient(port("imaps")).socket;
    await textUpTo(socket, "hi\r\n");
    socket.write("COMPRESS\r\n");
    await textUpTo(socket, "deflate\r\n");
    const { write, inflate } = compressed(socket);
    write("one\r\n");
    await textUpTo(inflate, "* one\r\n");
    write("BIG\r\nLOGOUT\r\n");
    const octets = await allOctets(inflate);
    assert.equal(octets.length, 300_000 + "* BYE bye\r\n".length);
    assert.ok(octets.subarray(0, 300_000).every((octet, at) => octet === octetAt(at)));
    // As clients do, without the end of the compressed stream.
    socket.end();
    await idle();
    assert.deepEqual(notices, []);
  });

test("octets that are not compressed where they should be end the connection, which is told", async () => {
  const { idle, notices, port } = await replayServer({ COMPRESS: deflate });
  const socket = plainClient(port("imap"));
  await textUpTo(socket, "hi\r\n");
  socket.write("COMPRESS\r\n");
  await textUpTo(socket, "deflate\r\n");
  socket.write(Buffer.alloc(100, 0xff));
  await allOctets(socket);
  socket.end();
  await idle();
  assert.match(notices[0]?.text ?? "", /the compressed octets cannot be read/);
});

test("a client that has ended its half gets all that it is owed", async () => {
  const { idle, notices, port } = await replayServer({ BIG: [runOf(5_000_000)] });
  const socket = plainClient(port("imap"));
  socket.end("BIG\r\none\r\n");
  const octets = await allOctets(socket);
  assert.equal(octets.length, "* OK hi\r\n".length + 5_000_000 + "* one\r\n".length);
  assert.ok(octets.subarray(9, 5_000_009).every((octet, at) => octet === octetAt(at)));
  await idle();
  assert.deepEqual(notices, []);
});

test("a client that goes on while it is being answered is answered", async () => {
  const { port } = await replayServer({ BIG: [runOf(4_000_000)] });
  const socket = plainClient(port("imap"));
  await textUpTo(socket, "hi\r\n");
  socket.write("BIG\r\n");
  socket.once("readable", () => socket.write("one\r\n"));
  await textUpTo(socket, "* one\r\n");
});

test("no more is read for a client that does not read than the buffers hold", async () => {
  let read = 0;
  const octets = {
    read: async function* ({ to }: { to: number }) {
      for (let at = 0; at < to; at += 64 * 1024) {
        read += 64 * 1024;
        yield new Uint8Array(64 * 1024);
      }
    },
  };
  const { port, idle } = await replayServer({ BIG: [runOf(1e9)], one: [says("* one\r\n")] }, { octets });
  const slow = plainClient(port("imap"));
  await textUpTo(slow, "hi\r\n");
  slow.write("BIG\r\n");
  // Others are served all the while, often enough for the buffers of the slow one to be full.
  for (let before = -1; before !== read; ) {
    before = read;
    for (let turn = 0; turn < 50; turn++) {
      const other = plainClient(port("imap"));
      await textUpTo(other, "hi\r\n");
      other.write("one\r\n");
      await textUpTo(other, "* one\r\n");
      other.destroy();
    }
  }
  assert.ok(read < 100_000_000, `${read} octets`);
  slow.destroy();
  await idle();
});

test("a pause is made at a speed, and none without", async () => {
  const pause: Saying = { kind: "pause", micros: 60_000, yields: false };
  for (const speed of [undefined, 2]) {
    const { port } = await replayServer({ late: [pause, says("* late\r\n")] }, { speed });
    const socket = plainClient(port("imap"));
    await textUpTo(socket, "hi\r\n");
    const sent = performance.now();
    socket.write("late\r\n");
    await textUpTo(socket, "* late\r\n");
    // Never sooner; how much later depends on the machine.
    if (speed !== undefined) assert.ok(performance.now() - sent >= 28);
  }
});

test("a pause that yields is over when the client speaks, and every pause when it is gone", async () => {
  const long = (yields: boolean): Saying => ({ kind: "pause", micros: 3_600_000_000, yields });
  const rows = {
    wait: [says("* begun\r\n"), long(true), says("* late\r\n")],
    stuck: [says("* begun\r\n"), long(false)],
  };
  const { idle, port } = await replayServer(rows, { speed: 1 });
  const socket = plainClient(port("imap"));
  socket.write("wait\r\n");
  await textUpTo(socket, "begun\r\n");
  socket.write("one\r\n");
  await textUpTo(socket, "* late\r\n* one\r\n");
  socket.write("stuck\r\n");
  await textUpTo(socket, "begun\r\n");
  socket.destroy();
  await idle();
});

test("a client that says and reads nothing for too long is told and let go", async () => {
  const { idle, port, timeouts, ended } = await replayServer({}, { idleTimeoutMs: 50 });
  const text = await allText(plainClient(port("imap")));
  assert.match(
    text,
    /^\* OK hi\r\n\* BYE \[UNAVAILABLE\] imapscope: the client has said nothing for too long\r\n$/,
  );
  await idle();
  assert.deepEqual(timeouts, ["A client said nothing for 0.05 s."]);
  assert.deepEqual(ended, ["It ended: it said nothing for too long."]);
});

test("it is no silence of the client's when the replay waits as was recorded", async () => {
  const timeouts: string[] = [];
  let hear = (_raw: Socket): void => {};
  const heard = new Promise<Socket>((resolve) => {
    hear = resolve;
  });
  const pause: Saying = { kind: "pause", micros: 3_600e6, yields: false };
  const server = createServer((raw) => {
    const player = scriptedPlayer({ WAIT: [pause] });
    const take = (bytes: Uint8Array, atMicros: number): void => {
      player.take(bytes, atMicros);
      hear(raw);
    };
    const { done } = openReplayConnection(raw, {
      ...{ secure: false, createPlayer: () => ({ ...player, take }), octets: endlessOctets },
      ...{ contextFor: () => assert.fail("no TLS"), clock: startClock(), speed: 1 },
      ...{ turns: createFairTurns() },
      ...{ handshakeTimeoutMs: 1e6, idleTimeoutMs: 1e6, graceMs: 500 },
      onTimeout: () => timeouts.push("too long"),
    });
    void done.then(() => server.close());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = plainClient(port);
  client.write("WAIT\r\n");
  const raw = await heard;
  // It waits once it has had its turns, each of which may take many rounds of the event loop.
  for (let round = 0; round < 100; round++) await setImmediate();
  raw.emit("timeout");
  assert.deepEqual(timeouts, []);
  client.destroy();
  await once(server, "close");
});

test("who waits for clients waits no longer than for a first one", async () => {
  const { idle, timeouts } = await replayServer({}, { idleTimeoutMs: 50 });
  await idle();
  assert.deepEqual(timeouts, ["No client came in 0.05 s."]);
});

test("what cannot be read again ends the connection, which is told", async () => {
  const octets = {
    // biome-ignore lint/correctness/useYield: it fails before
    read: async function* () {
      throw new Error("the disk is gone");
    },
  };
  const { idle, notices, port } = await replayServer({ BIG: [runOf(10)] }, { octets });
  const socket = plainClient(port("imap"));
  socket.write("BIG\r\n");
  await allText(socket);
  socket.end();
  await idle();
  assert.deepEqual(
    notices.map(({ text }) => text),
    ["It ended: the disk is gone."],
  );
});
