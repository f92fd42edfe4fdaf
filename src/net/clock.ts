/** The one clock of a proxy: monotonic microseconds from its start, and when on the wall that start was. */
import type { Micros } from "../core/base/time.ts";

export interface Clock {
  /** The wall-clock time at which the microseconds began. */
  readonly startedAt: Date;
  /** Integer microseconds since then; never goes back, whatever happens to the wall clock. */
  readonly micros: () => Micros;
}

export function startClock(): Clock {
  const start = performance.now();
  return { startedAt: new Date(), micros: () => Math.round((performance.now() - start) * 1000) };
}
