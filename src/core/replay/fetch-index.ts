/** FETCHes by the messages that they ask for, for a client that asks for fewer items of them than the recorded one did. */
import type { Matcher } from "./match.ts";
import type { Request } from "./request.ts";
import type { Step } from "./script.ts";
import { settledFields } from "./settle.ts";

const FETCHES: ReadonlySet<string> = new Set(["FETCH", "UID FETCH"]);
/** Between the fields of a key. */
const BORDER = "\u{e000}";

/**
 * Gives the steps that fetch the same messages with all of the items that are asked for, and more. Where commands are not
 * matched by meaning there are none: then a FETCH that is not the recorded one is another. The index is made when it is needed.
 */
export function createFetchIndex(
  steps: readonly Step[],
  matcher: Matcher,
): (request: Request) => Iterable<Step> {
  let byMessages: Map<string, Step[]> | undefined;

  /** All but the items. */
  function key(request: Request): string {
    const fields = settledFields(request, matcher.ignored).filter(({ name }) => name !== "items");
    return fields.map(({ name, value }) => `${name} ${value}`).join(BORDER);
  }

  function makeIndex(): Map<string, Step[]> {
    const index = new Map<string, Step[]>();
    for (const step of steps) {
      if (!FETCHES.has(step.command)) continue;
      const own = key(step.request);
      const list = index.get(own);
      if (list === undefined) index.set(own, [step]);
      else list.push(step);
    }
    return index;
  }

  return function* (request) {
    if (matcher.matching !== "canonical" || !FETCHES.has(request.command.name)) return;
    byMessages ??= makeIndex();
    const asked = itemsOf(request, matcher);
    for (const step of byMessages.get(key(request)) ?? []) {
      const recorded = new Set(itemsOf(step.request, matcher));
      if (asked.every((item) => recorded.has(item))) yield step;
    }
  };
}

function itemsOf(request: Request, { ignored }: Matcher): readonly string[] {
  return settledFields(request, ignored).find(({ name }) => name === "items")?.members ?? [];
}
