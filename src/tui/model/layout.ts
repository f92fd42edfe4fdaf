/** Where things are on the screen, in lines; what moves and what is drawn must agree on it. */
import type { Size } from "../terminal-types.ts";
import type { Place } from "./action.ts";

export interface Area {
  readonly y: number;
  readonly rows: number;
}

export interface ScreenLayout {
  /** Line 0. */
  readonly status: Area;
  /** With its heading in the first line; no rows where the details have all the room. */
  readonly table: Area;
  /** With a line that separates it; no rows where it is not shown. */
  readonly details: Area;
  /** The whole middle, for pages that fill it. */
  readonly page: Area;
  /** The last line: hints, messages, or a prompt. */
  readonly bottom: Area;
}

/** From so many lines on, the table stays in sight above the details. */
const SPLIT_ROWS = 34;
const TABLE_LEAST = 8;

export function layoutOf({ rows }: Size, place: Place): ScreenLayout {
  const middle = Math.max(0, rows - 2);
  const status = { y: 0, rows: 1 };
  const page = { y: 1, rows: middle };
  const bottom = { y: rows - 1, rows: 1 };
  if (place !== "details") return { status, table: page, details: { y: 1 + middle, rows: 0 }, page, bottom };
  const above = rows >= SPLIT_ROWS ? Math.max(TABLE_LEAST, Math.floor(middle / 3)) : 0;
  return {
    status,
    table: { y: 1, rows: above },
    details: { y: 1 + above, rows: middle - above },
    page,
    bottom,
  };
}

/** Rows of the table beneath its heading. */
export function tableRows(size: Size, place: Place): number {
  return Math.max(0, layoutOf(size, place).table.rows - 1);
}

/** Lines of the details beneath the line that separates them and the names of the views. */
export function detailRows(size: Size): number {
  return Math.max(0, layoutOf(size, "details").details.rows - 1);
}

/** Rows of the page of connections: it has a heading, and beneath the rows a line about the one that the cursor is on. */
export function connectionRows(size: Size): number {
  return Math.max(0, layoutOf(size, "connections").page.rows - 2);
}

/** The first connection shown: the one that the cursor is on stands in the middle. */
export function connectionsTop(size: Size, cursor: number, length: number): number {
  const rows = connectionRows(size);
  return topFor(cursor, cursor - (rows >> 1), rows, length);
}

/** The first line shown, so that the cursor is in sight and nothing empty is shown before its time. */
export function topFor(cursor: number, top: number, rows: number, length: number): number {
  const lowest = Math.max(0, length - rows);
  if (cursor < top) return Math.max(0, Math.min(lowest, cursor));
  if (cursor >= top + rows) return Math.max(0, Math.min(lowest, cursor - rows + 1));
  return Math.max(0, Math.min(top, lowest));
}
