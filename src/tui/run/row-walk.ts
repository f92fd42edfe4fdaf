/**
 * Finds the rows again when everything is observed once more: rows come in the same order, and each stands for one
 * observation. A deeper look finds defects that have no row, a less deep one misses some that have, and an observer that fell
 * behind has rows missing: so each is looked for by what it is and when, a little ahead of the last one found.
 */
import { ByOrdinal } from "../../core/base/by-ordinal.ts";
import type { ExchangeId } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import { isRowOf } from "../rows/event-row.ts";
import type { RowKind, RowNumber, Rows } from "../rows/row.ts";

export interface RowWalk {
  /** The row that an observation began, or, for the end of an exchange, has; every observation is to be given, in order. */
  readonly find: (observation: Observation) => RowNumber | undefined;
  /** The row that would be found next. */
  readonly next: () => RowNumber;
}

/** Rows that are looked at for one observation; besides, defects that only a deeper look finds. */
const AHEAD = 64;

export function createRowWalk(rows: Rows): RowWalk {
  const open = new ByOrdinal<{ readonly ordinal: ExchangeId; readonly row: RowNumber }>();
  let next = 0;

  function findBeginning(kind: RowKind, observation: Observation, atMicros: number): RowNumber | undefined {
    const count = rows.count();
    for (let row = next, left = AHEAD; row < count && left > 0; row++) {
      if (kind === "defect" || rows.kind(row) !== "defect") left--;
      if (rows.at(row) !== atMicros || rows.kind(row) !== kind) continue;
      if (rows.connection(row) !== observation.connection) continue;
      if (kind !== "exchange" && !isRowOf(rows.row(row), observation)) continue;
      next = row + 1;
      return row;
    }
    return undefined;
  }

  return {
    find: (observation) => {
      const { kind } = observation;
      if (kind === "exchangeStarted") {
        const { id, timings } = observation.exchange;
        const row = findBeginning("exchange", observation, timings.sentMicros);
        if (row !== undefined) open.add({ ordinal: id, row });
        return row;
      }
      if (kind === "exchange") {
        const { id } = observation.exchange;
        const row = open.get(id)?.row;
        open.remove(id);
        return row;
      }
      const rowKind = eventKind(observation);
      return rowKind && findBeginning(rowKind, observation, observation.atMicros);
    },
    next: () => next,
  };
}

function eventKind(observation: Observation): RowKind | undefined {
  if (observation.kind === "response") {
    return observation.attribution.certainty === "greeting" ? "greeting" : undefined;
  }
  const { kind } = observation;
  return kind === "request" || kind === "exchangeStarted" || kind === "exchange" ? undefined : kind;
}
