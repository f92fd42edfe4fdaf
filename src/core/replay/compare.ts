/**
 * Two dialogues in which the same commands were sent, compared by what they mean: whether a server still answers as it did. What
 * each server counts or names for itself (UIDVALIDITY, UIDs, object ids) is mapped from the old to the new and has to stay mapped.
 */
import { LIMITS } from "../base/limits.ts";
import { factsOf } from "./answer-facts.ts";
import { excerpt, textDifference } from "./differences.ts";
import type { Answered, Fact } from "./fact.ts";
import { commandText } from "./mismatch-text.ts";
import type { NewDefect } from "./new-defects.ts";
import type { Entries } from "./report-value.ts";

export interface AnswerDifference {
  /** `status`, `EXISTS`, `FETCH 3 FLAGS`, `code UIDVALIDITY`. */
  readonly what: string;
  /** `undefined` where one side says nothing of it. */
  readonly before: string | undefined;
  readonly now: string | undefined;
  /** Of sets: what was there and is no more, and the other way about. */
  readonly missing?: string;
  readonly surplus?: string;
}

export interface ChangedAnswer {
  /** The numbers of the exchange in the old capture and in the new one. */
  readonly before: number;
  readonly now: number | undefined;
  /** Safe to print. */
  readonly command: string;
  readonly differences: readonly AnswerDifference[];
  /** Further differences that are not told. */
  readonly leftOut: number;
}

export interface Comparison {
  readonly same: boolean;
  /** Commands that were compared. */
  readonly compared: number;
  readonly changed: Entries<ChangedAnswer>;
  /** Commands of the old dialogue to which the new one has no answer. */
  readonly unanswered: number;
  /** What it says now that answers nothing, and did not say then. */
  readonly defects: readonly NewDefect[];
}

export interface Comparing {
  /** Takes the next command with both answers; `now` is `undefined` where it was not sent again. */
  readonly pair: (before: Answered, now: Answered | undefined) => void;
  readonly result: (defects?: readonly NewDefect[]) => Comparison;
}

export function createComparison(): Comparing {
  const mapping = new Mapping();
  const entries: ChangedAnswer[] = [];
  let compared = 0;
  let unanswered = 0;
  let leftOut = 0;

  function pair(before: Answered, now: Answered | undefined): void {
    if (now === undefined) {
      unanswered++;
      return;
    }
    compared++;
    const found = [...compareFacts(factsOf(before), factsOf(now), mapping)];
    if (found.length === 0) return;
    if (entries.length === LIMITS.reportEntries) leftOut++;
    else
      entries.push({
        before: before.id,
        now: now.id,
        command: commandText(before.request),
        differences: found.slice(0, LIMITS.differencesKept),
        leftOut: Math.max(0, found.length - LIMITS.differencesKept),
      });
  }

  return {
    pair,
    result: (defects = []) => ({
      same: entries.length === 0 && unanswered === 0 && defects.length === 0,
      compared,
      changed: { entries: [...entries], leftOut },
      unanswered,
      defects,
    }),
  };
}

/** What stands for what, within a scope; each way round it is one thing only. */
class Mapping {
  private readonly scopes = new Map<
    string,
    { readonly to: Map<string, string>; readonly from: Map<string, string> }
  >();

  /** The value that has to stand in the new dialogue for one of the old; learns it where it is not known. */
  expected(scope: string, before: string, now: string): string {
    let known = this.scopes.get(scope);
    if (known === undefined) {
      known = { to: new Map(), from: new Map() };
      this.scopes.set(scope, known);
    }
    const expected = known.to.get(before);
    if (expected !== undefined) return expected;
    const taken = known.from.get(now);
    if (taken !== undefined) return `not ${now}, which stands for ${taken}`;
    if (known.to.size < LIMITS.messagesKept) {
      known.to.set(before, now);
      known.from.set(now, before);
    }
    return now;
  }
}

function* compareFacts(
  before: ReadonlyMap<string, Fact>,
  now: ReadonlyMap<string, Fact>,
  mapping: Mapping,
): Iterable<AnswerDifference> {
  for (const [what, fact] of before) {
    const other = now.get(what);
    if (other === undefined) yield { what, before: excerpt(fact.value), now: undefined };
    else {
      const found = compareFact(fact, other, mapping);
      if (found !== undefined) yield found;
    }
  }
  for (const [what, fact] of now) {
    if (!before.has(what)) yield { what, before: undefined, now: excerpt(fact.value) };
  }
}

function compareFact(fact: Fact, other: Fact, mapping: Mapping): AnswerDifference | undefined {
  const { what, scope = what } = fact;
  if (fact.by === "present") return undefined;
  if (fact.by === "mapped") {
    const expected = mapping.expected(scope, fact.value, other.value);
    return expected === other.value
      ? undefined
      : changed(fact, other, `${other.value}, expected ${expected}`);
  }
  if (fact.by === "uids") return compareUids(fact, other, scope, mapping);
  if (fact.value === other.value) return undefined;
  if (fact.members === undefined || other.members === undefined) return changed(fact, other);
  return {
    ...changed(fact, other),
    ...side("missing", fact.members, other.members),
    ...side("surplus", other.members, fact.members),
  };
}

function compareUids(fact: Fact, other: Fact, scope: string, mapping: Mapping): AnswerDifference | undefined {
  const before = fact.numbers ?? [];
  const now = other.numbers ?? [];
  if (before.length !== now.length) return changed(fact, other);
  const isMapped = before.every((number, index) => {
    const there = String(now[index]);
    return mapping.expected(scope, String(number), there) === there;
  });
  return isMapped ? undefined : changed(fact, other);
}

function changed(fact: Fact, other: Fact, now = other.value): AnswerDifference {
  const texts = textDifference(fact.value, now);
  return { what: fact.what, before: texts.asked, now: texts.recorded };
}

function side(
  name: "missing" | "surplus",
  some: readonly string[],
  others: readonly string[],
): Partial<AnswerDifference> {
  const known = new Set(others);
  const left = some.filter((member) => !known.has(member));
  return left.length === 0 ? {} : { [name]: excerpt(left.join(" ")) };
}
