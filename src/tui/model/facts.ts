/** What the model reads besides its own state: the rows and what is made of them, which grow by themselves. */
import type { Micros } from "../../core/base/time.ts";
import type { Seen } from "../../core/query/field-values.ts";
import type { DetailLine } from "../details/material.ts";
import type { ConnectionTable } from "../rows/connection-table.ts";
import type { RowNumber, Rows } from "../rows/row.ts";
import type { RowList, RowSet } from "../rows/row-list.ts";
import type { Size } from "../terminal-types.ts";
import { tableRows } from "./layout.ts";
import type { Prompt, PromptTarget } from "./prompt.ts";
import type { Page, State } from "./state.ts";

export interface Facts {
  readonly rows: Rows;
  readonly list: RowList;
  /** What matches the filter, where there is one. */
  readonly matched: RowSet | undefined;
  readonly connections: ConnectionTable;
  /** Lines of the details as they are now, or in another state. */
  readonly detailLines: (state?: State) => readonly DetailLine[];
  /** Lines of the pages that scroll. */
  readonly pageLines: (page: Page) => number;
  /** What of a prompt stands in a cell of the screen. */
  readonly promptAt: (prompt: Prompt, size: Size, x: number, y: number) => PromptTarget | undefined;
  /** Values that completions may offer. */
  readonly seen: () => Seen;
  readonly nowMicros: () => Micros;
  /** How far the rows are behind what happens. */
  readonly behindMicros: () => Micros;
  /** What the wall clock said at time 0. */
  readonly startedAt: Date | undefined;
}

/** How many rows are shown: while the table is held still, those that had begun by then. */
export function shownLength({ pausedAt }: State, { list }: Facts): number {
  return pausedAt === undefined ? list.length() : Math.min(list.length(), list.positionOf(pausedAt + 1));
}

/** The position of the cursor, or that of the row nearest to it that is shown; -1 where no row is. */
export function cursorPosition(state: State, facts: Facts): number {
  const length = shownLength(state, facts);
  if (state.cursor === undefined || length === 0) return length - 1;
  return Math.min(length - 1, facts.list.positionOf(state.cursor));
}

/** The row at the cursor. */
export function cursorRow(state: State, facts: Facts): RowNumber | undefined {
  return facts.list.at(cursorPosition(state, facts));
}

/** The rows of the table that are on the screen, from the top. */
export function rowsInSight(state: State, facts: Facts): readonly RowNumber[] {
  const count = Math.min(tableRows(state.size, state.place), shownLength(state, facts) - state.top);
  return Array.from({ length: Math.max(0, count) }, (_, i) => facts.list.at(state.top + i) ?? 0);
}
