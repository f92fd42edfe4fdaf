/**
 * The counts of what a recorder left out while it was behind: one for each connection, direction and reason; those of a
 * connection in the order in which they began.
 */
import type { ConnectionId } from "../core/base/leg.ts";
import type { DataEvent, OmittedEvent, WireEvent } from "../core/wire/event.ts";

export interface Gaps {
  /** Counts an event instead of recording it. */
  readonly add: (event: DataEvent | OmittedEvent) => void;
  /** Takes out the gaps of a connection, or all; each is to be recorded where it is now, before what follows it. */
  readonly take: (connection?: ConnectionId) => OmittedEvent[];
  readonly isEmpty: () => boolean;
}

/** Octets, or their count: what may be left out. Everything else is small, rare, and needed to understand the rest. */
export function mayBeOmitted(event: WireEvent): event is DataEvent | OmittedEvent {
  return event.kind === "data" || event.kind === "omitted";
}

export function createGaps(): Gaps {
  const open = new Map<ConnectionId, Map<string, OmittedEvent>>();

  function add(event: DataEvent | OmittedEvent): void {
    const { connection, atMicros, from } = event;
    const octets = event.kind === "data" ? event.bytes.length : event.octets;
    const reason = event.kind === "data" ? "behind" : event.reason;
    const gaps = open.get(connection) ?? new Map<string, OmittedEvent>();
    open.set(connection, gaps);
    const key = `${from} ${reason}`;
    const gap = gaps.get(key) ?? { kind: "omitted", connection, atMicros, from, octets: 0, reason };
    gaps.set(key, { ...gap, octets: gap.octets + octets });
  }

  function take(connection?: ConnectionId): OmittedEvent[] {
    const connections = connection === undefined ? [...open.keys()] : [connection];
    const taken = connections.flatMap((each) => [...(open.get(each)?.values() ?? [])]);
    for (const each of connections) open.delete(each);
    return taken;
  }

  return { add, take, isEmpty: () => open.size === 0 };
}
