/**
 * Gathers text and octets into blocks that are written as they are. Everything is copied once, into memory that is used
 * again: the buffers of sockets are not kept alive, and a recording makes no garbage.
 */
import type { CaptureSink } from "../core/capture/encode.ts";

/** Octets of a block: what is written at once. */
export const BLOCK_OCTETS = 1024 * 1024;

/** Blocks kept for use again: one being filled while another is written, and one to spare. */
const SPARE_BLOCKS = 3;

export interface OctetQueue extends CaptureSink {
  /** Octets that wait here, those of a block that was taken not included. */
  readonly octets: () => number;
  /** The oldest full block; with `partial` also the one that is being filled. `undefined` where there is none. */
  readonly take: (which: "full" | "partial") => Uint8Array | undefined;
  /** Gives back a taken block, which is written over from now on. */
  readonly giveBack: (block: Uint8Array) => void;
  /** Forgets everything that waits. */
  readonly clear: () => void;
}

export function createOctetQueue(blockOctets: number = BLOCK_OCTETS): OctetQueue {
  const spare: Buffer[] = [];
  let full: Buffer[] = [];
  let filling: Buffer | undefined;
  let used = 0;

  function room(): Buffer {
    if (filling !== undefined && used < blockOctets) return filling;
    if (filling !== undefined) full.push(filling);
    used = 0;
    filling = spare.pop() ?? Buffer.allocUnsafeSlow(blockOctets);
    return filling;
  }

  function text(text: string): void {
    const block = room();
    // UTF-8 has at most three octets for a UTF-16 code unit.
    if (text.length * 3 <= blockOctets - used) used += block.write(text, used);
    else bytes(Buffer.from(text));
  }

  function bytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const block = room();
      const stop = Math.min(bytes.length, at + blockOctets - used);
      block.set(at === 0 && stop === bytes.length ? bytes : bytes.subarray(at, stop), used);
      used += stop - at;
      at = stop;
    }
  }

  function take(which: "full" | "partial"): Uint8Array | undefined {
    const oldest = full.shift();
    if (oldest !== undefined || filling === undefined) return oldest;
    if (used === 0 || (which === "full" && used < blockOctets)) return undefined;
    const block = filling.subarray(0, used);
    filling = undefined;
    used = 0;
    return block;
  }

  function giveBack(block: Uint8Array): void {
    if (spare.length < SPARE_BLOCKS && block.buffer.byteLength === blockOctets) {
      spare.push(Buffer.from(block.buffer, 0, blockOctets));
    }
  }

  function clear(): void {
    full = [];
    filling = undefined;
    used = 0;
  }

  return { text, bytes, octets: () => full.length * blockOctets + used, take, giveBack, clear };
}
