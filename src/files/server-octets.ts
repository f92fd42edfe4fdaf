/**
 * What the servers of a capture sent, kept so that any run of it can be read again: in memory while it is little, else in a
 * file without a name.
 *
 * Theory of operation. The octets of a connection are gathered in pieces of one size. When all pieces together are too much,
 * they are written out, those of a connection one behind the other: so the file holds long runs of each connection however their
 * records were interleaved in the capture, few places need to be known, and a run is read without looking at anything else.
 */
import type { FileHandle } from "node:fs/promises";
import type { ConnectionId } from "../core/base/leg.ts";
import type { ServerRun } from "../core/replay/script.ts";
import { openTemporaryFile, withTemporary } from "./temporary-file.ts";

const MEMORY_OCTETS = 64 * 1024 * 1024;
const PIECE_OCTETS = 64 * 1024;
const FIRST_PIECE_OCTETS = 1024;
const WRITE_OCTETS = 1024 * 1024;
const READ_OCTETS = 256 * 1024;

export interface ServerOctetsStore {
  /** Takes the next octets of a server; they may be written over afterwards. */
  readonly take: (connection: ConnectionId, bytes: Uint8Array) => void;
  /** Waited for between events: resolves when there is room for more. @throws ImapscopeError ERR_TEMPORARY_UNWRITABLE */
  readonly room: () => Promise<void>;
  /**
   * The octets of a run as far as there are any, in pieces that are not written to again.
   * @throws the system's error, or the reason of the signal
   */
  readonly read: (run: ServerRun, signal: AbortSignal) => AsyncGenerator<Uint8Array, void, undefined>;
  readonly close: () => Promise<void>;
}

export interface ServerOctetsOptions {
  /** Octets that are kept in memory; 64 MiB by default. */
  readonly memoryOctets?: number;
  /** Where the file is made; the system's folder for temporary files by default. */
  readonly folder?: string;
}

/** A run of octets that lie in the file one behind the other. */
interface Placed {
  /** Counted in the server's stream. */
  readonly from: number;
  readonly to: number;
  readonly place: number;
}

/** What one server sent: first what was written out, then what is in memory. */
class Stream {
  readonly placed: Placed[] = [];
  /** All but the last are full. */
  private pieces: Uint8Array[] = [];
  private keptFrom = 0;
  private end = 0;

  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const used = (this.end - this.keptFrom) % PIECE_OCTETS;
      const piece = this.pieceWithRoom(used, bytes.length - at);
      const run = bytes.subarray(at, at + piece.length - used);
      piece.set(run, used);
      at += run.length;
      this.end += run.length;
    }
  }

  /** The last piece, or a new or longer one: it grows, since most connections are short. */
  private pieceWithRoom(used: number, wanted: number): Uint8Array {
    const last = this.pieces.at(-1);
    if (last !== undefined && used > 0 && used < last.length) return last;
    const octets = Math.min(PIECE_OCTETS, Math.max(FIRST_PIECE_OCTETS, 2 * used, used + wanted));
    const piece = new Uint8Array(octets);
    if (last === undefined || used === 0) this.pieces.push(piece);
    else {
      piece.set(last);
      this.pieces[this.pieces.length - 1] = piece;
    }
    return piece;
  }

  *inMemory(from: number, to: number): Generator<Uint8Array, void, undefined> {
    const until = Math.min(to, this.end) - this.keptFrom;
    for (let at = Math.max(0, from - this.keptFrom); at < until; ) {
      const index = Math.floor(at / PIECE_OCTETS);
      const start = index * PIECE_OCTETS;
      const bytes = this.pieces[index]?.subarray(at - start, until - start);
      if (bytes === undefined || bytes.length === 0) return;
      at += bytes.length;
      yield bytes;
    }
  }

  /** What is in memory stands in the file from this place on. */
  writtenTo(place: number): void {
    const last = this.placed.at(-1);
    const { keptFrom: from, end: to } = this;
    const follows = last !== undefined && last.place + last.to - last.from === place;
    if (follows) this.placed[this.placed.length - 1] = { ...last, to };
    else if (to > from) this.placed.push({ from, to, place });
    this.pieces = [];
    this.keptFrom = to;
  }

  /** The run of the file in which an octet stands. */
  find(octet: number): Placed | undefined {
    let low = 0;
    let high = this.placed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.placed[middle]?.to ?? 0) <= octet) low = middle + 1;
      else high = middle;
    }
    return this.placed[low];
  }
}

export function createServerOctets(options: ServerOctetsOptions = {}): ServerOctetsStore {
  const { memoryOctets = MEMORY_OCTETS, folder } = options;
  const streams = new Map<ConnectionId, Stream>();
  let held = 0;
  /** Those of which octets are in memory. */
  let fresh = new Set<Stream>();
  let file: FileHandle | undefined;
  let written = 0;

  async function writeOut(): Promise<void> {
    file ??= await openTemporaryFile(folder);
    const block = Buffer.allocUnsafeSlow(WRITE_OCTETS);
    let filled = 0;
    const flush = async (): Promise<void> => {
      for (let at = 0; at < filled; )
        at += (await file?.write(block, at, filled - at, written + at))?.bytesWritten ?? 0;
      written += filled;
      filled = 0;
    };
    for (const stream of fresh) {
      const place = written + filled;
      for (const piece of stream.inMemory(0, Number.POSITIVE_INFINITY)) {
        if (filled + piece.length > block.length) await flush();
        block.set(piece, filled);
        filled += piece.length;
      }
      stream.writtenTo(place);
    }
    await flush();
    fresh = new Set();
    held = 0;
  }

  async function* inFile(stream: Stream, from: number, to: number): AsyncGenerator<Uint8Array, number> {
    let at = from;
    for (let run = stream.find(at); run !== undefined && at < to; run = stream.find(at)) {
      const octets = Math.min(run.to, to, at + READ_OCTETS) - at;
      const { bytesRead, buffer } = await read(octets, run.place + at - run.from);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    return at;
  }

  async function read(octets: number, place: number) {
    const buffer = Buffer.allocUnsafeSlow(octets);
    const bytesRead = (await file?.read(buffer, 0, octets, place))?.bytesRead ?? 0;
    if (bytesRead === 0) throw new Error("the recorded octets are not there any more");
    return { bytesRead, buffer };
  }

  return {
    take: (connection, bytes) => {
      let stream = streams.get(connection);
      if (stream === undefined) {
        stream = new Stream();
        streams.set(connection, stream);
      }
      stream.take(bytes);
      fresh.add(stream);
      held += bytes.length;
    },
    room: async () => {
      if (held > memoryOctets) await withTemporary(writeOut, folder);
    },
    read: async function* ({ connection, from, to }, signal) {
      const stream = streams.get(connection);
      if (stream === undefined) return;
      signal.throwIfAborted();
      const pieces = inFile(stream, from, to);
      let piece = await pieces.next();
      for (; piece.done !== true; piece = await pieces.next()) {
        yield piece.value;
        signal.throwIfAborted();
      }
      yield* stream.inMemory(piece.value, to);
    },
    close: async () => {
      await file?.close();
      file = undefined;
      streams.clear();
    },
  };
}
