/** A filter as a value: what {@link parseFilter} makes of a text, and what a matcher is made of. */
import type { Observation } from "../observation.ts";
import type { NumberFieldName, TextFieldName } from "./field-table.ts";

/** The kinds that a filter may name by a bare word or `kind:`. */
export type Kind = Observation["kind"];

export type Comparison = "<" | "<=" | "=" | ">=" | ">";

export type Filter =
  /** All of them; none at all matches everything. */
  | { readonly kind: "and"; readonly terms: readonly Filter[] }
  | { readonly kind: "or"; readonly terms: readonly Filter[] }
  | { readonly kind: "not"; readonly term: Filter }
  /** Observations of a kind (a bare `push`). */
  | { readonly kind: "is"; readonly of: Kind }
  /** `field:value`; `*` in the pattern stands for anything, `\*` for itself. */
  | { readonly kind: "text"; readonly field: TextFieldName; readonly pattern: string }
  /** `field>value`; the value in microseconds for times, else a count. */
  | {
      readonly kind: "number";
      readonly field: NumberFieldName;
      readonly comparison: Comparison;
      readonly value: number;
    }
  /** A bare word: command, mailbox or text. */
  | { readonly kind: "word"; readonly pattern: string };

/** What is wrong with the text of a filter, and where. */
export interface FilterError {
  /** Of the character that is to blame, from 1; one past the end where something is missing there. */
  readonly column: number;
  /** In words, with what to write instead. */
  readonly message: string;
}

/**
 * Whether matching needs the text of the dialogue (`text:` or a bare word): only then must the matcher be given the
 * request and response observations.
 */
export function needsText(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.some(needsText);
    case "not":
      return needsText(filter.term);
    case "word":
      return true;
    case "text":
      return filter.field === "text";
    case "is":
    case "number":
      return false;
  }
}
