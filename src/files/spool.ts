/**
 * A spool: what was seen so far, in temporary files, so that the screen can read it back.
 *
 * Theory of operation. Events come masked, and are appended as the records of a capture. They go to segments, each a nameless
 * file; when all together would be over the bound, the oldest segment is given up, and with it what was known of where things
 * stand in it. A record is never in two segments. Offsets count from the beginning of the whole, also of what was given up.
 * Appending encodes into blocks of memory and returns; blocks are written one at a time, when they are full or somebody wants
 * to read. Where the disk does not keep up, octets are left out and counted, as in a recording. A write that fails ends the
 * spool: what was written can still be read.
 */
import type { ConnectionId } from "../core/base/leg.ts";
import { encodeEvent, encodeHeader } from "../core/capture/encode.ts";
import { CAPTURE_VERSION } from "../core/capture/format.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { createBlockIndex } from "./block-index.ts";
import { type ConnectionFacts, createConnectionFacts } from "./connection-facts.ts";
import { type EventLog, GIVEN_UP } from "./event-log.ts";
import { createGaps, mayBeOmitted } from "./gaps.ts";
import { BLOCK_OCTETS, createSegment, type Segment, type SegmentFile } from "./spool-segment.ts";
import { openTemporaryFile } from "./temporary-file.ts";

const SPOOL_OCTETS = 1024 * 1024 * 1024;
const SEGMENTS = 8;
/** Files that it has open at most: one is begun before the oldest is closed. */
export const SPOOL_DESCRIPTORS = SEGMENTS + 2;
/** Octets that may wait to be written, and above that what cannot be left out. */
const QUEUE_OCTETS = 32 * 1024 * 1024;
const RESERVE_OCTETS = 16 * 1024 * 1024;

export interface SpoolOptions {
  /** Octets on disk; over that the oldest is given up. SPOOL_OCTETS unless told. */
  readonly mostOctets?: number | undefined;
  readonly queueOctets?: number;
  /** Told once, when a write has failed and nothing more will be kept. */
  readonly onEnd?: (cause: unknown) => void;
  /** Told once, when octets are left out because the disk does not keep up. */
  readonly onBehind?: () => void;
  readonly openFile?: () => Promise<SegmentFile>;
}

export interface Spool extends EventLog {
  /** Never throws, never waits. */
  readonly append: (event: WireEvent) => void;
  /** Nothing more will come. */
  readonly end: () => void;
  /** Resolves when so little waits to be written that nothing will be left out. */
  readonly drained: () => Promise<void>;
  /** Octets that were given up, from the beginning. */
  readonly droppedOctets: () => number;
  /** Octets that were left out because the disk did not keep up. */
  readonly omittedOctets: () => number;
}

