/** The queue before the observer, and when and for how long it gets its turns: relaying comes first. */
import {
  createObserverQueue,
  type ObserverQueue,
  type ObserverQueueOptions,
} from "../core/observer-queue.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { Notice } from "../net/notice.ts";

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

/** A connection that the observer cannot keep up with, or fails on, is told of once. */
export function createQueue(
  take: (event: WireEvent) => void,
  onNotice: (notice: Notice) => void,
): ObserverQueue {
  return createObserverQueue({
    take,
    schedule: createTurns(),
    onBehind: (connection) =>
      onNotice({
        level: "warning",
        text: "Analysis cannot keep up with this connection. It is relayed and recorded on, but no longer shown.",
        connection,
      }),
    onFailure: (connection, error) => onNotice({ level: "error", text: failureText(error), connection }),
  });
}

/** Names a bug of ours without the octets that brought it to light. */
export function failureText(error: unknown): string {
  const where = error instanceof Error ? (error.stack?.split("\n")[1]?.trim() ?? "") : "";
  return `imapscope failed to analyse this connection (${error instanceof Error ? error.name : "error"} ${where}). It is relayed on. Please report this.`;
}
