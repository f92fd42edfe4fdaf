/** A filter together with the connections that were picked from a list, without a word of its text being touched. */
import type { ConnectionId } from "../base/leg.ts";
import type { Filter } from "./filter.ts";

/** What the filter matches on one of these connections; no connection at all stands for all of them. */
export function withConnections(filter: Filter, ids: Iterable<ConnectionId>): Filter {
  const picked = [...new Set(ids)].map(
    (value): Filter => ({ kind: "number", field: "conn", comparison: "=", value }),
  );
  const [only] = picked;
  if (only === undefined) return filter;
  const connections: Filter = picked.length === 1 ? only : { kind: "or", terms: picked };
  // What every term of an `and` needs stands first: it is asked before anything that costs more.
  const terms = filter.kind === "and" ? filter.terms : [filter];
  return terms.length === 0 ? connections : { kind: "and", terms: [connections, ...terms] };
}
