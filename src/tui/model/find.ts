/** Finding rows by what they are: failures, defects, marks, matches, the slowest, a tag. */
import type { RowNumber, Rows } from "../rows/row.ts";
import { tagText } from "../rows/tag-text.ts";
import { cursorPosition, type Facts, shownLength } from "./facts.ts";
import type { State } from "./state.ts";

type Is = (row: RowNumber) => boolean;

/** The next row, in a direction, that is wanted; from the cursor on, without coming round. */
export function findFrom(state: State, facts: Facts, step: 1 | -1, is: Is): RowNumber | undefined {
  const length = shownLength(state, facts);
  for (let at = cursorPosition(state, facts) + step; at >= 0 && at < length; at += step) {
    const row = facts.list.at(at);
    if (row !== undefined && is(row)) return row;
  }
  return undefined;
}

/** Completed with anything but OK, or not completed. */
export function isFailure(rows: Rows): Is {
  return (row) => {
    const status = rows.status(row);
    return rows.kind(row) === "exchange" && status !== "OK" && status !== "open";
  };
}

export function isDefect(rows: Rows): Is {
  return (row) => rows.kind(row) === "defect";
}

/** The slowest exchange that is shown, besides those that were found before. */
export function findSlowest(
  state: State,
  facts: Facts,
  besides: readonly RowNumber[],
): RowNumber | undefined {
  const length = shownLength(state, facts);
  const found = new Set(besides);
  let slowest: RowNumber | undefined;
  let most = 0;
  for (let at = 0; at < length; at++) {
    const row = facts.list.at(at);
    if (row === undefined) break;
    const total = facts.rows.total(row);
    if (total > most && !found.has(row)) {
      slowest = row;
      most = total;
    }
  }
  return slowest;
}

/** The next exchange with a tag, behind the cursor or else from the beginning; tags are not keys. */
export function findTag(state: State, facts: Facts, tag: string): RowNumber | undefined {
  const length = shownLength(state, facts);
  const start = cursorPosition(state, facts) + 1;
  for (let i = 0; i < length; i++) {
    const row = facts.list.at((start + i) % length);
    if (row !== undefined && isTagged(facts.rows, row, tag)) return row;
  }
  return undefined;
}

export function isTagged(rows: Rows, row: RowNumber, tag: string): boolean {
  return rows.kind(row) === "exchange" && rows.row(row).label === tagText(tag);
}

/** The first row at or behind a time, or the last. */
export function findTime(state: State, facts: Facts, atMicros: number): RowNumber | undefined {
  let low = 0;
  let high = shownLength(state, facts);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = facts.list.at(middle);
    if (row !== undefined && facts.rows.at(row) < atMicros) low = middle + 1;
    else high = middle;
  }
  return facts.list.at(Math.min(low, shownLength(state, facts) - 1));
}
