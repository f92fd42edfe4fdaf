import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { concat } from "../../src/core/base/octets.ts";
import type { CaptureHeader, CaptureProblem } from "../../src/core/capture/format.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { captureEvents, type ReadCaptureOptions, readCapture } from "../../src/files/capture-reader.ts";
import type { ReadingEnd } from "../../src/files/file-octets.ts";
import { captureOf, comparable, HEADER } from "../wire-events.ts";
import { scratchPath } from "./scratch-folder.ts";

/** Octets that gzip cannot make fewer. */
function data(octets: number): WireEvent {
  let state = 1;
  const bytes = Uint8Array.from({ length: octets }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return { kind: "data", connection: 1, atMicros: 5, from: "server", bytes, redacted: [] };
}

const EVENTS: readonly WireEvent[] = [
  data(9),
  data(300_000),
  { kind: "close", connection: 1, atMicros: 9, by: "client", reason: "" },
];

interface Reading {
  readonly end: ReadingEnd;
  readonly headers: CaptureHeader[];
  readonly events: WireEvent[];
  readonly problems: CaptureProblem[];
}

async function read(
  path: string,
  options: ReadCaptureOptions = {},
  onEvent?: (events: readonly WireEvent[]) => void,
): Promise<Reading> {
  const headers: CaptureHeader[] = [];
  const events: WireEvent[] = [];
  const problems: CaptureProblem[] = [];
  const handlers = {
    onHeader: (header: CaptureHeader) => headers.push(header),
    onEvent: (event: WireEvent) => {
      events.push(comparable(event));
      onEvent?.(events);
    },
    onProblem: (problem: CaptureProblem) => problems.push(problem),
  };
  const end = await readCapture(path, handlers, options);
  return { end, headers, events, problems };
}

test("a capture is read by its content, whatever its name, packed or not", async (context) => {
  const expected = { end: "end", headers: [HEADER], events: EVENTS, problems: [] };
  const plain = scratchPath(context, "photo.jpg");
  writeFileSync(plain, captureOf(EVENTS));
  assert.deepEqual(await read(plain), expected);
  const packed = scratchPath(context, "notes.txt");
  writeFileSync(packed, gzipSync(captureOf(EVENTS)));
  assert.deepEqual(await read(packed), expected);
  assert.deepEqual(await read(packed, { follow: true }), expected);
});

test("standard input, packed or not, in any chunks", async () => {
  for (const file of [captureOf(EVENTS), gzipSync(captureOf(EVENTS))]) {
    const chunks = [file.subarray(0, 1), file.subarray(1, 2), file.subarray(2)].map((each) =>
      Buffer.from(each),
    );
    const { events, end } = await read("-", { stdin: Readable.from(chunks, { objectMode: false }) });
    assert.deepEqual([events, end], [EVENTS, "end"]);
  }
});

test("a signal ends the reading of standard input", async () => {
  const stdin = new Readable({ read: () => undefined });
  stdin.push(captureOf(EVENTS.slice(0, 1)));
  const stop = new AbortController();
  const { events, end } = await read("-", { stdin, signal: stop.signal }, () => stop.abort());
  assert.deepEqual([events.length, end], [1, "aborted"]);
});

test("what is no capture is refused with the reason, and so is one that is too new", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  for (const [text, code] of [
    ["", "ERR_CAPTURE_NOT_ONE"],
    ["x", "ERR_CAPTURE_NOT_ONE"],
    ["From: somebody\r\n", "ERR_CAPTURE_NOT_ONE"],
    [gzipSync("From: somebody\r\n"), "ERR_CAPTURE_NOT_ONE"],
    [
      '{"type":"capture","version":2}\n{"type":"end","connection":1,"at":1,"from":"client"}\n',
      "ERR_CAPTURE_TOO_NEW",
    ],
  ] as const) {
    writeFileSync(path, text);
    await assert.rejects(read(path), { code });
    await assert.rejects(captureEvents(path).next(), { code });
  }
  await assert.rejects(read(path), {
    message: `${path} is a capture of version 2; this imapscope reads up to version 1`,
  });
});

