/** Events that can be read again: those of a connection, of a time, or all. */
import type { ConnectionId, Span } from "../core/base/leg.ts";
import { utf8 } from "../core/base/octets.ts";
import type { Micros } from "../core/base/time.ts";
import { type CaptureDecoder, createCaptureDecoder } from "../core/capture/decode.ts";
import { encodeHeader } from "../core/capture/encode.ts";
import { CAPTURE_VERSION } from "../core/capture/format.ts";
import { createRecordFilter } from "../core/capture/record-filter.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { BlockIndex } from "./block-index.ts";
import { slicesOf } from "./event-slices.ts";
import { createTurns } from "./turns.ts";

/** Why what was asked for cannot be read any more. */
export const GIVEN_UP = "it was given up for what came later";

/** Records as those of a capture, in a file or in several, and where in them what stands. */
export interface EventLog {
  readonly index: BlockIndex;
  /**
   * Reads octets from `start` on; gives how many: as many as there is room for, unless the log could not be kept up to there.
   * @throws the system's error, or that they are not there any more
   */
  readonly read: (into: Uint8Array, start: number) => Promise<number>;
  /** Resolves when everything that the log was given can be read. */
  readonly flush: () => Promise<void>;
  /** Whether nothing will be added any more. */
  readonly isOver: () => boolean;
  /** What must be known of connections whose beginning was given up. */
  readonly restated: () => ReadonlyMap<ConnectionId, readonly WireEvent[]>;
  readonly close: () => Promise<void>;
}

export interface LogQuery {
  /** One connection, or all. */
  readonly connection?: ConnectionId | undefined;
  /** Only events that are later. */
  readonly afterMicros?: Micros | undefined;
  /** Ends behind the last event that is not later than this. */
  readonly untilMicros?: Micros | undefined;
  /** Gives long runs of octets in pieces, so that none makes a turn long. */
  readonly inSlices?: boolean;
  readonly signal: AbortSignal;
}

const READ_OCTETS = 512 * 1024;
const PIECE_OCTETS = 64 * 1024;
/** Later events that are kept back of one time: so many mean that none of that time will come any more. */
const LATER_KEPT = 10_000;

export interface LogReading {
  /** Whether the log is over and nothing follows of what was asked for but for the time. */
  readonly reachedEnd: boolean;
}

/**
 * Gives the events asked for, in their order, in turns of a few milliseconds. What is added meanwhile is not read.
 * @throws the reason of the signal, or the system's error
 */
export async function readLog(
  log: EventLog,
  query: LogQuery,
  take: (event: WireEvent) => void,
): Promise<LogReading> {
  const { connection, signal, afterMicros = -1, untilMicros = Number.POSITIVE_INFINITY } = query;
  const turns = createTurns(signal);
  signal.throwIfAborted();
  await log.flush();
  signal.throwIfAborted();
  const spans = log.index.find({ connection, fromMicros: afterMicros, untilMicros });
  const end = log.index.end();
  const wasOver = log.isOver();
  const isLast = spans.at(-1)?.[1] === log.index.find({ connection }).at(-1)?.[1];
  const [first] = spans;
  if (first === undefined) return { reachedEnd: wasOver && isLast };

  let decoded: WireEvent[] = [];
  const decoder = createDecoder(first[0], (event) => {
    if (event.atMicros <= afterMicros) return;
    if (connection === undefined || event.connection === connection) decoded.push(event);
  });
  let later: WireEvent[] = [];

  /** Gives what was decoded; false where nothing of the time asked for will come any more. */
  async function give(): Promise<boolean> {
    const events = decoded;
    decoded = [];
    for (const event of events) {
      if (event.atMicros > untilMicros) {
        later.push(event);
        if (later.length > LATER_KEPT) return false;
        continue;
      }
      for (const each of later) take(each);
      later = [];
      for (const slice of query.inSlices === true ? slicesOf(event) : [event]) {
        take(slice);
        if (turns.isOver()) await turns.next();
      }
    }
    if (turns.isOver()) await turns.next();
    return true;
  }

  async function push(octets: Uint8Array): Promise<boolean> {
    for (let at = 0; at < octets.length; at += PIECE_OCTETS) {
      decoder.push(octets.subarray(at, at + PIECE_OCTETS));
      if (!(await give())) return false;
    }
    return true;
  }

  for (const [id, facts] of afterMicros < 0 ? log.restated() : []) {
    if (connection === undefined || id === connection) decoded.push(...facts);
  }
  for (const span of spans) {
    for await (const octets of spanOctets(log, span, connection))
      if (!(await push(octets))) return { reachedEnd: false };
    // Only there may the last record not be whole.
    if (span[1] === end && wasOver) decoder.finish();
  }
  const inTime = await give();
  return { reachedEnd: wasOver && isLast && inTime && later.length === 0 };
}

/** The octets of a span, or the runs of it in which records of the connection are. */
async function* spanOctets(
  log: EventLog,
  [start, end]: Span,
  connection: ConnectionId | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let runs: Uint8Array[] = [];
  const filter =
    connection === undefined ? undefined : createRecordFilter(connection, (run) => runs.push(run));
  for (let at = start; at < end; ) {
    // Not used again: events lie in it.
    const buffer = Buffer.allocUnsafeSlow(Math.min(READ_OCTETS, end - at));
    const octets = await log.read(buffer, at);
    const bytes = buffer.subarray(0, octets);
    const last = octets < buffer.length || at + octets === end;
    if (filter === undefined) {
      at += octets;
      yield bytes;
    } else at += filter.push(bytes, last);
    if (octets < buffer.length) at = end;
    yield* runs;
    runs = [];
  }
}

/** A decoder that begins with the header of the log, or behind it. */
function createDecoder(start: number, onEvent: (event: WireEvent) => void): CaptureDecoder {
  const decoder = createCaptureDecoder({ onHeader: () => {}, onEvent, onProblem: () => {} });
  if (start === 0) return decoder;
  const header = { version: CAPTURE_VERSION, createdAt: "", createdBy: "", redacted: [] };
  decoder.push(utf8(encodeHeader(header)));
  return decoder;
}
