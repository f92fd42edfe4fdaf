/** Where a person wants to go, as it is typed: a time of day, a time since the capture began, or a tag. */
import type { Micros } from "../../core/base/time.ts";
import type { FilterError } from "../../core/query/filter.ts";

export type TimeTarget =
  /** A time of day; `micros` since midnight. */
  | { readonly kind: "clock"; readonly micros: Micros }
  /** Since the capture began. */
  | { readonly kind: "offset"; readonly micros: Micros };

const SECOND = 1_000_000;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["h", 3600 * SECOND],
  ["m", 60 * SECOND],
  ["s", SECOND],
  ["ms", 1000],
]);

const CLOCK = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d{0,6})?))?/;
/** Hours, minutes and seconds with their bounds. */
const CLOCK_PARTS = [
  { unit: 3600 * SECOND, below: 24, name: "hours" },
  { unit: 60 * SECOND, below: 60, name: "minutes" },
  { unit: SECOND, below: 60, name: "seconds" },
];
const PART = /(\d+(?:\.\d*)?|\.\d+)(ms|[hms])?/y;
const EXAMPLES = "write 14:03, 14:03:05.2, +12.5 or +1m30s";

/** `14:03`, `14:03:05.2`, `+12.5` (seconds), `+1m30s`. Never throws. */
export function parseTime(source: string): TimeTarget | FilterError {
  const sign = /^\s*\+/.exec(source);
  return sign === null ? parseClock(source) : parseOffset(source, sign[0].length);
}

/** A tag: any word. */
export function parseTag(source: string): string | FilterError {
  const tag = source.trim();
  if (tag === "") return { column: source.length + 1, message: "Write the tag of a command, such as a1." };
  const space = /\S\s+(?=\S)/.exec(source);
  return space === null ? tag : { column: space.index + 2, message: "A tag has no spaces." };
}

function parseClock(source: string): TimeTarget | FilterError {
  const found = CLOCK.exec(source);
  if (found === null) {
    const column = source.length - source.trimStart().length + 1;
    return { column, message: `This is no time: ${EXAMPLES}.` };
  }
  let micros = 0;
  let column = source.length - source.trimStart().length + 1;
  for (const [i, { unit, below, name }] of CLOCK_PARTS.entries()) {
    const written = found[i + 1] ?? "0";
    if (Number(written) >= below) return { column, message: `There are no ${written} ${name} in a time.` };
    micros += Math.round(Number(written) * unit);
    column += written.length + 1;
  }
  return restOf(source, found[0].length) ?? { kind: "clock", micros };
}

function parseOffset(source: string, start: number): TimeTarget | FilterError {
  let at = start;
  let micros = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let part = partAt(source, at); part !== undefined; part = partAt(source, at)) {
    const factor = part.factor ?? (at === start ? SECOND : undefined);
    if (factor === undefined)
      return { column: part.end + 1, message: "A unit is missing here: h, m, s or ms." };
    if (factor >= smallest) return { column: at + 1, message: `Larger units come first: ${EXAMPLES}.` };
    micros += Math.round(part.number * factor);
    smallest = part.factor ?? 0;
    at = part.end;
  }
  if (at === start) return { column: at + 1, message: `A time is missing here: ${EXAMPLES}.` };
  return restOf(source, at) ?? { kind: "offset", micros };
}

interface Part {
  readonly number: number;
  readonly factor: number | undefined;
  readonly end: number;
}

function partAt(source: string, at: number): Part | undefined {
  PART.lastIndex = at;
  const found = PART.exec(source);
  if (found === null) return undefined;
  return { number: Number(found[1]), factor: UNITS.get(found[2] ?? ""), end: at + found[0].length };
}

/** What stands behind the end, where nothing should. */
function restOf(source: string, end: number): FilterError | undefined {
  if (source.slice(end).trim() === "") return undefined;
  return { column: end + 1, message: `This does not belong to a time: ${EXAMPLES}.` };
}
