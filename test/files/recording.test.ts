import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../src/core/base/octets.ts";
import { encodeHeader } from "../../src/core/capture/encode.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { createBlocks } from "../../src/files/blocks.ts";
import { startRecording } from "../../src/files/recording.ts";
import type { Recording, RecordingOptions } from "../../src/files/recording-options.ts";
import { comparable, decoded, HEADER, wireEvent } from "../wire-events.ts";
import { createSlowFile, type SlowFile } from "./slow-file.ts";

const MiB = 1024 * 1024;
const FIRST = utf8(encodeHeader(HEADER));

interface Setup {
  readonly file: SlowFile;
  readonly recording: Recording;
  readonly failures: unknown[];
  readonly read: () => readonly WireEvent[];
}

async function setUp(gate: "open" | "shut", options: Partial<RecordingOptions> = {}): Promise<Setup> {
  const file = createSlowFile({ gate });
  file.writeSync(FIRST, 0);
  const failures: unknown[] = [];
  const recording = startRecording(file, {
    startOctets: FIRST.length,
    blocks: createBlocks(MiB, 4),
    queueOctets: 64 * MiB,
    complete: false,
    plainOnly: false,
    onFailure: (cause) => failures.push(cause),
    ...options,
  });
  return { file, recording, failures, read: () => decoded([file.contents()]).events };
}

function data(
  octets: number,
  more: { connection?: number; from?: "client" | "server"; at?: number } = {},
): WireEvent {
  const { connection = 1, from = "server", at = 0 } = more;
  const bytes = new Uint8Array(octets).fill(0x78);
  return { kind: "data", connection, from, atMicros: at, bytes, redacted: [] };
}

function close(connection = 1): WireEvent {
  return { kind: "close", connection, atMicros: 9, by: "client", reason: "" };
}

/** Events in short: `data 5`, `omitted 7 behind`, `close`. */
function brief(events: readonly WireEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === "data") return `data ${event.bytes.length}`;
    return event.kind === "omitted" ? `omitted ${event.octets} ${event.reason}` : event.kind;
  });
}

test("law: what is appended is what is read, and closed means on the device", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wireEvent), fc.boolean(), fc.boolean(), async (events, plainOnly, complete) => {
      const { file, recording, read, failures } = await setUp("open", { plainOnly, complete });
      for (const event of events) assert.equal(recording.append(event), true);
      await recording.close();
      assert.deepEqual(read(), events.map(comparable));
      assert.deepEqual(file.calls.slice(-2), ["sync", "close"]);
      assert.equal(recording.octets(), file.contents().length);
      assert.deepEqual(failures, []);
    }),
    { numRuns: 50 },
  );
});

test("octets that have waited are written within half a second, fewer than a block", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { recording, read, file } = await setUp("open");
  recording.append(data(5));
  recording.append(data(6));
  await new Promise(setImmediate);
  assert.deepEqual(brief(read()), []);
  context.mock.timers.tick(400);
  await new Promise(setImmediate);
  assert.deepEqual(brief(read()), ["data 5", "data 6"]);
  assert.deepEqual(file.calls, ["write"]);
  recording.append(data(7));
  context.mock.timers.tick(400);
  await new Promise(setImmediate);
  assert.deepEqual(brief(read()), ["data 5", "data 6", "data 7"]);
});

test("what came while a write was under way is written after it, if its time has come", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { recording, read, file } = await setUp("shut");
  recording.append(data(1));
  context.mock.timers.tick(400);
  recording.append(data(2));
  context.mock.timers.tick(400);
  assert.deepEqual(file.calls, ["write"]);
  await file.finishWrite();
  await file.finishWrite();
  assert.deepEqual(brief(read()), ["data 1", "data 2"]);
});

test("a full block does not wait", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { recording, file } = await setUp("open");
  for (let i = 0; i < 20; i++) recording.append(data(65_536));
  await new Promise(setImmediate);
  assert.equal(file.contents().length, MiB);
  await recording.close();
});

