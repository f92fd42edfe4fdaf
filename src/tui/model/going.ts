/**
 * Going to a time or a tag. While a capture is still read, or looked through for a filter, that may be among what is not
 * there so far: then the table stays where it is, and goes there once it is known where that is.
 */
import type { Micros } from "../../core/base/time.ts";
import type { RowNumber } from "../rows/row.ts";
import type { Facts } from "./facts.ts";
import { findTag, findTime, isTagged } from "./find.ts";
import { toRow } from "./move.ts";
import type { State } from "./state.ts";
import { said } from "./step.ts";

export type Destination =
  | { readonly kind: "time"; readonly atMicros: Micros }
  /** Rows before `from` were looked at. */
  | { readonly kind: "tag"; readonly tag: string; readonly from: RowNumber };

const WAITS = "That is not read so far: the table goes there once it is, unless a key is pressed before.";

/** Goes there now, or once it is read. */
export function go(state: State, facts: Facts, to: Destination): State {
  const row = to.kind === "tag" ? findTag(state, facts, to.tag) : findTime(state, facts, to.atMicros);
  if (isKnown(state, facts, to, row)) return arrive(state, facts, to, row);
  const goingTo = to.kind === "tag" ? { ...to, from: facts.rows.count() } : to;
  return { ...said(state, WAITS), goingTo };
}

/** More was read or looked through: goes on to where one wanted to go. */
export function goOn(state: State, facts: Facts): State {
  const { goingTo: to } = state;
  if (to === undefined) return state;
  const done = {
    ...state,
    goingTo: undefined,
    message: state.message?.text === WAITS ? undefined : state.message,
  };
  if (to.kind === "tag" && !isWhole(state)) {
    const row = findNewTag(state, facts, to);
    return row === undefined
      ? { ...state, goingTo: { ...to, from: facts.rows.count() } }
      : toRow(done, facts, row);
  }
  const row = to.kind === "tag" ? findTag(state, facts, to.tag) : findTime(state, facts, to.atMicros);
  return isKnown(state, facts, to, row) ? arrive(done, facts, to, row) : state;
}

function arrive(state: State, facts: Facts, to: Destination, row: RowNumber | undefined): State {
  if (row !== undefined) return toRow(state, facts, row);
  return said(state, to.kind === "tag" ? `no exchange with the tag ${to.tag} is shown` : "nothing is shown");
}

/** Whether what comes could not be nearer to what is wanted than this row. */
function isKnown(state: State, facts: Facts, to: Destination, row: RowNumber | undefined): boolean {
  if (isWhole(state)) return true;
  if (row === undefined) return false;
  // A search may find rows before it.
  return to.kind === "tag" || (!isSearching(state) && facts.rows.at(row) >= to.atMicros);
}

function isWhole(state: State): boolean {
  return state.reading === undefined && !isSearching(state);
}

function isSearching({ filter }: State): boolean {
  return filter?.searching !== undefined;
}

/** Among the rows that were not looked at so far: looking at all of them for every frame would take too long. */
function findNewTag(
  { pausedAt = Number.POSITIVE_INFINITY }: State,
  { rows, list }: Facts,
  { tag, from }: Extract<Destination, { kind: "tag" }>,
): RowNumber | undefined {
  const end = Math.min(rows.count(), pausedAt + 1);
  for (let row = from; row < end; row++) if (list.has(row) && isTagged(rows, row, tag)) return row;
  return undefined;
}
