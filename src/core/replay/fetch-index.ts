/** FETCHes by the messages that they ask for, for a client that asks for fewer items of them than the recorded one did. */
import { keyOfFields, type Matcher } from "./match.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";
import { settledFields } from "./settle.ts";
import { StepsByKey } from "./steps-by-key.ts";

const FETCHES: ReadonlySet<string> = new Set(["FETCH", "UID FETCH"]);

/**
 * Gives the steps that fetch the same messages with all of the items that are asked for, and more. Where commands are not
 * matched by meaning there are none: then a FETCH that is not the recorded one is another. The index is made when it is needed.
 */
export function createFetchIndex(
  steps: readonly Step[],
  matcher: Matcher,
): (request: Request) => Iterable<Step> {
  let byMessages: StepsByKey | undefined;

  /** All but the items. */
  function key(request: Request): string {
    return keyOfFields(settledFields(request, matcher.ignored).filter(({ name }) => name !== "items"));
  }

  return function* (request) {
    if (matcher.matching !== "canonical" || !FETCHES.has(request.command.name)) return;
    byMessages ??= new StepsByKey(steps, (step) =>
      FETCHES.has(step.command) ? key(step.request) : undefined,
    );
    const asked = itemsOf(request, matcher);
    for (const step of byMessages.get(key(request))) {
      const recorded = new Set(itemsOf(step.request, matcher));
      if (asked.every((item) => recorded.has(item))) yield step;
    }
  };
}

function itemsOf(request: Request, { ignored }: Matcher): readonly string[] {
  return settledFields(request, ignored).find(({ name }) => name === "items")?.members ?? [];
}
