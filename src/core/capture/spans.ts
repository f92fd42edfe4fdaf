/** Masked spans of a run of octets: checked when read, cut to size when a run is split. */
import type { Span } from "../base/leg.ts";

export const NO_SPANS: readonly Span[] = [];

/**
 * Cuts the ascending spans of a run that is given in pieces: for each next piece, `[start, end)`, the parts of the spans in
 * it, as offsets from `start`. Looks at every span about once, however many pieces there are.
 */
export function spanCutter(spans: readonly Span[]): (start: number, end: number) => readonly Span[] {
  let next = 0;
  return (start, end) => {
    const within: Span[] = [];
    for (let span = spans[next]; span !== undefined && span[0] < end; span = spans[++next]) {
      const first = Math.max(span[0], start);
      const last = Math.min(span[1], end);
      if (first < last) within.push([first - start, last - start]);
      if (span[1] > end) break;
    }
    return within.length === 0 ? NO_SPANS : within;
  };
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
