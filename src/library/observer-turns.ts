/** When and for how long the observer gets its turns: relaying comes first. */
import type { ObserverQueueOptions } from "../core/observer-queue.ts";

/** Time that a command and its answer are waited for: less than anybody sees of a line. */
const SOON_MS = 3;
/** A turn, in which nothing is relayed: less than a mail client's way to its server takes. */
const TURN_MS = 1;
/** So many times as long, were the bound reached: a megabyte that waits makes a turn five times as long. */
const TIMES_UNDER_PRESSURE = 64;
/** Where much waits the connection is a busy one, at which nobody minds. */
const LONGEST_TURN_MS = 40;

export function createTurns(): ObserverQueueOptions["schedule"] {
  let soon: NodeJS.Timeout | undefined;
  return (run, when, pressure) => {
    const turn = (): void => run(until(TURN_MS * (1 + TIMES_UNDER_PRESSURE * pressure)));
    if (when === "soon") {
      soon = setTimeout(turn, SOON_MS);
    } else {
      clearTimeout(soon);
      setImmediate(turn);
    }
  };
}

function until(ms: number): () => boolean {
  const end = performance.now() + Math.min(LONGEST_TURN_MS, ms);
  return () => performance.now() < end;
}
