/**
 * The octets of each direction of a capture's connections as one piece, with the way back to the records in which they stand:
 * lines and literals do not end where records do, and an edit of the one is an edit of the others.
 */
import type { ConnectionId, Sender, Span } from "../base/leg.ts";
import { concat, latin1, NO_OCTETS } from "../base/octets.ts";
import type { DataEvent, WireEvent } from "../wire/event.ts";
import type { CheckedEvent } from "./read.ts";

/** Octets of one direction that follow each other without a change of the transport and without a gap. */
export interface Stream {
  readonly connection: ConnectionId;
  readonly from: Sender;
  readonly bytes: Uint8Array;
  /** Ascending: the event that holds the octets from `start` on. */
  readonly runs: readonly { readonly index: number; readonly start: number }[];
  /** Of all octets. */
  readonly redacted: readonly Span[];
  /** For the client: the tags that the server completed with NO or BAD when so many octets had been sent. */
  readonly refusals: ReadonlyMap<number, string>;
}

/** Octets of a stream that become others. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: Uint8Array;
}

interface Growing {
  readonly connection: ConnectionId;
  readonly from: Sender;
  readonly pieces: Uint8Array[];
  octets: number;
  readonly runs: { index: number; start: number }[];
  readonly redacted: Span[];
  readonly refusals: Map<number, string>;
}

/** The streams of all connections. What follows octets that are missing is in none. */
export function streamsOf(events: readonly CheckedEvent[]): Stream[] {
  const streams: Stream[] = [];
  const growing = new Map<string, Growing | "gap">();

  const keyOf = (connection: ConnectionId, from: Sender): string => `${connection} ${from}`;
  const end = (connection: ConnectionId, from: Sender): void => {
    const one = growing.get(keyOf(connection, from));
    if (one !== undefined && one !== "gap") streams.push({ ...one, bytes: concat(one.pieces) });
    growing.delete(keyOf(connection, from));
  };
  const take = (event: DataEvent, index: number): void => {
    const { connection, from, bytes } = event;
    const one = growing.get(keyOf(connection, from)) ?? begun(connection, from);
    if (one === "gap") return;
    growing.set(keyOf(connection, from), one);
    one.runs.push({ index, start: one.octets });
    for (const [start, stop] of event.redacted) one.redacted.push([one.octets + start, one.octets + stop]);
    one.pieces.push(bytes);
    one.octets += bytes.length;
    const client = growing.get(keyOf(connection, "client"));
    if (from === "client" || client === undefined || client === "gap") return;
    const refused = /(?:^|\n)([^ *+\r\n]+) (?:NO|BAD)[ \r\n]/i.exec(latin1(bytes))?.[1];
    if (refused !== undefined) client.refusals.set(client.octets, refused);
  };

  for (const [index, { event }] of events.entries()) {
    const { connection } = event;
    if (event.kind === "data" && event.relayed !== false) take(event, index);
    else if (event.kind === "omitted" && event.relayed !== false) {
      end(connection, event.from);
      growing.set(keyOf(connection, event.from), "gap");
    } else if (event.kind === "deflate") end(connection, event.from);
    else if (event.kind === "starttls" || event.kind === "close") {
      end(connection, "client");
      end(connection, "server");
    }
  }
  for (const one of [...growing.values()]) if (one !== "gap") end(one.connection, one.from);
  return streams;
}

function begun(connection: ConnectionId, from: Sender): Growing {
  return { connection, from, pieces: [], octets: 0, runs: [], redacted: [], refusals: new Map() };
}

/** The event that holds an octet of a stream; the last one for what lies behind the end. */
export function eventAt(stream: Stream, offset: number): number {
  return stream.runs[runAt(stream, offset)]?.index ?? 0;
}

/** Where records begin behind an offset and before another. */
export function bordersWithin(stream: Stream, from: number, to: number): readonly number[] {
  const borders: number[] = [];
  for (let at = runAt(stream, from) + 1; at < stream.runs.length; at++) {
    const start = stream.runs[at]?.start ?? to;
    if (start >= to) break;
    borders.push(start);
  }
  return borders;
}

function runAt({ runs }: Stream, offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** Whether a record begins or ends at an offset. */
export function isRecordBorder({ runs, bytes }: Stream, offset: number): boolean {
  return offset === bytes.length || runs.some(({ start }) => start === offset);
}

/** The events with the edits made, which are ascending and apart. What an edit writes stands in the record in which it begins. */
export function edited(
  events: readonly WireEvent[],
  edits: readonly { readonly stream: Stream; readonly edits: readonly Edit[] }[],
): WireEvent[] {
  const made = [...events];
  for (const { stream, edits: wanted } of edits) {
    if (wanted.length === 0) continue;
    let next = 0;
    for (const [i, { index, start }] of stream.runs.entries()) {
      const end = stream.runs[i + 1]?.start ?? stream.bytes.length;
      const within: Edit[] = [];
      for (let at = next; at < wanted.length; at++) {
        const edit = wanted[at];
        if (edit === undefined || edit.start >= end) break;
        const begins = edit.start >= start;
        const by = begins ? edit.by : NO_OCTETS;
        within.push({ start: Math.max(edit.start, start) - start, end: Math.min(edit.end, end) - start, by });
        if (edit.end <= end) next = at + 1;
      }
      const event = made[index];
      if (within.length > 0 && event?.kind === "data") made[index] = editedEvent(event, within);
    }
  }
  return made;
}

function editedEvent(event: DataEvent, edits: readonly Edit[]): DataEvent {
  const runs: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, by } of edits) {
    runs.push(event.bytes.subarray(at, start), by);
    at = end;
  }
  runs.push(event.bytes.subarray(at));
  /** Where an offset is behind the edits. */
  const moved = (offset: number): number => {
    let by = 0;
    for (const edit of edits) if (edit.end <= offset) by += edit.by.length - (edit.end - edit.start);
    return offset + by;
  };
  const redacted = event.redacted.map(([start, end]): Span => [moved(start), moved(end)]);
  return { ...event, bytes: concat(runs), redacted };
}
