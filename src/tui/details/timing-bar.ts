/** The times of an exchange as a bar: each phase with a character of its own, so that it reads without colour as well. */
import type { Timings } from "../../core/exchange/exchange.ts";
import { type Line, type Style, span } from "../view/style.ts";

export type Phase = "gap" | "upload" | "wait" | "download" | "idle" | "idleEnd";

export const PHASE_SIGNS: Readonly<Record<Phase, { readonly character: string; readonly style: Style }>> = {
  gap: { character: "·", style: "faint" },
  upload: { character: "▲", style: "upload" },
  wait: { character: "░", style: "wait" },
  download: { character: "█", style: "download" },
  idle: { character: "─", style: "idle" },
  idleEnd: { character: "▒", style: "wait" },
};

export interface Segment {
  readonly phase: Phase;
  readonly micros: number;
}

/** The phases there were, in their order. What has not ended yet is in none. */
export function segmentsOf(timings: Timings): readonly Segment[] {
  const { gapMicros, uploadMicros, waitMicros, downloadMicros, idleMicros, idleEndMicros } = timings;
  const answered: readonly (readonly [Phase, number | undefined])[] =
    idleMicros === undefined
      ? [
          ["wait", waitMicros],
          ["download", downloadMicros],
        ]
      : [
          // IDLE is accepted first; what then comes, comes during it.
          ["wait", timings.continuationMicros[0]],
          ["idle", idleMicros],
          ["idleEnd", idleEndMicros],
        ];
  const all: readonly (readonly [Phase, number | undefined])[] = [
    ["gap", gapMicros],
    ["upload", uploadMicros],
    ...answered,
  ];
  return all.flatMap(([phase, micros]) => (micros === undefined || micros <= 0 ? [] : [{ phase, micros }]));
}

/**
 * Over at most `columns` cells, in proportion; each phase has at least one cell. The gap takes a quarter at most and is cut
 * (`//`) where it would take more: how long a user thought must not hide how long the server did.
 */
export function timingBar(segments: readonly Segment[], columns: number): Line {
  const gap = segments.find(({ phase }) => phase === "gap");
  const rest = segments.filter(({ phase }) => phase !== "gap");
  const restMicros = rest.reduce((sum, { micros }) => sum + micros, 0);
  const whole = restMicros + (gap?.micros ?? 0);
  if (whole === 0) return [];
  const cut = isGapCut(segments, columns);
  const gapColumns = cut ? mostOfGap(columns) : fairColumns(gap?.micros ?? 0, whole, columns);
  const line: Line = gap === undefined ? [] : [gapSpan(gapColumns, cut)];
  return [...line, ...spread(rest, restMicros, columns - gapColumns)];
}

/** Whether the gap would take more of the bar than it gets, so that its length is not in proportion. */
export function isGapCut(segments: readonly Segment[], columns: number): boolean {
  const gap = segments.find(({ phase }) => phase === "gap")?.micros ?? 0;
  const whole = segments.reduce((sum, { micros }) => sum + micros, 0);
  return whole > gap && fairColumns(gap, whole, columns) > mostOfGap(columns);
}

function mostOfGap(columns: number): number {
  return Math.floor(columns / 4);
}

function fairColumns(gap: number, whole: number, columns: number): number {
  return gap === 0 ? 0 : Math.max(1, Math.round((gap / whole) * columns));
}

function gapSpan(columns: number, cut: boolean): { readonly text: string; readonly style: Style } {
  const { character, style } = PHASE_SIGNS.gap;
  if (!cut || columns < 4) return span(character.repeat(columns), style);
  const half = Math.floor((columns - 2) / 2);
  return span(`${character.repeat(half)}//${character.repeat(columns - 2 - half)}`, style);
}

function spread(segments: readonly Segment[], micros: number, columns: number): Line {
  const widths = segments.map((segment) => Math.max(1, Math.floor((segment.micros / micros) * columns)));
  const used = widths.reduce((sum, width) => sum + width, 0);
  // What rounding left, or took too much, is the longest phase's.
  const longest = widths.indexOf(Math.max(...widths));
  widths[longest] = Math.max(1, (widths[longest] ?? 1) + columns - used);
  return segments.map(({ phase }, i) => {
    const { character, style } = PHASE_SIGNS[phase];
    return span(character.repeat(widths[i] ?? 1), style);
  });
}
