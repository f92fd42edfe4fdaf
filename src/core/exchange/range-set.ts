/** Sets of numbers as sorted ranges: membership in logarithmic time, however the set was written. */
import type { NumberSet } from "../imap/command.ts";
import type { UidSet } from "../imap/response.ts";

/** An inclusive range. */
export type NumberRange = readonly [from: number, to: number];

export interface RangeSet {
  /** Sorted, not overlapping, not touching. */
  readonly ranges: readonly NumberRange[];
  /** O(log ranges). */
  readonly includes: (number: number) => boolean;
}

/** Sorts and merges ranges once, O(n log n); the ranges may come in any order and either way round. */
export function rangeSet(written: Iterable<NumberRange>): RangeSet {
  const sorted = [...written].map(([a, b]): NumberRange => (a <= b ? [a, b] : [b, a]));
  sorted.sort((a, b) => a[0] - b[0]);
  const ranges: NumberRange[] = [];
  let last: NumberRange | undefined;
  for (const range of sorted) {
    if (last !== undefined && range[0] <= last[1] + 1) {
      last = [last[0], Math.max(last[1], range[1])];
      ranges[ranges.length - 1] = last;
    } else {
      last = range;
      ranges.push(range);
    }
  }
  return { ranges, includes: (number) => find(ranges, number) };
}

function find(ranges: readonly NumberRange[], number: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (number < range[0]) high = middle - 1;
    else if (number > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}

/**
 * How many numbers a set names, or `undefined` where `*` or an unread set leaves it open. Overlaps count twice, because
 * the two sets of COPYUID correspond element by element (RFC 4315 §3).
 */
export function setSize(set: UidSet): number | undefined {
  let size = 0;
  for (const { from, to } of set) {
    if (from === "*" || to === "*") return undefined;
    size += Math.abs(to - from) + 1;
  }
  return size;
}

/** The ranges of a set that is written out, or `undefined` for `$` and sets that could not be read. */
export function writtenRanges(set: NumberSet): UidSet | undefined {
  return set === undefined || set === "$" ? undefined : set;
}
