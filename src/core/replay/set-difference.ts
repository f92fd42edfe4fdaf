/** What two sets of messages have not in common. `*` is taken as larger than any number. */
import { readNumberSet } from "../imap/number-set.ts";

type Range = readonly [from: number, to: number];
const LAST = Number.POSITIVE_INFINITY;

export interface SetDifference {
  /** Recorded and not asked. */
  readonly missing: string;
  readonly surplus: string;
}

/** Of two canonical sets; `undefined` where one cannot be read. */
export function setDifference(asked: string, recorded: string): SetDifference | undefined {
  const ours = rangesOf(asked);
  const theirs = rangesOf(recorded);
  if (ours === undefined || theirs === undefined) return undefined;
  return { missing: format(subtract(theirs, ours)), surplus: format(subtract(ours, theirs)) };
}

/** Sorted and not overlapping. */
function rangesOf(text: string): readonly Range[] | undefined {
  const { set, problem } = readNumberSet(text);
  if (problem !== undefined) return undefined;
  const ranges = set.map(({ from, to }): Range => [numberOf(from), numberOf(to)]);
  const sorted = ranges.map(([a, b]): Range => (a <= b ? [a, b] : [b, a])).sort((a, b) => a[0] - b[0] || 0);
  const merged: Range[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range[0] <= last[1])
      merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
    else merged.push(range);
  }
  return merged;
}

function numberOf(member: number | "*"): number {
  return member === "*" ? LAST : member;
}

/** What is left of ranges without others; both are gone through once. */
function subtract(ranges: readonly Range[], others: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    let next = from;
    while (at < others.length && (others[at]?.[1] ?? 0) < next) at++;
    for (let index = at; index < others.length && next <= to; index++) {
      const [start, end] = others[index] ?? [LAST, LAST];
      if (start > to) break;
      if (start > next) left.push([next, start - 1]);
      next = end === LAST ? LAST : end + 1;
      if (end >= to) {
        next = -1;
        break;
      }
    }
    if (next >= 0 && next <= to) left.push([next, to]);
  }
  return left;
}

function format(ranges: readonly Range[]): string {
  return ranges.map(([from, to]) => (from === to ? name(from) : `${name(from)}:${name(to)}`)).join(",");
}

function name(number: number): string {
  return number === LAST ? "*" : String(number);
}
