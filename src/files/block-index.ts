/**
 * Where in a log of events what stands: the log in blocks of whole records, with the least and the greatest time in each, and
 * the blocks in which a connection occurs.
 *
 * Theory of operation. Records of different connections are only nearly in the order of their times, so a time is looked for
 * by the bounds of the blocks: from the first that holds something as late to the last that holds something as early. The
 * bounds are columns of numbers; walking them takes a tenth of a millisecond for 10 GB. A connection is a list of runs of
 * blocks. There are seldom many, but a hostile or very busy log could have as many as records; so over a bound, runs of all
 * connections are joined over gaps, twice as large ones each time: then a reader finds blocks without what it looks for.
 */
import type { ConnectionId, Span } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";

const BLOCK_OCTETS = 128 * 1024;
/** Runs of all connections together: some megabytes. */
const RUNS_KEPT = 200_000;

export interface BlockQuery {
  readonly connection?: ConnectionId | undefined;
  readonly fromMicros?: Micros | undefined;
  readonly untilMicros?: Micros | undefined;
}

export interface BlockIndex {
  /** An event stands behind the last border. */
  readonly note: (connection: ConnectionId, atMicros: Micros) => void;
  /** A record ends with this octet of the log; with `cut`, so does the block, whatever its size. */
  readonly border: (octet: number, cut?: boolean) => void;
  /** Octets of the log before its last border. */
  readonly end: () => number;
  /** Where the events may stand that are asked for, in the order of the log. */
  readonly find: (query: BlockQuery) => readonly Span[];
  /** What stands before this octet is not there any more. */
  readonly dropBefore: (octet: number) => void;
  /** The latest time of what is not there any more; less than any where all is. */
  readonly droppedMicros: () => Micros;
}

export interface BlockIndexOptions {
  readonly blockOctets?: number;
  readonly runsKept?: number;
}

export function createBlockIndex(options: BlockIndexOptions = {}): BlockIndex {
  const blockOctets = options.blockOctets ?? BLOCK_OCTETS;
  const runsKept = options.runsKept ?? RUNS_KEPT;
  /** Blocks are numbered from the first that there ever was; `first` is the first that is still there. */
  let first = 0;
  let starts = [0];
  let least = [Number.POSITIVE_INFINITY];
  let greatest = [Number.NEGATIVE_INFINITY];
  let end = 0;
  let droppedMicros = Number.NEGATIVE_INFINITY;
  /** Of each connection the first and the last block of each of its runs, one after the other. */
  const runs = new Map<ConnectionId, number[]>();
  let runCount = 0;
  /** So many blocks without the connection do not end its run. */
  let bridged = 0;
  let lastNoted: ConnectionId | undefined;

  function note(connection: ConnectionId, atMicros: Micros): void {
    const last = starts.length - 1;
    if (atMicros < (least[last] ?? 0)) least[last] = atMicros;
    if (atMicros > (greatest[last] ?? 0)) greatest[last] = atMicros;
    if (connection === lastNoted) return;
    lastNoted = connection;
    const block = first + last;
    const own = runs.get(connection);
    if (own === undefined) runs.set(connection, [block, block]);
    else if (block - (own[own.length - 1] ?? 0) <= bridged + 1) own[own.length - 1] = block;
    else own.push(block, block);
    if (own === undefined || own[own.length - 2] === block) joinRuns();
  }

  /** Counts a run that has begun. */
  function joinRuns(): void {
    if (++runCount <= Math.max(runsKept, 2 * runs.size)) return;
    bridged = 2 * bridged + 1;
    runCount = 0;
    for (const [connection, own] of runs) {
      const joined = joinedOver(own, bridged);
      runs.set(connection, joined);
      runCount += joined.length / 2;
    }
  }

  function border(octet: number, cut = false): void {
    end = octet;
    const size = octet - (starts[starts.length - 1] ?? 0);
    if (size < (cut ? 1 : blockOctets)) return;
    starts.push(octet);
    least.push(Number.POSITIVE_INFINITY);
    greatest.push(Number.NEGATIVE_INFINITY);
    lastNoted = undefined;
  }

  function find({ connection, fromMicros, untilMicros }: BlockQuery): readonly Span[] {
    const count = starts.length;
    let from = 0;
    let to = count - 1;
    if (fromMicros !== undefined) while (from < count && (greatest[from] ?? 0) < fromMicros) from++;
    if (untilMicros !== undefined) while (to >= from && (least[to] ?? 0) > untilMicros) to--;
    const own = connection === undefined ? [first, first + count - 1] : (runs.get(connection) ?? []);
    const spans: Span[] = [];
    for (let i = firstRunAt(own, first + from); i < own.length; i += 2) {
      const begins = Math.max(from, (own[i] ?? 0) - first);
      const ends = Math.min(to, (own[i + 1] ?? 0) - first);
      if (begins > to) break;
      const start = starts[begins] ?? end;
      const stop = starts[ends + 1] ?? end;
      if (start < stop) spans.push([start, stop]);
    }
    return spans;
  }

  function dropBefore(octet: number): void {
    let gone = 0;
    while ((starts[gone + 1] ?? Number.POSITIVE_INFINITY) <= octet) gone++;
    if (gone === 0) return;
    first += gone;
    for (let block = 0; block < gone; block++) droppedMicros = Math.max(droppedMicros, greatest[block] ?? 0);
    starts = starts.slice(gone);
    least = least.slice(gone);
    greatest = greatest.slice(gone);
    for (const [connection, own] of runs) {
      const kept = own.slice(firstRunAt(own, first));
      runCount -= (own.length - kept.length) / 2;
      if (kept.length === 0) runs.delete(connection);
      else runs.set(connection, kept);
    }
  }

  return { note, border, end: () => end, find, dropBefore, droppedMicros: () => droppedMicros };
}

/** Where the first run stands that ends with this block or behind it. */
function firstRunAt(own: readonly number[], block: number): number {
  let low = 0;
  let high = own.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((own[2 * middle + 1] ?? 0) < block) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

function joinedOver(own: readonly number[], bridged: number): number[] {
  const joined = own.slice(0, 2);
  for (let i = 2; i < own.length; i += 2) {
    const [from = 0, to = 0] = own.slice(i, i + 2);
    if (from - (joined[joined.length - 1] ?? 0) <= bridged + 1) joined[joined.length - 1] = to;
    else joined.push(from, to);
  }
  return joined;
}
