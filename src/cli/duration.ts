/** A stretch of time as people write it on the command line: `12.5s`, `750ms`, `3m`, `1h`. */
import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Micros } from "../core/base/time.ts";

const UNITS: ReadonlyMap<string, Micros> = new Map([
  ["ms", 1e3],
  ["s", 1e6],
  ["m", 60e6],
  ["h", 3600e6],
]);

/** More than a timer of Node can be set to. */
const MOST_MS = 2 ** 31;

/** `undefined` where it is none. */
export function durationMicros(text: string): Micros | undefined {
  const [, count = "", unit = ""] = /^(\d{1,12}(?:\.\d{1,9})?)(ms|s|m|h)$/.exec(text) ?? [];
  const scale = UNITS.get(unit);
  return scale === undefined ? undefined : Math.round(Number(count) * scale);
}

/** In milliseconds. @throws InvalidArgumentError */
export function parseTimeout(text: string): number {
  const ms = Math.ceil((durationMicros(text) ?? 0) / 1000);
  if (ms > 0 && ms < MOST_MS) return ms;
  throw new InvalidArgumentError("Write a time such as 30s, 500ms or 5m, of less than 24 days.");
}
