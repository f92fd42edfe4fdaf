/** A piece of a spool: a file of its own that is written block by block, and read at any place. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { CaptureSink } from "../core/capture/encode.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { createBlocks } from "./blocks.ts";
import { createOctetQueue } from "./octet-queue.ts";

/** What a segment needs of a file: a FileHandle has it. */
export interface SegmentFile {
  readonly write: (
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ readonly bytesWritten: number }>;
  readonly read: (
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => Promise<{ readonly bytesRead: number }>;
  readonly close: () => Promise<void>;
}

export interface Segment extends CaptureSink {
  /** Where it begins in the spool. */
  readonly start: number;
  /** What must be known of the connections that were open when it began, to read on from there. */
  readonly facts: ReadonlyMap<ConnectionId, readonly WireEvent[]>;
  /** Octets of it, those that wait included. */
  readonly octets: () => number;
  /** Octets that wait to be written, those under way included. */
  readonly waiting: () => number;
  /** Writes the blocks that are full, or all there is now. @throws the system's error */
  readonly write: (which: "full" | "partial") => Promise<void>;
  /** Nothing more will be added. */
  readonly seal: () => void;
  /** Reads octets from a place of the segment on; gives how many there were. @throws the system's error */
  readonly read: (into: Uint8Array, position: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Octets that are written at once. */
export const BLOCK_OCTETS = 256 * 1024;

export interface SegmentOptions {
  readonly start: number;
  readonly facts: ReadonlyMap<ConnectionId, readonly WireEvent[]>;
  readonly openFile: () => Promise<SegmentFile>;
}

export function createSegment({ start, facts, openFile }: SegmentOptions): Segment {
  let queue = createOctetQueue(createBlocks(BLOCK_OCTETS));
  const file = openFile();
  // Whoever writes is told.
  file.catch(() => undefined);
  let written = 0;
  let underWay = 0;
  let sealed = false;

  function octets(): number {
    return written + underWay + queue.octets();
  }

  async function write(which: "full" | "partial"): Promise<void> {
    const handle = await file;
    const end = octets();
    while (written < end) {
      const block = queue.take(which);
      if (block === undefined) break;
      underWay = block.length;
      for (let at = 0; at < block.length; ) {
        at += (await handle.write(block, at, block.length - at, written + at)).bytesWritten;
      }
      written += block.length;
      underWay = 0;
      queue.giveBack(block);
    }
    // Its memory is not needed any more.
    if (sealed && queue.octets() === 0) queue = createOctetQueue(createBlocks(BLOCK_OCTETS));
  }

  async function read(into: Uint8Array, position: number): Promise<number> {
    const handle = await file;
    let there = 0;
    while (there < into.length) {
      const { bytesRead } = await handle.read(into, there, into.length - there, position + there);
      if (bytesRead === 0) break;
      there += bytesRead;
    }
    return there;
  }

  return {
    start,
    facts,
    text: (text) => queue.text(text),
    bytes: (bytes) => queue.bytes(bytes),
    octets,
    waiting: () => underWay + queue.octets(),
    write,
    seal: () => {
      sealed = true;
    },
    read,
    close: async () => {
      queue.clear();
      await file.then((handle) => handle.close()).catch(() => undefined);
    },
  };
}
