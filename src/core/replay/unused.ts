/** The recorded exchanges that nobody asked for, and which of them a play without is whole all the same. */
import type { ExchangeId } from "../exchange/exchange.ts";
import { isOptional, likenessOf } from "./leeway.ts";
import type { Sequence } from "./part.ts";
import type { Step } from "./script.ts";

/** Commands that say nothing of what a client does with the mail. */
const ASIDE: ReadonlySet<string> = new Set([
  ...["LOGIN", "AUTHENTICATE", "UNAUTHENTICATE", "LOGOUT", "IDLE", "LANGUAGE", ""],
]);

/**
 * `mayBe` tells that the play is whole without it: it is of no matter, or a look that was answered elsewhere where the order
 * does not count.
 */
export function* unusedSteps(
  steps: readonly Step[],
  used: { readonly has: (id: ExchangeId) => boolean },
  sequence: Sequence | undefined,
): Generator<{ readonly step: Step; readonly mayBe: boolean }> {
  const left = steps.filter(({ id }) => !used.has(id));
  const looks = sequence === "order" || left.length === 0 ? [] : steps;
  const answered = new Set<string>();
  for (const step of looks) {
    const likeness = used.has(step.id) ? likenessOf(step) : undefined;
    if (likeness !== undefined) answered.add(likeness);
  }
  for (const step of left) {
    const isAside = isOptional(step) || ASIDE.has(step.command);
    const likeness = isAside || answered.size === 0 ? undefined : likenessOf(step);
    yield { step, mayBe: isAside || (likeness !== undefined && answered.has(likeness)) };
  }
}
