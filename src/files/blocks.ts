/**
 * The memory in which a recording gathers its octets: blocks of one size that are used again, the last one first, so that no
 * more of them become resident than were ever filled at a time.
 *
 * A device takes octets directly (capture-file.ts) only from where a page of the machine begins. In JavaScript nothing is
 * certain to begin there but a WebAssembly memory, so blocks are parts of one. Where there is none, or more is needed
 * than it holds, they are ordinary.
 */

/** As far as it is needed here: Node's types leave it out. */
declare const WebAssembly: {
  readonly Memory: new (pages: {
    readonly initial: number;
    readonly maximum: number;
  }) => { readonly buffer: ArrayBuffer };
};

const WASM_PAGE_OCTETS = 64 * 1024;

export interface Blocks {
  readonly blockOctets: number;
  readonly take: () => Buffer;
  /** Gives back a block, which is written over from now on. */
  readonly giveBack: (block: Buffer) => void;
  /** Whether these octets of a block lie where a device can take them from. */
  readonly areAligned: (bytes: Uint8Array) => boolean;
}

/** Ordinary blocks kept for use again: one being filled while another is written, and one to spare. */
const SPARE_BLOCKS = 3;

/** Blocks of which the first `aligned` lie where a device can take them from; their size is a multiple of 64 KiB then. */
export function createBlocks(blockOctets: number, aligned = 0): Blocks {
  const memory = aligned === 0 ? undefined : alignedMemory(blockOctets * aligned);
  const spare: Buffer[] = [];
  let used = 0;

  function make(): Buffer {
    if (memory === undefined || used === aligned) return Buffer.allocUnsafeSlow(blockOctets);
    return Buffer.from(memory, blockOctets * used++, blockOctets);
  }

  return {
    blockOctets,
    take: () => spare.pop() ?? make(),
    giveBack: (block) => {
      if (block.buffer === memory || spare.length < SPARE_BLOCKS) spare.push(block);
    },
    areAligned: (bytes) => bytes.buffer === memory && bytes.byteOffset % WASM_PAGE_OCTETS === 0,
  };
}

function alignedMemory(octets: number): ArrayBuffer | undefined {
  const pages = octets / WASM_PAGE_OCTETS;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer;
  } catch {
    // A limit of the address space, as by `ulimit -v`.
    return undefined;
  }
}
