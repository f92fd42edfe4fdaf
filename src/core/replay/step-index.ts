/** Steps by what they answer: a command finds those that match it without a look at the others. */
import { MASK } from "../base/mask.ts";
import { digestKey, type KeyDigest, KeyTable } from "./key-table.ts";
import { covers, type Matcher } from "./match.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";

export interface StepIndex {
  /** The steps that match, in the order in which they were given; where several do, the same list for the same request. */
  readonly find: (asked: Request) => readonly Step[];
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
  const table = new KeyTable(steps.length);
  const open: Open[] = [];
  /** Lists of more than one, by the place of the first. */
  const lists = new Map<number, readonly Step[]>();
  for (const [place, step] of steps.entries()) {
    const key = matcher.key(step.request);
    if (key === undefined || key.includes(MASK)) open.push({ step, place, key });
    else table.add(place, digestKey(key));
  }
  table.finish();

  function* placesWith(digest: KeyDigest): Generator<number, void, undefined> {
    for (let at = table.first(digest); at !== undefined; at = table.next(at)) yield at;
  }

  function stepsAt(places: Iterable<number>): readonly Step[] {
    return [...places].flatMap((place) => steps[place] ?? []);
  }

  function withKey(digest: KeyDigest): readonly Step[] {
    const first = table.first(digest);
    if (first === undefined) return NO_STEPS;
    const known = lists.get(first);
    if (known !== undefined) return known;
    const found = stepsAt(placesWith(digest));
    if (found.length > 1) lists.set(first, found);
    return found;
  }

  return {
    find: (asked) => {
      const key = matcher.key(asked);
      const others = open.filter(({ step, key: recorded }) =>
        key === undefined || recorded === undefined
          ? matcher.matches(asked, step.request)
          : covers(key, recorded),
      );
      const digest = key === undefined ? undefined : digestKey(key);
      if (others.length === 0) return digest === undefined ? NO_STEPS : withKey(digest);
      const places = others.map(({ place }) => place);
      if (digest !== undefined) for (const place of placesWith(digest)) places.push(place);
      return stepsAt(places.sort((one, other) => one - other));
    },
  };
}
