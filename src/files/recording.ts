/**
 * Records facts to a capture file without ever holding up or harming what it records.
 *
 * Theory of operation. `append` encodes into a queue of blocks and returns; a block is written when it is full, or when
 * its first octets have waited for a moment; one write is under way at a time, of all full blocks that wait, up to a
 * limit: between two writes lies a turn of the event loop, in which more than a block may come. Full blocks go to the
 * device directly, and cost no memory of the system; but when a quarter of the bound waits, through the system's memory,
 * which takes octets faster than a disk. Where the disk does not keep up even so, the queue grows to its bound. Then, by
 * default, octets are left out: counted in gaps until half of the queue is written, and the counts recorded where the
 * octets would stand, before anything that follows them. With `complete` nothing is left out: `append` says that the
 * queue is over its bound, and the caller stops reading until `drained`. A write that fails ends the recording, once,
 * with one error; from then on everything appended is ignored.
 */
import type { ConnectionId } from "../core/base/leg.ts";
import { encodeEvent } from "../core/capture/encode.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { CaptureFile } from "./capture-file.ts";
import { createGaps, mayBeOmitted } from "./gaps.ts";
import { createOctetQueue } from "./octet-queue.ts";
import type { Recording, RecordingOptions } from "./recording-options.ts";

/** Half of what is promised (500 ms), so that the write itself has the other half. */
const FLUSH_MS = 250;
/** Above the bound for what cannot be left out (opens, closes): with so much of it the disk stands still. */
const RESERVE_OCTETS = 16 * 1024 * 1024;

/** Full blocks that are written at once. */
const BLOCKS_AT_ONCE = 8;
const NOTHING: readonly Uint8Array[] = [];

/** Begins to record to a file, which it closes when the recording is over. */
export function startRecording(file: CaptureFile, options: RecordingOptions): Recording {
  const { queueOctets: bound, complete, blocks } = options;
  const queue = createOctetQueue(blocks, options.startOctets);
  const gaps = createGaps();
  let state: "recording" | "closing" | "over" = "recording";
  let behind = false;
  let omitted = 0;

  let position = options.startOctets;
  let underWay = NOTHING;
  let writing = false;
  let written: Promise<void> = Promise.resolve();
  let closed: Promise<void> | undefined;
  let flushDue = false;
  let timer: NodeJS.Timeout | undefined;
  let waiters: (() => void)[] = [];

  if (options.preface !== undefined) {
    queue.text(options.preface);
    schedule();
  }

  function waiting(): number {
    return queue.octets() + octetsOf(underWay);
  }

  function append(event: WireEvent): boolean {
    if (state !== "recording") return true;
    if (!complete && isBehind(event)) {
      if (mayBeOmitted(event)) {
        if (event.kind === "data") omitted += event.bytes.length;
        gaps.add(event);
        return true;
      }
      recordGaps(event.connection);
    }
    encodeEvent(event, queue, options);
    if (waiting() > bound + RESERVE_OCTETS && !complete) {
      fail(new Error("the disk stands still"));
      return true;
    }
    schedule();
    return !complete || waiting() <= bound;
  }

  function isBehind(event: WireEvent): boolean {
    if (behind) catchUp();
    else behind = waiting() + (event.kind === "data" ? event.bytes.length : 0) > bound;
    return behind;
  }

  /** Leaving out ends only when half of the queue is written: else every other read would make a gap. */
  function catchUp(): void {
    if (!behind || waiting() > bound / 2) return;
    behind = false;
    recordGaps();
  }

  function recordGaps(connection?: ConnectionId): void {
    if (gaps.isEmpty()) return;
    for (const gap of gaps.take(connection)) encodeEvent(gap, queue, options);
    schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(flush, FLUSH_MS);
    if (!writing) startWriting();
  }

  function flush(): void {
    timer = undefined;
    flushDue = true;
    startWriting();
  }

  function startWriting(): void {
    if (writing || state === "over") return;
    const first = nextRuns();
    if (first.length === 0) return;
    writing = true;
    written = writeFrom(first);
  }

  /** Whole blocks together, and what is less alone. */
  function nextRuns(): readonly Uint8Array[] {
    const runs: Uint8Array[] = [];
    let run = queue.take("full") ?? (flushDue ? queue.take("partial") : undefined);
    while (run !== undefined) {
      runs.push(run);
      run = isWhole(run) && runs.length < BLOCKS_AT_ONCE ? queue.take("full") : undefined;
    }
    if (queue.octets() === 0) flushDue = false;
    return runs;
  }

  async function writeFrom(first: readonly Uint8Array[]): Promise<void> {
    try {
      for (let runs = first; runs.length > 0; runs = nextRuns()) {
        underWay = runs;
        await file.write(runs, position, wayOf(runs));
        underWay = NOTHING;
        if (state === "over") return;
        position += octetsOf(runs);
        for (const run of runs) queue.giveBack(run);
        settle();
      }
    } catch (cause) {
      fail(cause);
    } finally {
      writing = false;
    }
  }

  function isWhole(run: Uint8Array): boolean {
    return run.length === blocks.blockOctets;
  }

  function wayOf(runs: readonly Uint8Array[]): "direct" | "cached" {
    const fits = runs.every((run) => isWhole(run) && blocks.areAligned(run));
    return fits && waiting() < bound / 4 ? "direct" : "cached";
  }

  function settle(): void {
    if (state === "recording") catchUp();
    if (state !== "over" && waiting() > bound / 2) return;
    const resolved = waiters;
    waiters = [];
    for (const resolve of resolved) resolve();
  }

  function drained(): Promise<void> {
    if (state === "over" || waiting() <= bound / 2) return Promise.resolve();
    return new Promise((resolve) => waiters.push(resolve));
  }

  function end(): void {
    state = "over";
    clearTimeout(timer);
    timer = undefined;
    queue.clear();
    settle();
  }

  function fail(cause: unknown): void {
    if (state === "over") return;
    underWay = NOTHING;
    end();
    file.close().catch(() => undefined);
    options.onFailure(cause);
  }

  function close(): Promise<void> {
    closed ??= closeOnce();
    return closed;
  }

  async function closeOnce(): Promise<void> {
    if (state === "over") return;
    recordGaps();
    state = "closing";
    flushDue = true;
    startWriting();
    await written;
    // Full blocks and the last one are all taken by one run of writes, unless that run failed.
    if (isOver()) return;
    try {
      await file.sync();
      await file.close();
      end();
    } catch (cause) {
      fail(cause);
    }
  }

  function isOver(): boolean {
    return state === "over";
  }

  function* rest(): Generator<Uint8Array> {
    for (let run = queue.take("partial"); run !== undefined; run = queue.take("partial")) yield run;
  }

  function closeSync(): void {
    if (state === "over") return;
    recordGaps();
    let at = position;
    try {
      for (const run of [...underWay, ...rest()]) {
        file.writeSync(run, at);
        at += run.length;
      }
    } catch {
      // The process is about to end: what could be written is written.
    }
    end();
  }

  return {
    append,
    drained,
    octets: () => position + waiting(),
    omittedOctets: () => omitted,
    close,
    closeSync,
  };
}

function octetsOf(runs: readonly Uint8Array[]): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}
