/**
 * When the relay is at rest: the time to look at octets that have gone out already. As long as each round of the event loop
 * brings more of them, those go out first; a message to two thousand clients reaches the last one sooner for it.
 */
import type { Micros } from "../core/base/time.ts";

/** So many octets of one read are a busy connection's, and looked at at once, while they are in the cache. */
const LARGE_OCTETS = 4096;
/** So many may wait, and so long what came first, while more comes: less than anybody minds. */
const MANY_OCTETS = 256 * 1024;
const LONGEST_MICROS = 250_000;

export interface Rest {
  /** Has it done when the relay is at rest, behind what was put before. `octets` of it came at `atMicros`. */
  readonly put: (work: () => void, octets: number, atMicros: Micros) => void;
  /** Does all that waits, now: of what comes next, everybody is to know what was before. */
  readonly catchUp: () => void;
}

/** @param nextRound runs a function behind all that this round of the event loop brings */
export function createRest(nextRound: (run: () => void) => void = setImmediate): Rest {
  let waiting: (() => void)[] = [];
  let next = 0;
  let octets = 0;
  let oldest = 0;
  let newest = 0;
  let isRoundEmpty = false;
  let isScheduled = false;

  function put(work: () => void, count: number, atMicros: Micros): void {
    if (waiting.length === 0) oldest = atMicros;
    newest = atMicros;
    isRoundEmpty = false;
    waiting.push(work);
    octets += count;
    if (count >= LARGE_OCTETS || octets >= MANY_OCTETS) catchUp();
    else schedule();
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    nextRound(endRound);
  }

  function endRound(): void {
    isScheduled = false;
    if (waiting.length === 0) return;
    if (isRoundEmpty || newest - oldest >= LONGEST_MICROS) {
      catchUp();
      return;
    }
    isRoundEmpty = true;
    schedule();
  }

  /** What is done may itself ask for all that waits behind it. */
  function catchUp(): void {
    for (let work = waiting[next]; work !== undefined; work = waiting[next]) {
      next++;
      work();
    }
    waiting = [];
    next = 0;
    octets = 0;
  }

  return { put, catchUp };
}
