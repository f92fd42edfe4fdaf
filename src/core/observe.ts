/**
 * The one door: masked wire events of all connections of a capture go in, observations come out. Live octets and capture
 * files take this same path, so observing live equals observing the recording of it. Pure: the same events give the same
 * observations, and times are those of the events.
 */
import type { ConnectionId } from "./base/leg.ts";
import { type ConnectionSnapshot, snapshotOf } from "./connection/snapshot.ts";
import type { Exchange, ExchangeId } from "./exchange/exchange.ts";
import type { Observation } from "./observation.ts";
import type { Checkpoint } from "./observer/checkpoint.ts";
import type { CheckpointStore } from "./observer/checkpoint-store.ts";
import { type ConnectionObserver, createConnectionObserver } from "./observer/connection-observer.ts";
import type { Depth } from "./observer/context.ts";
import { createFetchRuns } from "./observer/fetch-runs.ts";
import type { WireEvent } from "./wire/event.ts";

export interface ObserverOptions {
  /** Called within `take` and `finish`, in the order of what happened. */
  readonly emit: (observation: Observation) => void;
  /** Less than `full`, which is the default, is for speed. */
  readonly depth?: Depth;
  /** Keeps checkpoints of the connections, from which they can be observed again. */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Goes on with one connection from a checkpoint, as if all of it had been seen, with exchanges numbered within it. */
  readonly from?: { readonly connection: ConnectionId; readonly checkpoint: Checkpoint } | undefined;
}

export interface Observer {
  /** Takes the next event of the capture; never throws for any octets. */
  readonly take: (event: WireEvent) => void;
  /** Looks so deep at what comes from now on; what was passed over before stays so. */
  readonly look: (depth: Depth) => void;
  /** The capture ends: exchanges that are still open end with `captureEnd`. */
  readonly finish: () => void;
  /**
   * An exchange of a connection that is in flight, as it stands now: with what has come so far, also of a response that is not
   * complete. `undefined` where it is over, or not known.
   */
  readonly underWay: (connection: ConnectionId, id: ExchangeId) => Exchange | undefined;
  /** What is known of a connection now, or was when it closed; `undefined` where it is not known, or long closed. */
  readonly connection: (id: ConnectionId) => ConnectionSnapshot | undefined;
}

/** Closed connections whose last picture is kept. */
const CLOSED_KEPT = 10_000;

export function createObserver(options: ObserverOptions): Observer {
  const { emit, checkpoints, from } = options;
  let { depth = "full" } = options;
  const fetchRuns = createFetchRuns();
  const observers = new Map<ConnectionId, ConnectionObserver>();
  const closed = new Map<ConnectionId, ConnectionSnapshot>();
  let lastId = from?.checkpoint.dialogue.lastOrdinal ?? 0;
  if (from !== undefined) begin(from.connection, from.checkpoint.midway, from.checkpoint);

  function observerOf(event: WireEvent): ConnectionObserver {
    return observers.get(event.connection) ?? begin(event.connection, beginsMidway(event));
  }

  function begin(connection: ConnectionId, midway: boolean, resumed?: Checkpoint): ConnectionObserver {
    const nextId = () => ++lastId;
    const observer = createConnectionObserver({
      ...{ connection, midway, depth, emit, nextId, fetchRuns },
      from: resumed,
    });
    observers.set(connection, observer);
    return observer;
  }

  function close(id: ConnectionId, observer: ConnectionObserver): void {
    observers.delete(id);
    closed.set(id, snapshotOf(observer.model));
    if (closed.size <= CLOSED_KEPT) return;
    for (const oldest of closed.keys()) {
      closed.delete(oldest);
      return;
    }
  }

  return {
    take: (event) => {
      const { connection, atMicros } = event;
      if (closed.has(connection) && event.kind !== "open") {
        // A leg may still fail behind the end of its connection.
        if (event.kind === "error") emit({ kind: "connection", connection, atMicros, event });
        return;
      }
      const observer = observerOf(event);
      checkpoints?.before(event, observer);
      observer.take(event);
      if (event.kind === "close") close(connection, observer);
    },
    look: (deep) => {
      depth = deep;
      for (const observer of observers.values()) observer.look(deep);
    },
    finish: () => {
      for (const [id, observer] of observers) {
        observer.finish();
        close(id, observer);
      }
    },
    underWay: (connection, id) => observers.get(connection)?.underWay(id),
    connection: (id) => {
      const observer = observers.get(id);
      return observer === undefined ? closed.get(id) : snapshotOf(observer.model);
    },
  };
}

/** What is known of a connection whose beginning was not seen. */
function beginsMidway(first: WireEvent): boolean {
  return first.kind !== "open" || first.midway;
}

/** All observations of a capture, at once. */
export function observationsOf(events: Iterable<WireEvent>, depth: Depth = "full"): readonly Observation[] {
  const observations: Observation[] = [];
  const observer = createObserver({ emit: (observation) => observations.push(observation), depth });
  for (const event of events) observer.take(event);
  observer.finish();
  return observations;
}

/** All exchanges of a capture, in the order in which they ended. */
export function exchangesOf(events: Iterable<WireEvent>): readonly Exchange[] {
  return observationsOf(events, "shallow").flatMap((observation) =>
    observation.kind === "exchange" ? [observation.exchange] : [],
  );
}
