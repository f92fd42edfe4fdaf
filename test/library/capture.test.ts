import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ImapscopeError } from "../../src/errors.ts";
import { decodeCapture, encodeCapture, observeCapture } from "../../src/library/capture.ts";
import { observeDialogue } from "../../src/library/observe-connection.ts";

const { events, observations } = observeDialogue([
  ["server", "* OK ready\r\n", 1000],
  ["client", "a1 LOGIN alice wonderland\r\n", 2000],
  ["server", Uint8Array.of(0x2a, 0x20, 0xff, 0x0d, 0x0a), 3000],
  ["server", `* ${"x".repeat(10_000)}\r\n`, 4000],
]);

test("events survive a capture unchanged", () => {
  const { header, events: read, problems } = decodeCapture(encodeCapture(events));
  assert.deepEqual(problems, []);
  assert.deepEqual(read, events);
  assert.equal(header?.version, 1);
  assert.match(header?.createdBy ?? "", /^imapscope \d+\.\d+\.\d+/);
  assert.deepEqual(header?.redacted, ["credentials"]);
});

test("a written capture is lines of JSON and nothing else", () => {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(encodeCapture(events));
  const lines = text.split("\n");
  assert.equal(lines.pop(), "");
  for (const line of lines) assert.equal(typeof JSON.parse(line), "object");
});

test("the header is the caller's where the caller gives one", () => {
  const createdAt = "2026-11-22T19:00:00.000Z";
  const { header } = decodeCapture(encodeCapture([], { createdAt, redacted: [] }));
  assert.equal(header?.createdAt, createdAt);
  assert.deepEqual(header?.redacted, []);
});

test("what is no capture says so and throws nothing", () => {
  const { header, problems } = decodeCapture("* OK this is IMAP\r\n");
  assert.equal(header, undefined);
  assert.deepEqual(
    problems.map(({ kind }) => kind),
    ["notCapture"],
  );
});

test("a capture that was cut off is read up to there", () => {
  const octets = encodeCapture(events);
  const { events: read, problems } = decodeCapture(octets.subarray(0, octets.length - 20));
  assert.ok(read.length >= events.length - 1);
  assert.deepEqual(
    problems.map(({ kind }) => kind),
    ["cut"],
  );
});

test("a capture file gives what was observed live, and memory for one event at a time", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "imapscope-"));
  context.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "day.imapcap");
  await writeFile(path, encodeCapture(events));
  const seen = [];
  for await (const observation of observeCapture(path)) seen.push(observation);
  assert.deepEqual(seen, observations);
});

test("a file that is not there is an error with a code", async () => {
  const reading = observeCapture(join(tmpdir(), "imapscope-no-such-file.imapcap")).next();
  await assert.rejects(
    reading,
    (error) => error instanceof ImapscopeError && error.code === "ERR_CAPTURE_UNREADABLE",
  );
});
