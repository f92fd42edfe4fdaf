/**
 * Turns for connections that have much to do at once: one after the other, in the order in which they asked, with several rounds
 * of the event loop in between. Who has little to do asks for none, and is not held up by those who flood.
 */

/** What a connection may do before it asks for a turn. */
const TURN_MS = 2;
/** Rounds of the event loop for each turn: in one of them a listener takes only one new connection. */
const ROUNDS = 16;
/** Who has used up a turn asks for one before anything else, for so long. */
const MINDED_MS = 1000;

export interface FairTurns {
  /** Resolves when it is the caller's turn. */
  readonly next: () => Promise<void>;
}

/** What one connection does, in turns. */
export class Worker {
  private readonly turns: FairTurns;
  private end = 0;
  private usedUpMs = Number.NEGATIVE_INFINITY;

  constructor(turns: FairTurns) {
    this.turns = turns;
  }

  /** It has something to do: resolves when it may. */
  async begin(): Promise<void> {
    if (performance.now() - this.usedUpMs < MINDED_MS) await this.turns.next();
    this.end = performance.now() + TURN_MS;
  }

  /** Whether it has used up its turn, and must begin anew. */
  isOver(): boolean {
    const now = performance.now();
    if (now < this.end) return false;
    this.usedUpMs = now;
    return true;
  }
}

export function createFairTurns(): FairTurns {
  const waiting: (() => void)[] = [];
  let round = 0;

  function give(): void {
    if (++round % ROUNDS === 0) waiting.shift()?.();
    if (waiting.length > 0) setImmediate(give);
  }

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 1) setImmediate(give);
      }),
  };
}
