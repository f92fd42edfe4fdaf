/** The past of what is shown: connections and their events once more, from a capture or a spool. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ConnectionSnapshot } from "../core/connection/snapshot.ts";
import type { Observation } from "../core/observation.ts";
import { createObserver } from "../core/observe.ts";
import type { Checkpoint } from "../core/observer/checkpoint.ts";
import type { CheckpointStore } from "../core/observer/checkpoint-store.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { type EventLog, GIVEN_UP, readLog } from "../files/event-log.ts";

export interface RecallRequest {
  readonly connection: ConnectionId;
  /** Observations before may be left out, which is much quicker in a long connection; exchanges are numbered all the same. */
  readonly fromMicros?: Micros | undefined;
  readonly untilMicros: Micros;
  readonly signal: AbortSignal;
}

/** All of it works in turns of a few milliseconds, and rejects with the reason of the signal or where the log cannot be read. */
export interface Past {
  /**
   * Observes a connection once more, at full depth, up to and with a time; where nothing follows in a log that is over, also
   * what its end brings. Exchanges are numbered within the connection, from 1, or from what is left of it in a spool.
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

/** Makes it over a log, with the checkpoints that the first observer of its events was given, if there are any. */
export function createPast(log: EventLog, checkpoints?: CheckpointStore): Past {
  /** A checkpoint with all that follows it. */
  function checkpointBefore(connection: ConnectionId, micros: Micros): Checkpoint | undefined {
    const found = checkpoints?.find(connection, micros);
    return found !== undefined && isWholeSince(found) ? found : undefined;
  }

  function isWholeSince({ lastMicros }: Checkpoint): boolean {
    return lastMicros >= log.index.droppedMicros();
  }

  return {
    recall: async ({ connection, fromMicros, untilMicros, signal }, take) => {
      const checkpoint =
        fromMicros === undefined
          ? undefined
          : checkpointBefore(connection, Math.min(fromMicros, untilMicros));
      const from = checkpoint && { connection, checkpoint };
      const afterMicros = checkpoint?.lastMicros;
      const observer = createObserver({ emit: take, from });
      const query = { connection, afterMicros, untilMicros, inSlices: true, signal };
      const { reachedEnd } = await readLog(log, query, observer.take);
      // A spool goes on giving up what is oldest.
      if (checkpoint !== undefined && !isWholeSince(checkpoint)) throw new Error(GIVEN_UP);
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
