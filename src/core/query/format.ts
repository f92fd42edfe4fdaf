/** A filter as text again: reading it gives the same filter. */
import { NUMBER_FIELDS } from "./field-table.ts";
import type { Filter } from "./filter.ts";

/** The text of a filter in one canonical form; `parseFilter(formatFilter(f))` equals `f` for every `f` it gave. */
export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case "and":
      return filter.terms
        .map((term) => (isGroup(term) ? `(${formatFilter(term)})` : formatFilter(term)))
        .join(" ");
    case "or":
      return filter.terms
        .map((term) => (term.kind === "or" ? `(${formatFilter(term)})` : formatFilter(term)))
        .join(" or ");
    case "not":
      return `not ${isGroup(filter.term) ? `(${formatFilter(filter.term)})` : formatFilter(filter.term)}`;
    case "is":
      return filter.of;
    case "text":
      return `${filter.field}:${quote(filter.pattern)}`;
    case "number":
      return `${filter.field}${filter.comparison}${formatNumber(filter.value, NUMBER_FIELDS[filter.field].unit)}`;
    case "word":
      return quote(filter.pattern);
  }
}

function isGroup({ kind }: Filter): boolean {
  return kind === "and" || kind === "or";
}

function formatNumber(value: number, unit: "time" | "count"): string {
  // Fixed, because small numbers would otherwise be written with an exponent.
  return unit === "time" ? `${(value / 1000).toFixed(3)}ms` : String(value);
}

/** Always in quotes: then it is neither a keyword nor a kind, and may hold anything. */
function quote(pattern: string): string {
  return `"${pattern.replace(/"/g, '\\"')}"`;
}
