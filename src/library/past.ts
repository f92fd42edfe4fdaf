/** The past of what is shown: connections and their events once more, from a capture or a spool. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ConnectionSnapshot } from "../core/connection/snapshot.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { type EventLog, readLog } from "../files/event-log.ts";

export interface RecallRequest {
  readonly connection: ConnectionId;
  readonly untilMicros: Micros;
  readonly signal: AbortSignal;
}

/** All of it works in turns of a few milliseconds, and rejects with the reason of the signal or where the log cannot be read. */
export interface Past {
  /**
   * Observes a connection once more, at full depth, up to and with a time; where nothing follows in a log that is over, also
   * what its end brings. Exchanges are numbered within the connection, from 1.
   */
  readonly recall: (
    request: RecallRequest,
    take: (observation: Observation) => void,
  ) => Promise<ConnectionSnapshot | undefined>;
  /** Observes everything once more, with the same exchange ids as the first time. */
  readonly observe: (
    request: { readonly depth: "full" | "skim"; readonly signal: AbortSignal },
    take: (observation: Observation) => void,
  ) => Promise<void>;
  /** The events themselves, in order. */
  readonly events: (signal: AbortSignal, take: (event: WireEvent) => void) => Promise<void>;
}

export function createPast(log: EventLog): Past {
  return {
    recall: async ({ connection, untilMicros, signal }, take) => {
      const observer = createObserver({ emit: take });
      const { reachedEnd } = await readLog(
        log,
        { connection, untilMicros, inSlices: true, signal },
        observer.take,
      );
      if (reachedEnd) observer.finish();
      return observer.connection(connection);
    },
    observe: async ({ depth, signal }, take) => {
      const observer = createObserver({ emit: take, depth });
      const { reachedEnd } = await readLog(log, { inSlices: true, signal }, observer.take);
      if (reachedEnd) observer.finish();
    },
    events: async (signal, take) => {
      await readLog(log, { signal }, take);
    },
  };
}
