/**
 * Matches observations with a filter. Theory of operation: most terms read a single observation (field-table.ts). Text
 * is different: an exchange matches a text that stands in any of its lines, and those went by as request and response
 * observations before the exchange was over. Text is not kept for that: each pattern is tried on every line as it comes
 * (dialogue-text.ts), and only the yes or no is remembered for each open exchange.
 */
import type { Observation } from "../observation.ts";
import { comparable } from "./closed-values.ts";
import { createDialogueText, search } from "./dialogue-text.ts";
import { NUMBER_FIELDS, TEXT_FIELDS, type TextFieldName } from "./field-table.ts";
import type { Comparison, Filter } from "./filter.ts";
import { createPattern, type Pattern } from "./pattern.ts";
import { wordsOf } from "./texts.ts";
import { createUsers } from "./users.ts";

/**
 * Whether an observation matches. Has memory: give it every observation, in order, once (those of the dialogue too
 * where `needsText(filter)`). Never throws.
 */
export type Matcher = (observation: Observation) => boolean;

/** What a term may ask besides the observation itself. */
interface Context {
  readonly user: string | undefined;
  /** Whether that pattern stands in the dialogue of the observation. */
  readonly inDialogue: (pattern: number) => boolean;
}

type Term = (observation: Observation, context: Context) => boolean;

/** Makes a matcher with a memory of its own; one that begins midway must be told who was logged in by then. */
export function createMatcher(filter: Filter, userOf = createUsers().take): Matcher {
  const patterns: Pattern[] = [];
  const term = compile(filter, patterns);
  const dialogue = createDialogueText(patterns);
  return (observation) => {
    const user = userOf(observation);
    const found = patterns.length === 0 ? undefined : dialogue.take(observation);
    return term(observation, { user, inDialogue: (pattern) => found?.has(pattern) ?? false });
  };
}

/** Makes a term of a filter; the patterns that the dialogue is to be searched for are added to `patterns`. */
function compile(filter: Filter, patterns: Pattern[]): Term {
  switch (filter.kind) {
    case "and": {
      const terms = filter.terms.map((term) => compile(term, patterns));
      return (observation, context) => terms.every((term) => term(observation, context));
    }
    case "or": {
      const terms = filter.terms.map((term) => compile(term, patterns));
      return (observation, context) => terms.some((term) => term(observation, context));
    }
    case "not": {
      const term = compile(filter.term, patterns);
      return (observation, context) => !term(observation, context);
    }
    case "is":
      return ({ kind }) => kind === filter.of;
    case "number": {
      const { of } = NUMBER_FIELDS[filter.field];
      return (observation) => compare(of(observation), filter.comparison, filter.value);
    }
    case "text":
      if (filter.field !== "text") return compileField(filter.field, filter.pattern);
      return compileDialogue(createPattern(filter.pattern), patterns);
    case "word": {
      const pattern = createPattern(filter.pattern);
      const inDialogue = compileDialogue(pattern, patterns);
      return (observation, context) =>
        inDialogue(observation, context) || search(wordsOf(observation), [pattern]).size > 0;
    }
  }
}

function compileDialogue(pattern: Pattern, patterns: Pattern[]): Term {
  const index = patterns.push(pattern) - 1;
  return (_, { inDialogue }) => inDialogue(index);
}

function compileField(field: Exclude<TextFieldName, "text">, source: string): Term {
  const pattern = createPattern(comparable(field, source));
  const fits = (value: string | undefined): boolean =>
    value !== undefined && pattern.covers(value.toLowerCase());
  if (field === "user") return (_, { user }) => fits(user);
  const valuesOf = TEXT_FIELDS[field];
  return (observation) => valuesOf(observation).some(fits);
}

function compare(left: number | undefined, comparison: Comparison, right: number): boolean {
  if (left === undefined) return false;
  switch (comparison) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case "=":
      return left === right;
    case ">=":
      return left >= right;
    case ">":
      return left > right;
  }
}
