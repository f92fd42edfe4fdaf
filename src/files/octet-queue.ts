/**
 * Gathers text and octets into blocks that are written as they are. Everything is copied once, into memory that is used
 * again: the buffers of sockets are not kept alive, and a recording makes no garbage.
 *
 * Blocks stand at multiples of their size in the file: one that is taken before it is full goes on being filled.
 */
import type { CaptureSink } from "../core/capture/encode.ts";
import type { Blocks } from "./blocks.ts";

export interface OctetQueue extends CaptureSink {
  /** Octets that wait here, those that were taken not included. */
  readonly octets: () => number;
  /** The oldest run of octets, up to the end of its block; with `partial` also of a block that is not full yet. */
  readonly take: (which: "full" | "partial") => Uint8Array | undefined;
  /** Gives back a run that was taken, in the order of taking: its memory is written over from now on. */
  readonly giveBack: (run: Uint8Array) => void;
  /** Forgets everything that waits. */
  readonly clear: () => void;
}

/** A queue of what stands in a file from `startOctets` on. */
export function createOctetQueue(blocks: Blocks, startOctets = 0): OctetQueue {
  const { blockOctets } = blocks;
  /** The oldest first; the last is being filled. */
  let waiting: Buffer[] = [];
  /** Octets of the last block that are filled, and of the oldest that were taken; where there is none, of the next. */
  let filled = startOctets % blockOctets;
  let taken = filled;

  function room(): Buffer {
    const last = waiting[waiting.length - 1];
    if (last !== undefined && filled < blockOctets) return last;
    if (last !== undefined) filled = 0;
    const next = blocks.take();
    waiting.push(next);
    return next;
  }

  function text(text: string): void {
    const block = room();
    // UTF-8 has at most three octets for a UTF-16 code unit.
    if (text.length * 3 <= blockOctets - filled) filled += block.write(text, filled);
    else bytes(Buffer.from(text));
  }

  function bytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const block = room();
      const stop = Math.min(bytes.length, at + blockOctets - filled);
      block.set(at === 0 && stop === bytes.length ? bytes : bytes.subarray(at, stop), filled);
      filled += stop - at;
      at = stop;
    }
  }

  function take(which: "full" | "partial"): Uint8Array | undefined {
    const [oldest] = waiting;
    const end = waiting.length > 1 ? blockOctets : filled;
    if (oldest === undefined || end === taken || (which === "full" && end < blockOctets)) return undefined;
    const run = oldest.subarray(taken, end);
    taken = end === blockOctets ? 0 : end;
    if (end === blockOctets) waiting.shift();
    if (waiting.length === 0) filled = 0;
    return run;
  }

  function giveBack(run: Uint8Array): void {
    const end = run.byteOffset + run.length;
    if (end % blockOctets === 0) blocks.giveBack(Buffer.from(run.buffer, end - blockOctets, blockOctets));
  }

  function clear(): void {
    waiting = [];
    filled = 0;
    taken = 0;
  }

  const octets = (): number =>
    waiting.length === 0 ? 0 : (waiting.length - 1) * blockOctets + filled - taken;

  return { text, bytes, octets, take, giveBack, clear };
}