test("what cannot be read says why", async (context) => {
  const path = scratchPath(context, "missing.imapcap");
  await assert.rejects(read(path), {
    code: "ERR_CAPTURE_UNREADABLE",
    message: `${path} cannot be read: there is no such file or folder (ENOENT)`,
  });
  const broken = gzipSync(captureOf(EVENTS));
  broken.fill(0xff, 100, 200);
  writeFileSync(path, broken);
  await assert.rejects(read(path), { code: "ERR_CAPTURE_UNREADABLE" });
});

test("a file that was cut off is read up to there, packed too", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = captureOf(EVENTS.slice(0, 2));
  for (const content of [file.subarray(0, -1000), gzipSync(file).subarray(0, -1000)]) {
    writeFileSync(path, content);
    const { events, problems, end } = await read(path);
    assert.deepEqual([events.length, problems.map((problem) => problem.kind), end], [2, ["cut"], "end"]);
    const last = events[1];
    assert.ok(last?.kind === "data" && last.bytes.length > 200_000 && last.bytes.length < 300_000);
  }
});

test("damage is reported and passed over; a second capture ends the reading", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const second = captureOf([]);
  writeFileSync(path, concat([captureOf(EVENTS), Buffer.from("rubbish\n"), second, Buffer.alloc(1_000_000)]));
  const { events, problems, end } = await read(path);
  assert.deepEqual(
    [events.length, problems.map((problem) => problem.kind), end],
    [3, ["damaged", "joined"], "end"],
  );
});

test("a growing capture is followed; a record that is not whole yet is no fault", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = captureOf(EVENTS);
  const half = file.length - 100_000;
  writeFileSync(path, file.subarray(0, half));
  const stop = new AbortController();
  let grown = false;
  const { events, problems, end } = await read(path, { follow: true, signal: stop.signal }, (seen) => {
    if (!grown) appendFileSync(path, concat([file.subarray(half), Buffer.from('{"type":"da')]));
    grown = true;
    if (seen.length === 3) stop.abort();
  });
  assert.deepEqual([events, problems, end], [EVENTS, [], "aborted"]);
});

test("the next piece is read when there is room for what it gives", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, captureOf(EVENTS));
  const seen: number[] = [];
  let events = 0;
  const room = async (): Promise<void> => {
    seen.push(events);
  };
  await read(path, { room }, (all) => {
    events = all.length;
  });
  // Pieces are 64 KiB at most, and the end of the file is one more.
  assert.deepEqual(seen, [1, 1, 1, 1, 1, 1, 3, 3]);
});

test("borders of records are told as octets of the unpacked capture, and the end", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  const file = captureOf(EVENTS);
  writeFileSync(path, gzipSync(file));
  const borders: number[] = [];
  await read(path, { onBorder: (octets) => borders.push(octets) });
  assert.equal(borders.at(-1), file.length);
  for (const border of borders.slice(0, -1)) {
    const rest = concat([captureOf([]), file.subarray(border)]);
    const again: WireEvent[] = [];
    writeFileSync(path, rest);
    again.push(...(await read(path)).events);
    assert.deepEqual(again, EVENTS.slice(EVENTS.length - again.length));
  }
});

test("what a handler throws comes back to the caller", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, captureOf(EVENTS));
  const failure = new Error("a fault of ours");
  const reading = read(path, {}, () => {
    throw failure;
  });
  await assert.rejects(reading, failure);
});

test("events one by one, and leaving early", async (context) => {
  const path = scratchPath(context, "a.imapcap");
  writeFileSync(path, captureOf(EVENTS).subarray(0, -3));
  const events: WireEvent[] = [];
  const headers: CaptureHeader[] = [];
  const problems: CaptureProblem[] = [];
  const options = {
    onHeader: (header: CaptureHeader) => headers.push(header),
    onProblem: (problem: CaptureProblem) => problems.push(problem),
  };
  for await (const event of captureEvents(path, options)) events.push(comparable(event));
  assert.deepEqual([events, headers, problems.length], [EVENTS.slice(0, 2), [HEADER], 1]);
  for await (const event of captureEvents(path)) {
    assert.deepEqual(comparable(event), EVENTS[0]);
    break;
  }
});
