/**
 * Records facts to a capture file without ever holding up or harming what it records.
 *
 * Theory of operation. `append` encodes into a queue of blocks and returns; a block is written when it is full, or when
 * its first octets have waited for a moment; one write is under way at a time. Full blocks go to the device directly, and
 * cost no memory of the system; but when a quarter of the bound waits, through the system's memory, which takes octets faster
 * than a disk. Where the disk does not keep up even so, the queue grows to its bound. Then, by default, octets are left
 * out: counted in gaps until half of the queue is written, and the counts recorded where the octets would stand, before
 * anything that follows them. With `complete` nothing is left out: `append` says that the queue is over its bound, and the
 * caller stops reading until `drained`. A write that fails ends the recording, once, with one error; from then on
 * everything appended is ignored.
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

/** Begins to record to a file, which it closes when the recording is over. */
export function startRecording(file: CaptureFile, options: RecordingOptions): Recording {
  const { queueOctets: bound, complete, blocks } = options;
  const queue = createOctetQueue(blocks, options.startOctets);
  const gaps = createGaps();
  let state: "recording" | "closing" | "over" = "recording";
  let behind = false;
  let omitted = 0;

  let position = options.startOctets;
  let underWay: Uint8Array | undefined;
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
    return queue.octets() + (underWay?.length ?? 0);
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
    const first = nextBlock();
    if (first === undefined) return;
    writing = true;
    written = writeFrom(first);
  }

  function nextBlock(): Uint8Array | undefined {
    const block = queue.take(flushDue ? "partial" : "full");
    if (queue.octets() === 0) flushDue = false;
    return block;
  }

  async function writeFrom(first: Uint8Array): Promise<void> {
    try {
      for (let block: Uint8Array | undefined = first; block !== undefined; block = nextBlock()) {
        underWay = block;
        await file.write(block, position, wayOf(block));
        underWay = undefined;
        if (state === "over") return;
        position += block.length;
        queue.giveBack(block);
        settle();
      }
    } catch (cause) {
      fail(cause);
    } finally {
      writing = false;
    }
  }

  function wayOf(block: Uint8Array): "direct" | "cached" {
    const whole = block.length === blocks.blockOctets && blocks.areAligned(block);
    return whole && waiting() < bound / 4 ? "direct" : "cached";
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
    underWay = undefined;
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

  function closeSync(): void {
    if (state === "over") return;
    recordGaps();
    let at = position;
    try {
      for (
        let block = underWay ?? queue.take("partial");
        block !== undefined;
        block = queue.take("partial")
      ) {
        file.writeSync(block, at);
        at += block.length;
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