export function createSpool(options: SpoolOptions = {}): Spool {
  const mostOctets = options.mostOctets ?? SPOOL_OCTETS;
  const queueOctets = options.queueOctets ?? QUEUE_OCTETS;
  const openFile = options.openFile ?? (() => openTemporaryFile());
  const index = createBlockIndex();
  const gaps = createGaps();
  /** Of the open connections. */
  const facts = new Map<ConnectionId, ConnectionFacts>();
  let newest = createSegment({ start: 0, facts: new Map(), openFile });
  let segments: Segment[] = [newest];
  let state: "open" | "ended" | "failed" = "open";
  let behind = false;
  let omitted = 0;
  let writing: Promise<void> | undefined;

  newest.text(encodeHeader({ version: CAPTURE_VERSION, createdAt: "", createdBy: "", redacted: [] }));

  function waiting(): number {
    return segments.reduce((octets, segment) => octets + segment.waiting(), 0);
  }

  function append(event: WireEvent): void {
    if (state !== "open") return;
    if (isBehind(event)) {
      if (mayBeOmitted(event)) {
        if (event.kind === "data") omitted += event.bytes.length;
        gaps.add(event);
        return;
      }
      for (const gap of gaps.take(event.connection)) record(gap);
    }
    record(event);
    if (behind && waiting() > queueOctets + RESERVE_OCTETS) fail(new Error("the disk stands still"));
    else if (newest.waiting() >= BLOCK_OCTETS) startWriting();
  }

  function record(event: WireEvent): void {
    if (newest.octets() >= mostOctets / SEGMENTS) beginSegment();
    index.note(event.connection, event.atMicros);
    encodeEvent(event, newest);
    index.border(newest.start + newest.octets());
    keepFacts(event);
    while (segments.length > 1 && index.end() - (segments[0]?.start ?? 0) > mostOctets) dropOldest();
  }

  function keepFacts(event: WireEvent): void {
    if (event.kind === "data" || event.kind === "omitted") return;
    if (event.kind === "open") facts.set(event.connection, createConnectionFacts());
    facts.get(event.connection)?.take(event);
    if (event.kind === "close") facts.delete(event.connection);
  }

  function beginSegment(): void {
    const start = index.end();
    index.border(start, true);
    newest.seal();
    const known = new Map([...facts].map(([connection, each]) => [connection, each.restated()]));
    newest = createSegment({ start, facts: known, openFile });
    segments.push(newest);
    startWriting();
  }

  function dropOldest(): void {
    const [oldest, ...others] = segments;
    segments = others;
    index.dropBefore(others[0]?.start ?? 0);
    void oldest?.close();
  }

  function isBehind(event: WireEvent): boolean {
    if (behind) catchUp();
    else if (writing !== undefined) {
      behind = waiting() + (event.kind === "data" ? event.bytes.length : 0) > queueOctets;
      if (behind) options.onBehind?.();
    }
    return behind;
  }

  /** As in a recording, leaving out ends only when half of the queue is written. */
  function catchUp(): void {
    if (!behind || waiting() > queueOctets / 2) return;
    behind = false;
    for (const gap of gaps.take()) record(gap);
  }

  function startWriting(): void {
    writing ??= write("full").finally(() => {
      writing = undefined;
      if (state !== "failed" && newest.waiting() >= BLOCK_OCTETS) startWriting();
    });
  }

  async function write(which: "full" | "partial"): Promise<void> {
    for (const segment of segments) {
      try {
        await segment.write(segment === newest ? which : "partial");
      } catch (cause) {
        // What was given up meanwhile need not be written.
        if (segments.includes(segment)) fail(cause);
      }
      if (state === "failed") return;
    }
    catchUp();
  }

  function fail(cause: unknown): void {
    if (state === "failed") return;
    state = "failed";
    options.onEnd?.(cause);
  }

  async function flush(): Promise<void> {
    for (const gap of gaps.take()) record(gap);
    while (writing !== undefined) await writing;
    if (state === "failed") return;
    writing = write("partial").finally(() => {
      writing = undefined;
    });
    await writing;
  }

  async function read(into: Uint8Array, start: number): Promise<number> {
    let octets = 0;
    while (octets < into.length) {
      const at = start + octets;
      const segment = segments.findLast((each) => each.start <= at);
      if (segment === undefined) throw new Error(GIVEN_UP);
      const next = segments[segments.indexOf(segment) + 1];
      const room = into.subarray(octets, next === undefined ? undefined : octets + next.start - at);
      const there = await segment.read(room, at - segment.start);
      octets += there;
      if (there < room.length) break;
    }
    return octets;
  }

  return {
    append,
    end: () => {
      if (state === "open") state = "ended";
    },
    drained: async () => {
      while (state === "open" && waiting() > queueOctets / 2) await (writing ?? flush());
    },
    droppedOctets: () => segments[0]?.start ?? 0,
    omittedOctets: () => omitted,
    index,
    read,
    flush,
    isOver: () => state !== "open",
    restated: () => segments[0]?.facts ?? new Map(),
    close: async () => {
      state = "failed";
      await writing;
      await Promise.all(segments.map((segment) => segment.close()));
    },
  };
}
