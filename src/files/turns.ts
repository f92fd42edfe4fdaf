/** Long work in turns of a few milliseconds, between which sockets, timers and keys have theirs. */

/** Less than a frame of the screen, and than a person notices. */
const TURN_MS = 6;

export interface Turns {
  /** Whether it is time to let others have their turn. */
  readonly isOver: () => boolean;
  /** Lets them, and begins the next turn. @throws the reason of the signal */
  readonly next: () => Promise<void>;
}

export function createTurns(signal: AbortSignal | undefined): Turns {
  let end = performance.now() + TURN_MS;
  return {
    isOver: () => performance.now() >= end,
    next: async () => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      end = performance.now() + TURN_MS;
    },
  };
}
