/** A moment of a capture as people write it on the command line: `12.5s` after its beginning, or `14:03:00`. */
import { InvalidArgumentError } from "@commander-js/extra-typings";
import type { Micros } from "../core/base/time.ts";
import { ImapscopeError } from "../errors.ts";
import { durationMicros } from "./duration.ts";

export type Moment =
  /** So long after the beginning. */
  | { readonly kind: "offset"; readonly micros: Micros }
  /** The time of day where one is, as `view` shows it. */
  | { readonly kind: "timeOfDay"; readonly millis: number; readonly text: string }
  | { readonly kind: "date"; readonly date: Date; readonly text: string };

/** @throws InvalidArgumentError */
export function parseMoment(text: string): Moment {
  const micros = durationMicros(text);
  if (micros !== undefined) return { kind: "offset", micros };
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d)(?::(\d\d(?:\.\d{1,3})?))?$/.exec(text) ?? [];
  if (hours !== undefined) {
    const millis = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000;
    return { kind: "timeOfDay", millis, text };
  }
  const date = new Date(text);
  if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(date.getTime())) return { kind: "date", date, text };
  throw new InvalidArgumentError(
    "Write 12.5s, 750ms or 3m after the beginning, the time of day 14:03:00, or a date and time 2026-11-22T14:03:00Z.",
  );
}

const DAY = 24 * 3600 * 1000;

/**
 * The time of a moment on the clock of a capture that began then. A time of day is the first one that is not before.
 *
 * @throws ImapscopeError ERR_TIME_INVALID
 */
export function microsOf(moment: Moment, startedAt: Date | undefined): Micros {
  if (moment.kind === "offset") return moment.micros;
  if (startedAt === undefined) throw new ImapscopeError("ERR_TIME_INVALID", { value: moment.text });
  if (moment.kind === "date") return Math.max(0, moment.date.getTime() - startedAt.getTime()) * 1000;
  const midnight = new Date(startedAt.getFullYear(), startedAt.getMonth(), startedAt.getDate());
  const after = midnight.getTime() + moment.millis - startedAt.getTime();
  // The second in which it began is not before.
  return Math.max(0, after <= -1000 ? after + DAY : after) * 1000;
}
