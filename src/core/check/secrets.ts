/**
 * Secrets that are not masked: whatever the masker would still mask. The masker says in which record, because it is told the
 * number of each event in place of its time, which it never looks at.
 */
import type { ConnectionId, Span } from "../base/leg.ts";
import { createIntake, type Intake } from "../intake.ts";
import type { DataEvent, WireEvent } from "../wire/event.ts";

export interface MaskedEvents {
  /** With everything masked; what was nothing but the beginning of a secret is empty. */
  readonly events: readonly WireEvent[];
  /** The numbers of the events in which something was not. */
  readonly found: readonly number[];
}

export function maskAgain(events: readonly WireEvent[]): MaskedEvents {
  const given = new Map<number, WireEvent>();
  const intakes = new Map<ConnectionId, Intake>();
  const take = (event: WireEvent): void => {
    let intake = intakes.get(event.connection);
    if (intake === undefined) {
      const midway = event.kind !== "open" || event.midway;
      intake = createIntake({ keepSecrets: false, midway, emit: (out) => given.set(out.atMicros, out) });
      intakes.set(event.connection, intake);
    }
    intake.take(event);
    if (event.kind === "close") intakes.delete(event.connection);
  };
  for (const [index, event] of events.entries()) take({ ...event, atMicros: index });
  for (const connection of [...intakes.keys()]) {
    for (const from of ["client", "server"] as const) take({ kind: "end", connection, atMicros: -1, from });
  }
  const found: number[] = [];
  const masked = events.map((event, index) => {
    if (event.kind !== "data") return event;
    const out = given.get(index);
    // Where the stream cannot be framed there is nothing to say; such octets stand only where a person has put them.
    if (out?.kind === "omitted" || (out?.kind === "data" && isSame(out.bytes, event.bytes))) return event;
    found.push(index);
    return maskedEvent(event, out);
  });
  return { events: masked, found };
}

const NOTHING = { bytes: new Uint8Array(0), redacted: [] };

function maskedEvent(before: DataEvent, out: WireEvent | undefined): DataEvent {
  const { bytes, redacted } = out?.kind === "data" ? out : NOTHING;
  return { ...before, bytes, redacted: joined(redacted, keptSpans(before, bytes)) };
}

/** The spans of before that lie in what stayed the same at the beginning and at the end. */
function keptSpans(before: DataEvent, bytes: Uint8Array): Span[] {
  const shorter = Math.min(before.bytes.length, bytes.length);
  let head = 0;
  while (head < shorter && before.bytes[head] === bytes[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.bytes.at(-1 - tail) === bytes.at(-1 - tail)) tail++;
  const moved = bytes.length - before.bytes.length;
  return before.redacted.flatMap(([start, end]): Span[] => {
    if (end <= head) return [[start, end]];
    return start >= before.bytes.length - tail ? [[start + moved, end + moved]] : [];
  });
}

function joined(some: readonly Span[], more: readonly Span[]): Span[] {
  const sorted = [...some, ...more].sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  const apart: Span[] = [];
  for (const span of sorted) if (span[0] >= (apart.at(-1)?.[1] ?? 0)) apart.push(span);
  return apart;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || (one.length === other.length && one.every((octet, i) => octet === other[i]));
}
