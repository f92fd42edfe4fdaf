/**
 * Records of any size, put away while something is loaded and read again one by one: in memory while they are few, else in a file
 * without a name. Reading waits for the file: records are small, and what was written just now is still in the system's memory.
 */
import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { openTemporaryFile, withTemporary } from "./temporary-file.ts";

const MEMORY_OCTETS = 16 * 1024 * 1024;
const BLOCK_OCTETS = 1024 * 1024;
/** Before a record stands how many octets it has. */
const LENGTH_OCTETS = 4;
/** Most records are read with their length at once. */
const READ_OCTETS = 1024;

export interface RecordFile {
  /** Takes octets, which may be written over afterwards; gives their place. */
  readonly put: (octets: Uint8Array) => number;
  /** Waited for now and then: resolves when there is room for more. @throws ImapscopeError ERR_TEMPORARY_UNWRITABLE */
  readonly room: () => Promise<void>;
  /** The octets that were put there. @throws the system's error */
  readonly get: (place: number) => Uint8Array;
  readonly close: () => Promise<void>;
}

export interface RecordFileOptions {
  /** Octets that are kept in memory; 16 MiB by default. */
  readonly memoryOctets?: number;
  /** Where the file is made; the system's folder for temporary files by default. */
  readonly folder?: string;
}

export function createRecordFile({
  memoryOctets = MEMORY_OCTETS,
  folder,
}: RecordFileOptions = {}): RecordFile {
  /** What was not written out, in blocks of one size; none but the last has room. */
  let blocks: Buffer[] = [];
  const scratch = Buffer.allocUnsafeSlow(READ_OCTETS);
  let file: FileHandle | undefined;
  let written = 0;
  let end = 0;

  /** A record goes on in the next block where one has no room for it. */
  function append(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; ) {
      const used = (end - written) % BLOCK_OCTETS;
      if (used === 0) blocks.push(Buffer.allocUnsafeSlow(BLOCK_OCTETS));
      const run = octets.subarray(at, at + BLOCK_OCTETS - used);
      blocks.at(-1)?.set(run, used);
      at += run.length;
      end += run.length;
    }
  }

  function copyFromMemory(into: Buffer, place: number): number {
    let copied = 0;
    while (copied < into.length) {
      const at = place + copied - written;
      const block = blocks[Math.floor(at / BLOCK_OCTETS)];
      const until = Math.min(BLOCK_OCTETS, (at % BLOCK_OCTETS) + end - place - copied);
      const count = block?.copy(into, copied, at % BLOCK_OCTETS, until) ?? 0;
      if (count === 0) break;
      copied += count;
    }
    return copied;
  }

  /** As many octets as there are from a place on. */
  function read(into: Buffer, place: number): Buffer {
    let at = 0;
    while (at < into.length) {
      const inFile = Math.min(into.length - at, written - place - at);
      const count =
        inFile <= 0
          ? copyFromMemory(into.subarray(at), place + at)
          : file === undefined
            ? 0
            : readSync(file.fd, into, at, inFile, place + at);
      if (count === 0) break;
      at += count;
    }
    return into.subarray(0, at);
  }

  async function writeOut(): Promise<void> {
    file ??= await openTemporaryFile(folder);
    const whole = Math.floor((end - written) / BLOCK_OCTETS);
    for (const block of blocks.slice(0, whole)) {
      for (let at = 0; at < BLOCK_OCTETS; )
        at += (await file.write(block, at, BLOCK_OCTETS - at, written + at)).bytesWritten;
      written += BLOCK_OCTETS;
      blocks = blocks.slice(1);
    }
  }

  return {
    put: (octets) => {
      const place = end;
      const length = Buffer.allocUnsafe(LENGTH_OCTETS);
      length.writeUInt32LE(octets.length);
      append(length);
      append(octets);
      return place;
    },
    room: async () => {
      if (end - written > memoryOctets) await withTemporary(writeOut, folder);
    },
    get: (place) => {
      const first = read(scratch, place);
      if (first.length < LENGTH_OCTETS) throw new Error("the record is not there any more");
      const octets = first.readUInt32LE();
      const until = LENGTH_OCTETS + octets;
      if (until <= first.length) return new Uint8Array(first.subarray(LENGTH_OCTETS, until));
      return new Uint8Array(read(Buffer.allocUnsafeSlow(octets), place + LENGTH_OCTETS));
    },
    close: async () => {
      await file?.close();
      file = undefined;
      blocks = [];
      written = end;
    },
  };
}
