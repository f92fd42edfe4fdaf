/**
 * Which rows match a filter. What comes is matched as it comes; what came before is observed once more behind it, because
 * no more is kept of it than its row. Both find the same: there is one matcher for filters.
 */
import type { ExchangeId } from "../../core/exchange/exchange.ts";
import type { Observation } from "../../core/observation.ts";
import { type Filter, needsText } from "../../core/query/filter.ts";
import { createMatcher } from "../../core/query/matcher.ts";
import type { Past } from "../past.ts";
import type { RowNumber, Rows } from "../rows/row.ts";
import { createRowSet, type RowSet } from "../rows/row-list.ts";
import { tagText } from "../rows/tag-text.ts";
import { createRowWalk } from "./row-walk.ts";

export interface Search {
  readonly matched: RowSet;
  readonly matches: () => number;
  /** How much of what came before has been looked through, from 0 to 1; `undefined` when it is done. */
  readonly share: () => number | undefined;
  /** Takes what comes, with the row that it began or changed. */
  readonly take: (observation: Observation, row: RowNumber | undefined) => void;
  /** Settles when what came before has been looked through; rejects where it cannot be read. */
  readonly done: Promise<void>;
  readonly stop: () => void;
}

export interface SearchedIn {
  readonly rows: Rows;
  readonly past: Past;
  /** Who is logged in, of what comes: a search that begins midway has not seen it. */
  readonly userOf: (observation: Observation) => string | undefined;
}

/** `onLooked` is told every row of what came before as it is decided. */
export function startSearch(
  filter: Filter,
  { rows, past, userOf }: SearchedIn,
  onLooked: (row: RowNumber) => void,
): Search {
  const matched = createRowSet();
  const coming = createMatcher(filter, userOf);
  const before = createMatcher(filter);
  const stopped = new AbortController();
  const walk = createRowWalk(rows);
  const end = rows.count();
  const deep = readsDialogue(filter);
  let reading = Promise.resolve();
  let matches = 0;
  let searching = end > 0;

  function decide(row: RowNumber, on: boolean): void {
    if (matched.has(row) === on) return;
    matched.set(row, on);
    matches += on ? 1 : -1;
  }

  function takeBefore(observation: Observation): void {
    const hit = before(observation);
    const row = walk.find(observation);
    if (row === undefined || row >= end) return;
    // An exchange that was in flight when the search began is decided by what comes; what it said before counts as well.
    decide(row, hit || (matched.has(row) && rows.status(row) === "open"));
    onLooked(row);
  }

  async function searchBefore(): Promise<void> {
    if (!searching) return;
    try {
      await past.observe({ depth: deep ? "full" : "skim", signal: stopped.signal }, takeBefore);
    } finally {
      searching = false;
    }
  }

  /** One that was in flight when the search began: what it said before and what came then is read back as one. */
  async function decideWhole(row: RowNumber, user: string | undefined): Promise<void> {
    const { connection, atMicros, label, exchange } = rows.row(row);
    const matches = createMatcher(filter, () => user);
    let id: ExchangeId | undefined;
    const untilMicros = exchange?.endMicros ?? atMicros;
    const request = { connection, fromMicros: atMicros, untilMicros, signal: stopped.signal };
    await past.recall(request, (observation) => {
      const hit = matches(observation);
      if (observation.kind === "exchangeStarted") {
        const { id: begun, tag, timings } = observation.exchange;
        if (timings.sentMicros === atMicros && tagText(tag) === label) id ??= begun;
      }
      if (observation.kind !== "exchange" || observation.exchange.id !== id) return;
      decide(row, hit);
      onLooked(row);
    });
  }

  return {
    matched,
    matches: () => matches,
    share: () => (searching ? Math.min(1, walk.next() / Math.max(1, end)) : undefined),
    take: (observation, row) => {
      const hit = coming(observation);
      if (row === undefined) return;
      decide(row, hit || (row < end && matched.has(row)));
      if (row >= end || !deep) return;
      const user = userOf(observation);
      // Where it cannot be read back, what was found so far has to do.
      reading = reading.then(() => decideWhole(row, user)).catch(() => {});
    },
    done: searchBefore(),
    stop: () => stopped.abort(),
  };
}

/** Whether a filter asks for what only shows when every response is parsed. */
export function readsDialogue(filter: Filter): boolean {
  return needsText(filter) || asksForDefects(filter);
}

function asksForDefects(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.some(asksForDefects);
    case "not":
      return asksForDefects(filter.term);
    case "is":
      return filter.of === "defect";
    case "text":
      return filter.field === "defect" || filter.field === "kind";
    default:
      return false;
  }
}
