/** The part of a line that is shown where there is less room than text: around the caret, and moving in steps. */
import { type Cluster, clustersOf } from "./clusters.ts";

export interface LineWindow {
  /** What is shown, in order; `cell` counts from the left edge of the window. */
  readonly clusters: readonly Cluster[];
  /** Whether there is more on that side: its outermost cell is then free for a mark. */
  readonly cutLeft: boolean;
  readonly cutRight: boolean;
  /** The cells of the caret; the one behind the text where it stands at its end. */
  readonly caretCell: number;
  readonly caretCells: number;
}

/**
 * The window of a width that shows the caret. It depends on nothing but text and caret, and moves by half its width, so
 * that what is read does not run away under every key.
 */
export function lineWindow(text: string, caret: number, columns: number): LineWindow {
  const all = clustersOf(text);
  const last = all.at(-1);
  const total = last === undefined ? 0 : last.cell + last.cells;
  const under = all.find(({ at }) => at >= caret);
  const caretAt = under?.cell ?? total;
  const caretCells = Math.max(1, under?.cells ?? 1);
  const room = Math.max(1, columns);
  const start = total < room ? 0 : startOf(caretAt + Math.min(caretCells, 2), room);
  const cutLeft = start > 0;
  const cutRight = total > start + room;
  const from = start + (cutLeft ? 1 : 0);
  const to = start + room - (cutRight ? 1 : 0);
  return {
    clusters: all
      .filter(({ cell, cells }) => cell >= from && cell + cells <= to)
      .map((cluster) => ({ ...cluster, cell: cluster.cell - start })),
    cutLeft,
    cutRight,
    caretCell: Math.max(0, caretAt - start),
    caretCells: Math.min(caretCells, Math.max(1, to - caretAt)),
  };
}

/** The cell of a place in the text, if it is in the window. */
export function cellOf(window: LineWindow, place: number): number | undefined {
  const { clusters, cutRight } = window;
  const cluster = clusters.find(({ at, text }) => place >= at && place < at + text.length);
  if (cluster !== undefined) return cluster.cell;
  const last = clusters.at(-1);
  if (last === undefined) return place === 0 ? 0 : undefined;
  return !cutRight && place >= last.at + last.text.length ? last.cell + last.cells : undefined;
}

/** The first of the steps with which something that ends at a cell is left of the mark on the right. */
function startOf(end: number, room: number): number {
  const step = Math.max(1, room >> 1);
  return Math.max(0, Math.ceil((end - (room - 1)) / step)) * step;
}
