/** Steps by what they answer: a command finds those that match it without a look at the others. */
import { MASK } from "../base/mask.ts";
import { covers, type Matcher } from "./match.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";
import { StepsByKey } from "./steps-by-key.ts";

export interface StepIndex {
  /**
   * The steps that match, in the order in which they were given; where several do, the same list for the same request. Of those that
   * have to be compared by themselves only the ones that `mayAnswer` are: reading one again is what costs.
   */
  readonly find: (asked: Request, mayAnswer?: (step: Step) => boolean) => readonly Step[];
}

/** A step that has to be compared by itself: something was masked in it, or only a function can tell. */
interface Open {
  readonly step: Step;
  readonly place: number;
  readonly key: string | undefined;
}

const NO_STEPS: readonly Step[] = [];

/** O(1) for each request, but for a function, and for the few steps in which something was masked. */
export function createStepIndex(steps: readonly Step[], matcher: Matcher): StepIndex {
  const open: Open[] = [];
  const byKey = new StepsByKey(steps, (step, place) => {
    const key = typeof matcher.matching === "function" ? undefined : matcher.key(step.request);
    if (key !== undefined && !key.includes(MASK)) return key;
    open.push({ step, place, key });
    return undefined;
  });

  return {
    find: (asked, mayAnswer = () => true) => {
      const key = matcher.key(asked);
      const others = open.filter(({ step, key: recorded }) => {
        if (!mayAnswer(step)) return false;
        return key === undefined || recorded === undefined
          ? matcher.matches(asked, step.request)
          : covers(key, recorded);
      });
      if (others.length === 0) return key === undefined ? NO_STEPS : byKey.get(key);
      const places = others.map(({ place }) => place);
      if (key !== undefined) for (const place of byKey.places(key)) places.push(place);
      return places.sort((one, other) => one - other).flatMap((place) => steps[place] ?? []);
    },
  };
}
