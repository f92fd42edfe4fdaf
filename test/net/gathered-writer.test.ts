import assert from "node:assert/strict";
import { once } from "node:events";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { createGatheredWriter } from "../../src/net/gathered-writer.ts";

/** Keeps what is written to it, and is done with it when the test says. */
function stream(highWaterMark = 1 << 20) {
  const writes: Buffer[] = [];
  const ready: (() => void)[] = [];
  const duplex = new Duplex({
    writableHighWaterMark: highWaterMark,
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      writes.push(chunk);
      ready.push(done);
    },
  });
  return { duplex, writes, take: () => ready.shift()?.() };
}

const NEVER = new AbortController().signal;
const octets = (text: string): Uint8Array => Buffer.from(text, "latin1");

test("what is little is written together when it is flushed", async () => {
  const { duplex, writes } = stream();
  const writer = createGatheredWriter(duplex, NEVER);
  for (const text of ["a", "b", "c"]) await writer.write(octets(text));
  assert.deepEqual(writes, []);
  await writer.flush();
  await writer.flush();
  assert.deepEqual(writes.map(String), ["abc"]);
});

test("what is much is written without a flush", async () => {
  const { duplex, writes } = stream();
  const writer = createGatheredWriter(duplex, NEVER);
  for (let at = 0; at < 64; at++) await writer.write(new Uint8Array(1024));
  assert.deepEqual(
    writes.map(({ length }) => length),
    [65_536],
  );
});

test("a reader that is slow is waited for, until the signal", async () => {
  const { duplex, take } = stream(10);
  const aborted = new AbortController();
  const writer = createGatheredWriter(duplex, aborted.signal);
  await writer.write(octets("more than ten octets"));
  let done = false;
  const flushed = writer.flush().then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(done, false);
  take();
  await flushed;
  await writer.write(octets("more than ten octets"));
  const cut = writer.flush();
  aborted.abort(new Error("it is over"));
  await assert.rejects(cut);
});

test("it goes on in another stream, and compressed so that each flush can be read by itself", async () => {
  const [first, second] = [stream(), stream()];
  const writer = createGatheredWriter(first.duplex, NEVER);
  await writer.write(octets("plain"));
  await writer.flush();
  writer.moveTo(second.duplex);
  writer.compress();
  await writer.write(octets("one "));
  await writer.flush();
  second.take();
  const half = Buffer.concat(second.writes);
  await writer.write(octets("two"));
  await writer.flush();
  second.take();
  assert.deepEqual(first.writes.map(String), ["plain"]);
  const { Z_SYNC_FLUSH: finishFlush } = (await import("node:zlib")).constants;
  assert.equal(String(inflateRawSync(half, { finishFlush })), "one ");
  assert.equal(String(inflateRawSync(Buffer.concat(second.writes), { finishFlush })), "one two");
});

test("a stream that is gone takes nothing, and nothing throws", async () => {
  const { duplex, writes } = stream();
  const writer = createGatheredWriter(duplex, NEVER);
  duplex.destroy();
  await once(duplex, "close");
  await writer.write(octets("x"));
  await writer.flush();
  assert.deepEqual(writes, []);
});
