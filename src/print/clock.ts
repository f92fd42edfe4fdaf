/** Times of a capture as a person reads them beside a line. */
import type { Micros } from "../core/base/time.ts";

/** Cells of every time that a clock gives. */
export const CLOCK_COLUMNS = 12;

/**
 * Formats times of a capture as the local time of day (`19:00:03.412`), or, where it is not known when the capture began,
 * as the seconds since then (`+3.412`). `startedAt` is what the wall clock said at time 0.
 */
export function createClock(startedAt: Date | undefined): (at: Micros) => string {
  if (startedAt === undefined) {
    return (at) => `+${(at / 1_000_000).toFixed(3)}`.padStart(CLOCK_COLUMNS);
  }
  const startedMs = startedAt.getTime();
  // The second that was shown last: many lines stand in one.
  let startOfSecond = Number.NaN;
  let second = "";
  return (at) => {
    // Rounded down, so that no line claims to be later than it was.
    const ms = startedMs + Math.floor(at / 1000);
    const start = Math.floor(ms / 1000) * 1000;
    if (start !== startOfSecond) second = secondOfDay(new Date(start));
    startOfSecond = start;
    return `${second}.${String(ms - start).padStart(3, "0")}`;
  };
}

function secondOfDay(time: Date): string {
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
