/** Fields whose values are all known: one that none of them fits could never match, and is refused with what there is. */
import type { TextFieldName } from "./field-table.ts";
import { FIELD_VALUES, NOTHING_SEEN } from "./field-values.ts";
import { createPattern } from "./pattern.ts";
import { suggest } from "./suggest.ts";

interface Closed {
  /** Where what was meant cannot be guessed. */
  readonly advice: (all: string) => string;
}

const CLOSED: Partial<Readonly<Record<TextFieldName, Closed>>> = {
  status: { advice: (all) => `The statuses are ${all}.` },
  kind: { advice: (all) => `The kinds are ${all}.` },
  state: { advice: (all) => `The states are ${all}.` },
  // Too many for a line.
  defect: { advice: () => "docs/defects.md has them all." },
};

/** Why a value of a field can never be found, with what to write instead; `undefined` where it can. */
export function whyNever(field: TextFieldName, value: string): string | undefined {
  const closed = CLOSED[field];
  if (closed === undefined) return undefined;
  const known = FIELD_VALUES[field](NOTHING_SEEN).map(({ text }) => text);
  const { covers } = createPattern(comparable(field, value));
  if (known.some((each) => covers(comparable(field, each).toLowerCase()))) return undefined;
  const meant = suggest(
    value.toLowerCase(),
    known.map((each) => each.toLowerCase()),
  );
  const other = known.find((each) => each.toLowerCase() === meant);
  const advice = other === undefined ? closed.advice(known.join(", ")) : `Did you mean ${other}?`;
  return `There is no ${field} ${value}. ${advice}`;
}

/** States are written with hyphens, with spaces or as one word. */
export function comparable(field: TextFieldName, value: string): string {
  return field === "state" ? value.replace(/[-_ ]/g, "") : value;
}
