/**
 * Runs of FETCH responses that nobody wants to see one by one. Each takes the same steps as a parsed one (attribute, apply the
 * rules, account, learn), but nothing is made of it beyond what those steps ask. The first of which anything is to be said,
 * or that stands in an unusual way, ends the run, and is parsed.
 */
import type { Micros } from "../base/time.ts";
import type { Fetched } from "../exchange/fetched.ts";
import { type ItemShape, shapeOfNames } from "../exchange/item-shape.ts";
import { messageByNumber } from "../exchange/message-set.ts";
import type { DataResponse } from "../imap/response.ts";
import { createFetchSkimmer, type SkimmedFetch } from "../imap/skim-fetch.ts";
import type { ObserverContext } from "./context.ts";
import { judge } from "./server-frames.ts";

/** Takes the run that begins at `start`; returns where it ends. */
export type FetchRuns = (bytes: Uint8Array, start: number, atMicros: Micros) => number;

const UNREAD = { kind: "fetch", items: [] } as const;

export function createFetchRuns(context: ObserverContext): FetchRuns {
  const { correlator, model } = context;
  const skim = createFetchSkimmer();
  let shape: ItemShape = shapeOfNames([], false);

  function fetchedOf({ number, uid, flags, names, open }: SkimmedFetch): Fetched {
    if (shape.names !== names) shape = shapeOfNames(names, open);
    return { message: messageByNumber(number, uid, model.selections.view()), shape, uid, flags };
  }

  /** Takes one response; false, and nothing done, where something is to be said of it. */
  function takeOne(skimmed: SkimmedFetch, octets: number, atMicros: Micros): boolean {
    const fetched = fetchedOf(skimmed);
    const response: DataResponse = { kind: "data", name: "FETCH", number: skimmed.number, data: UNREAD };
    const { verdict, rules } = judge(context, response, atMicros, fetched, undefined);
    if (verdict.exchange === undefined || rules.length > 0) return false;
    correlator.account(verdict, response, { octets, startMicros: atMicros }, fetched);
    model.untagged(response, fetched, verdict.exchange.id);
    return true;
  }

  return (bytes, start, atMicros) => {
    // Which mailbox its numbers mean is not a question for a quick look.
    if (correlator.open.has("SELECT") || correlator.open.has("EXAMINE")) return start;
    let end = start;
    for (;;) {
      const skimmed = skim(bytes, end);
      if (skimmed === undefined || !takeOne(skimmed, skimmed.end - end, atMicros)) return end;
      end = skimmed.end;
    }
  };
}