/** Fills the queue of a file whose first write does not end. */
function fill(recording: Recording): void {
  for (let i = 0; i < 4; i++) recording.append(data(MiB / 2));
}

test("whole blocks go to the device directly, all else does not", async () => {
  const { recording, file } = await setUp("open");
  for (let i = 0; i < 5; i++) recording.append(data(MiB / 2));
  await recording.close();
  assert.deepEqual(file.ways, ["cached", "direct", "cached"]);
});

test("full blocks that wait are written at once, as many as there may be, and what is less alone", async () => {
  const { recording, file } = await setUp("shut", { blocks: createBlocks(MiB, 16) });
  for (let i = 0; i < 22; i++) recording.append(data(MiB / 2));
  await file.open();
  await recording.close();
  const sizes = file.octets.map((runs) => runs.map((octets) => octets / MiB));
  assert.ok(Math.abs((sizes[0]?.[0] ?? 0) - 1) < 0.001, "the rest of the first block, behind the header");
  assert.deepEqual(sizes.slice(1, 3), [Array(8).fill(1), [1, 1]]);
  assert.equal(sizes[3]?.length, 1);
  assert.deepEqual(file.ways, ["cached", "direct", "direct", "cached"]);
});

test("when a quarter of the bound waits, octets go the way that is faster than the disk", async () => {
  const { recording, file } = await setUp("shut", { queueOctets: 32 * MiB, blocks: createBlocks(MiB, 16) });
  for (let i = 0; i < 24; i++) recording.append(data(MiB / 2));
  await file.open();
  await recording.close();
  assert.deepEqual(file.ways, ["cached", "cached", "direct", "cached"]);
});

test("a disk that falls behind: octets are counted where they would stand, then it goes on", async () => {
  const { recording, file, read } = await setUp("shut", { queueOctets: 2 * MiB });
  fill(recording);
  assert.equal(recording.append(data(100, { at: 1000 })), true);
  assert.equal(recording.append(data(10, { from: "client", at: 2000 })), true);
  recording.append(data(23, { at: 3000 }));
  recording.append({
    kind: "omitted",
    connection: 1,
    atMicros: 4000,
    from: "server",
    octets: 7,
    reason: "opaque",
  });
  assert.equal(recording.omittedOctets(), MiB / 2 + 133);
  await file.open();
  recording.append(data(5, { at: 5000 }));
  await recording.close();
  const half = `data ${MiB / 2}`;
  assert.deepEqual(brief(read()), [
    ...[half, half, half],
    `omitted ${MiB / 2 + 123} behind`,
    "omitted 10 behind",
    "omitted 7 opaque",
    "data 5",
  ]);
});

test("while behind, openings and closings stay, each after the gap of its connection", async () => {
  const { recording, file, read } = await setUp("shut", { queueOctets: MiB });
  recording.append(data(MiB - 1));
  recording.append(data(MiB / 2, { connection: 1 }));
  recording.append(data(3, { connection: 2 }));
  recording.append(close(1));
  recording.append(data(4, { connection: 2 }));
  await file.open();
  await recording.close();
  assert.deepEqual(brief(read()), [
    `data ${MiB - 1}`,
    `omitted ${MiB / 2} behind`,
    "close",
    "omitted 7 behind",
  ]);
});

test("a gap that is open at the end is recorded", async () => {
  const { recording, file, read } = await setUp("shut", { queueOctets: MiB });
  for (let i = 0; i < 5; i++) recording.append(data(MiB / 2));
  const closed = recording.close();
  await file.open();
  await closed;
  const recorded = read().reduce((sum, event) => sum + (event.kind === "data" ? event.bytes.length : 0), 0);
  assert.equal(brief(read()).at(-1), `omitted ${2.5 * MiB - recorded} behind`);
});

test("what cannot be left out does not grow without bound: the recording ends", async () => {
  const { recording, failures } = await setUp("shut", { queueOctets: MiB });
  const reason = "x".repeat(100_000);
  const long: WireEvent = { kind: "close", connection: 1, atMicros: 1, by: "client", reason };
  for (let i = 0; i < 400; i++) assert.equal(recording.append(long), true);
  assert.equal(failures.length, 1);
});

