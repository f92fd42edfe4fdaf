/** Masked spans of a run of octets: checked when read, cut to size when a run is split. */
import type { Span } from "../base/leg.ts";

export const NO_SPANS: readonly Span[] = [];

/** The part of ascending spans that lies in `[start, end)`, as offsets from `start`. */
export function spansWithin(spans: readonly Span[], start: number, end: number): readonly Span[] {
  if (spans.length === 0) return NO_SPANS;
  const within: Span[] = [];
  for (const [from, to] of spans) {
    const first = Math.max(from, start);
    const last = Math.min(to, end);
    if (first < last) within.push([first - start, last - start]);
  }
  return within;
}

/**
 * The spans that a file gives for a run of `octets`: pairs of offsets, ascending, none over another, none past the end.
 * `undefined` where they are anything else.
 */
export function readSpans(value: unknown, octets: number): readonly Span[] | undefined {
  if (value === undefined) return NO_SPANS;
  if (!Array.isArray(value)) return undefined;
  const spans: Span[] = [];
  let reached = 0;
  for (const pair of value) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [start, end]: readonly unknown[] = pair;
    if (!isOffset(start) || !isOffset(end) || start < reached || end < start || end > octets)
      return undefined;
    spans.push([start, end]);
    reached = end;
  }
  return spans.length === 0 ? NO_SPANS : spans;
}

function isOffset(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
