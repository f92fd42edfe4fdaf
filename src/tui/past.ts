/** What the screen needs of the past: everything seen so far can be read back, from the capture or from a spool. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ConnectionSnapshot } from "../core/connection/snapshot.ts";
import type { Observation } from "../core/observation.ts";
import type { WireEvent } from "../core/wire/event.ts";

export interface Past {
  /**
   * Observes a connection once more, at full depth, up to and with a time. Exchanges are numbered within the connection,
   * from 1, in the order in which their commands began; where the beginning of the connection is no longer kept, from what is
   * left. With `fromMicros` (when the first octet came of what is asked for), observations before may be left out, which is
   * much quicker in a long connection. Gives what was known of the connection then; rejects only with the reason of the
   * signal, or where the file can no longer be read.
   */
  readonly recall: (
    request: {
      readonly connection: ConnectionId;
      readonly fromMicros?: Micros | undefined;
      readonly untilMicros: Micros;
      readonly signal: AbortSignal;
    },
    take: (observation: Observation) => void,
  ) => Promise<ConnectionSnapshot | undefined>;
  /**
   * Observes everything seen so far once more, with the same exchange ids as the first time, at full depth or, without the
   * answers to FETCH one by one, skimming.
   */
  readonly observe: (
    request: { readonly depth: "full" | "skim"; readonly signal: AbortSignal },
    take: (observation: Observation) => void,
  ) => Promise<void>;
  /** The events themselves, in order. */
  readonly events: (signal: AbortSignal, take: (event: WireEvent) => void) => Promise<void>;
}
