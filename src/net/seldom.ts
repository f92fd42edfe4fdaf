/** Notices of what may happen a thousand times a second: the first is told at once, and then one a minute at most. */
import type { Clock } from "./clock.ts";
import type { Notice } from "./notice.ts";

const PAUSE_MICROS = 60_000_000;

/** A function that takes every case; the notice is made of how often it happened since the last one, this time included. */
export function seldom(
  clock: Clock,
  onNotice: (notice: Notice) => void,
): (notice: (times: number) => Notice) => void {
  let times = 0;
  let toldMicros = Number.NEGATIVE_INFINITY;
  return (notice) => {
    times++;
    const nowMicros = clock.micros();
    if (nowMicros - toldMicros < PAUSE_MICROS) return;
    onNotice(notice(times));
    toldMicros = nowMicros;
    times = 0;
  };
}