test("complete: nothing is left out, the caller is told to wait, and when to go on", async () => {
  const { recording, file, read } = await setUp("shut", { queueOctets: 2 * MiB, complete: true });
  const answers = [0, 1, 2, 3, 4].map(() => recording.append(data(MiB / 2)));
  assert.deepEqual(answers, [true, true, true, false, false]);
  let drained = false;
  const waiting = recording.drained().then(() => {
    drained = true;
  });
  await new Promise(setImmediate);
  assert.equal(drained, false);
  await file.open();
  await waiting;
  assert.equal(recording.append(data(1)), true);
  await recording.drained();
  await recording.close();
  assert.deepEqual(brief(read()), [...Array.from({ length: 5 }, () => `data ${MiB / 2}`), "data 1"]);
  assert.equal(recording.omittedOctets(), 0);
});

async function failing(context: TestContext, code: string): Promise<Setup> {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const setup = await setUp("shut", { complete: true, queueOctets: 1 });
  setup.recording.append(data(10));
  context.mock.timers.tick(400);
  const drained = setup.recording.drained();
  await setup.file.breakDown(code);
  await drained;
  return setup;
}

test("a write that fails ends the recording once, and nothing reaches the relay", async (context) => {
  for (const code of ["ENOSPC", "EIO", "EROFS"]) {
    context.mock.timers.reset();
    const { recording, failures, file, read } = await failing(context, code);
    assert.deepEqual(
      failures.map((cause) => String(cause)),
      [`Error: ${code}`],
    );
    assert.equal(recording.append(data(MiB)), true);
    assert.equal(recording.append(close()), true);
    await recording.close();
    recording.closeSync();
    context.mock.timers.tick(1000);
    assert.equal(failures.length, 1);
    assert.deepEqual(file.calls, ["write", "close"]);
    assert.deepEqual(read(), []);
  }
});

test("a write that fails while closing is told in the same way", async () => {
  const { recording, failures, file } = await setUp("shut");
  recording.append(data(10));
  const closed = recording.close();
  await file.breakDown("ENOSPC");
  await closed;
  assert.equal(failures.length, 1);
});

test("a device that fails at the last moment is told too", async () => {
  const { recording, failures, file } = await setUp("open");
  const broken = startRecording(
    { ...file, sync: () => Promise.reject(new Error("EIO")) },
    {
      startOctets: FIRST.length,
      blocks: createBlocks(MiB),
      queueOctets: MiB,
      complete: false,
      plainOnly: false,
      onFailure: (cause) => failures.push(cause),
    },
  );
  await broken.close();
  await recording.close();
  assert.equal(failures.length, 1);
});

test("closing twice is closing once; nothing is recorded afterwards", async () => {
  const { recording, file, read } = await setUp("open");
  recording.append(data(5));
  await Promise.all([recording.close(), recording.close()]);
  await recording.close();
  recording.append(data(6));
  await recording.close();
  assert.deepEqual(brief(read()), ["data 5"]);
  assert.deepEqual(file.calls, ["write", "sync", "close"]);
});

test("a process that ends writes what waits at once, also what is under way", async () => {
  const { recording, file, read } = await setUp("shut");
  for (let i = 0; i < 5; i++) recording.append(data(MiB / 2));
  recording.append(close());
  assert.equal(file.isWriting(), true);
  recording.closeSync();
  const expected = [...Array.from({ length: 5 }, () => `data ${MiB / 2}`), "close"];
  assert.deepEqual(brief(read()), expected);
  await file.open();
  assert.deepEqual(brief(read()), expected, "the write that was under way does no harm when it is done");
});

test("a last write that fails is silent: there is nobody left to tell", async () => {
  const { recording, file, failures } = await setUp("open");
  recording.append(data(5));
  await file.breakDown("EIO");
  recording.closeSync();
  assert.deepEqual(failures, []);
});
