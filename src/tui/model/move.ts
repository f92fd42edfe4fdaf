/** Moving about: in the table, in the details, in the list of connections and in pages. */
import type { RowNumber } from "../rows/row.ts";
import { cursorPosition, cursorRow, type Facts, shownLength } from "./facts.ts";
import { detailRows, layoutOf, tableRows, topFor } from "./layout.ts";
import type { Page, State } from "./state.ts";

/** How far a movement goes: from where one is, in a list so long of which so many are seen. */
type Movement = (at: number, length: number, rows: number) => number;

export const MOVEMENTS = {
  up: (at) => at - 1,
  down: (at) => at + 1,
  pageUp: (at, _length, rows) => at - Math.max(1, rows - 1),
  pageDown: (at, _length, rows) => at + Math.max(1, rows - 1),
  halfUp: (at, _length, rows) => at - Math.max(1, rows >> 1),
  halfDown: (at, _length, rows) => at + Math.max(1, rows >> 1),
  first: () => 0,
  last: (_at, length) => length - 1,
} as const satisfies Record<string, Movement>;

export type MovementName = keyof typeof MOVEMENTS;

export function isMovement(name: string): name is MovementName {
  return Object.hasOwn(MOVEMENTS, name);
}

/** Moves whatever has the keys. */
export function move(state: State, facts: Facts, name: MovementName): State {
  switch (state.place) {
    case "exchanges":
      return moveTable(state, facts, name);
    case "details":
      return moveDetails(state, facts, name);
    case "connections":
      return moveConnections(state, facts, name);
    case "help":
    case "session":
    case "explanation":
      return scrollPage(state, facts, state.place, name);
  }
}

function moveTable(state: State, facts: Facts, name: MovementName): State {
  const length = shownLength(state, facts);
  const position = MOVEMENTS[name](cursorPosition(state, facts), length, tableRows(state.size, state.place));
  return {
    ...toPosition(state, facts, position),
    following: name === "last" && state.pausedAt === undefined,
  };
}

/** Puts the cursor on a position of the table, and that in sight. */
export function toPosition(state: State, facts: Facts, position: number): State {
  const length = shownLength(state, facts);
  const at = clamp(position, length);
  const top = topFor(at, state.top, tableRows(state.size, state.place), length);
  return { ...state, cursor: facts.list.at(at), top };
}

/** Puts the cursor on a row, in the middle of the table if it was out of sight. */
export function toRow(state: State, facts: Facts, row: RowNumber): State {
  const rows = tableRows(state.size, state.place);
  const position = facts.list.positionOf(row);
  const inSight = position >= state.top && position < state.top + rows;
  const top = inSight ? state.top : Math.max(0, position - (rows >> 1));
  return toPosition({ ...state, top, following: false }, facts, position);
}

/** The table after rows came or went: the cursor stays on its row, or at the end while it follows. */
export function settleTable(state: State, facts: Facts): State {
  const length = shownLength(state, facts);
  if (length === 0) return { ...state, top: 0 };
  if (state.following) return toPosition(state, facts, length - 1);
  const row = cursorRow(state, facts);
  const top = topFor(cursorPosition(state, facts), state.top, tableRows(state.size, state.place), length);
  return row === state.cursor && top === state.top ? state : { ...state, cursor: row, top };
}

function moveDetails(state: State, facts: Facts, name: MovementName): State {
  const length = facts.detailLines().length;
  const rows = detailRows(state.size);
  const cursor = clamp(MOVEMENTS[name](state.details.cursor, length, rows), length);
  const top = topFor(cursor, state.details.top, rows, length);
  return { ...state, details: { ...state.details, cursor, top } };
}

/** The details after their lines came or went: the cursor stays on a line, and in sight. */
export function settleDetails(state: State, facts: Facts): State {
  const { length } = facts.detailLines(state);
  const cursor = clamp(state.details.cursor, length);
  const top = topFor(cursor, state.details.top, detailRows(state.size), length);
  return { ...state, details: { ...state.details, cursor, top } };
}

function moveConnections(state: State, facts: Facts, name: MovementName): State {
  const length = facts.connections.all().length;
  const rows = layoutOf(state.size, "connections").page.rows - 1;
  return { ...state, connectionCursor: clamp(MOVEMENTS[name](state.connectionCursor, length, rows), length) };
}

function scrollPage(state: State, facts: Facts, page: Page, name: MovementName): State {
  const rows = layoutOf(state.size, page).page.rows;
  // A page has no cursor: what moves is its first line.
  const length = Math.max(1, facts.pageLines(page) - rows + 1);
  const top = clamp(MOVEMENTS[name](state.scroll[page], length, rows), length);
  return { ...state, scroll: { ...state.scroll, [page]: top } };
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(length - 1, at));
}
