/** Where the octets of the recorded server are read when they are due. */
import type { ServerRun } from "../core/replay/script.ts";

export interface ServerOctets {
  /**
   * The octets of a run, in pieces that are not written to again.
   * @throws the system's error, or the reason of the signal
   */
  readonly read: (run: ServerRun, signal: AbortSignal) => AsyncIterable<Uint8Array>;
}
