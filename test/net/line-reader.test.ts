import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { createLineReader } from "../../src/net/line-reader.ts";

const clock = { startedAt: new Date(), micros: () => 7 };

function readerOf(timeoutMs = 1000) {
  const stream = new PassThrough();
  const stopped = new AbortController();
  // Only what every stream has is used of it.
  const reader = createLineReader(stream as unknown as Socket, { clock, timeoutMs, signal: stopped.signal });
  return { stream, reader, stopped };
}

test("lines come one by one; what is behind them is put back", async () => {
  const { stream, reader } = readerOf();
  stream.write("* OK one\r\n* 2");
  assert.equal(Buffer.from((await reader.next())?.bytes ?? []).toString(), "* OK one\r\n");
  stream.write(" two\r\nrest");
  assert.equal(Buffer.from((await reader.next())?.bytes ?? []).toString(), "* 2 two\r\n");
  reader.release();
  assert.equal(String(stream.read()), "rest");
});

test("an end, silence, a flood and an abort end the reading", async () => {
  const ended = readerOf();
  ended.stream.end("half");
  assert.equal(await ended.reader.next(), undefined);
  assert.equal(ended.reader.ended(), true);
  const silent = readerOf(1);
  assert.equal(await silent.reader.next(), undefined);
  assert.equal(silent.reader.failure(), "ETIMEDOUT");
  const flood = readerOf();
  flood.stream.write("x".repeat(70_000));
  assert.equal(await flood.reader.next(), undefined);
  const aborted = readerOf();
  aborted.stopped.abort();
  assert.equal(await aborted.reader.next(), undefined);
});
