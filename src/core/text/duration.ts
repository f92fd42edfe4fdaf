/** Durations as people read them. */
import type { Micros } from "../base/time.ts";

const MILLISECOND = 1000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * `312 µs`, `1.23 ms`, `45.0 ms`, `2.4 s`, `3m12s`, `1h05m`, `2d03h`: at most seven characters below 1000 days.
 */
export function formatDuration(micros: Micros): string {
  if (micros < 0) return `-${formatDuration(-micros)}`;
  // Each bound lies where rounding would reach the next unit, so that 999.9996 ms is `1.0 s` and not `1000 ms`.
  if (micros < MILLISECOND - 0.5) return `${Math.round(micros)} µs`;
  if (micros < 9.995 * MILLISECOND) return `${(micros / MILLISECOND).toFixed(2)} ms`;
  if (micros < 99.95 * MILLISECOND) return `${(micros / MILLISECOND).toFixed(1)} ms`;
  if (micros < 999.5 * MILLISECOND) return `${Math.round(micros / MILLISECOND)} ms`;
  if (micros < 59.95 * SECOND) return `${(micros / SECOND).toFixed(1)} s`;
  if (micros < HOUR - SECOND / 2) return pair(micros, MINUTE, "m", SECOND, "s");
  if (micros < DAY - MINUTE / 2) return pair(micros, HOUR, "h", MINUTE, "m");
  return pair(micros, DAY, "d", HOUR, "h");
}

/** Milliseconds with three decimals, as offsets in a dialogue: `1.234`. */
export function formatOffset(micros: Micros): string {
  return (micros / MILLISECOND).toFixed(3);
}

function pair(micros: Micros, large: number, largeName: string, small: number, smallName: string): string {
  const smalls = Math.round(micros / small);
  const each = large / small;
  return `${Math.floor(smalls / each)}${largeName}${String(smalls % each).padStart(2, "0")}${smallName}`;
}
