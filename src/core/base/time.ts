/**
 * Times are integer microseconds on one monotonic clock that starts with the capture; the shell reads the clock, core
 * only does arithmetic. Files and JSON show them as milliseconds with three decimals.
 */
export type Micros = number;

/** Milliseconds with at most three decimals, as files and JSON show a time. */
export function toMillis(micros: Micros): number {
  return micros / 1000;
}

/** The integer microseconds of a time that a file gives in milliseconds. */
export function fromMillis(millis: number): Micros {
  return Math.round(millis * 1000);
}
