import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { createInflater } from "../../src/net/inflater.ts";

const text = (runs: unknown) => (Array.isArray(runs) ? Buffer.concat(runs).toString() : runs);

test("a stream is inflated read by read, wherever it is cut", async () => {
  const octets = deflateRawSync("* 1 EXISTS\r\n".repeat(1000), { finishFlush: constants.Z_SYNC_FLUSH });
  const inflater = createInflater();
  const given = [
    text(await inflater.inflate(octets.subarray(0, 7))),
    text(await inflater.inflate(octets.subarray(7))),
  ];
  assert.equal(given.join(""), "* 1 EXISTS\r\n".repeat(1000));
  inflater.close();
});

test("what is no DEFLATE, what ended, and what is too much fail, for good", async () => {
  const corrupt = createInflater();
  assert.equal(await corrupt.inflate(Buffer.from("From: plain text")), "corrupt");
  assert.equal(await corrupt.inflate(Buffer.from("more")), "corrupt");
  const ended = createInflater();
  assert.equal(text(await ended.inflate(deflateRawSync("bye"))), "bye");
  assert.equal(await ended.inflate(Buffer.from("more")), "corrupt");
  const bomb = createInflater();
  assert.equal(await bomb.inflate(deflateRawSync(Buffer.alloc(32 * 1024 * 1024))), "tooMuch");
});
