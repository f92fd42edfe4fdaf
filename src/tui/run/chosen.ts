/** What is saved to a new capture: the rows that are marked, or else those that are shown. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Observation } from "../../core/observation.ts";
import type { State } from "../model/state.ts";
import type { Row, RowNumber, Rows } from "../rows/row.ts";
import { createRowSet, type RowList } from "../rows/row-list.ts";
import { createRowWalk } from "./row-walk.ts";

export interface Chosen {
  readonly count: number;
  /** There may be very many. */
  readonly rows: Iterable<Row>;
  /** The connections of which all is shown, and so nothing is to be left out; `undefined` where single rows were chosen. */
  readonly whole: ReadonlySet<ConnectionId> | "all" | undefined;
  /** Whether an observation began one of the rows, or ended it; every observation is to be given, in order. */
  readonly isWanted: (observation: Observation) => boolean;
}

/** As they are now, whatever is marked or shown afterwards. */
export function chosenOf(
  rows: Rows,
  list: RowList,
  { marks, picked, filter }: Pick<State, "marks" | "picked" | "filter">,
): Chosen {
  const chosen = createRowSet();
  const end = rows.count();
  let count = 0;
  for (const row of marks.size > 0 ? marks : shownRows(list)) {
    chosen.set(row, true);
    count++;
  }
  const walk = createRowWalk(rows);
  return {
    count,
    rows: rowsOf(rows, chosen.has, end),
    whole: marks.size > 0 || filter?.only === true ? undefined : (picked ?? "all"),
    isWanted: (observation) => {
      const row = walk.find(observation);
      return row !== undefined && chosen.has(row);
    },
  };
}

function* shownRows(list: RowList): Iterable<RowNumber> {
  const length = list.length();
  for (let at = 0; at < length; at++) {
    const row = list.at(at);
    if (row !== undefined) yield row;
  }
}

function* rowsOf(rows: Rows, has: (row: RowNumber) => boolean, end: RowNumber): Iterable<Row> {
  for (let row = 0; row < end; row++) if (has(row)) yield rows.row(row);
}
