/**
 * Runs of FETCH responses that nobody wants to see one by one. Each takes the steps of a parsed one (attribute, apply the
 * rules, account, learn), but nothing is made of it beyond what those steps ask. The first of which anything is to be said,
 * or that stands in an unusual way, ends the run, and is parsed.
 *
 * The short way for listings: while one FETCH alone is open, a response about one of its messages, with items that it asked
 * for, is its own, and of all rules only those on the number and the UID can have anything to say of it.
 */
import type { Micros } from "../base/time.ts";
import type { Fetched } from "../exchange/fetched.ts";
import { type ItemShape, shapeOfNames } from "../exchange/item-shape.ts";
import { messageByNumber } from "../exchange/message-set.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import { certain, likely, type Verdict } from "../exchange/verdict.ts";
import type { DataResponse } from "../imap/response.ts";
import { createFetchSkimmer, type SkimmedFetch } from "../imap/skim-fetch.ts";
import type { ObserverContext } from "./context.ts";
import { judge } from "./server-frames.ts";

/** Takes the run that begins at `start`; returns where it ends. */
export type FetchRuns = (bytes: Uint8Array, start: number, atMicros: Micros) => number;

/** The one open FETCH, and what it makes of responses that prove it, and of those that it owes. */
interface Sole {
  readonly exchange: OpenExchange;
  readonly proven: Verdict;
  readonly owed: Verdict;
}

const UNREAD = { kind: "fetch", items: [] } as const;

export function createFetchRuns(context: ObserverContext): FetchRuns {
  const { correlator, model } = context;
  const skim = createFetchSkimmer();
  let shape: ItemShape = shapeOfNames([], false);

  function fetchedOf({ number, uid, flags, names, open }: SkimmedFetch): Fetched {
    if (shape.names !== names) shape = shapeOfNames(names, open);
    return { message: messageByNumber(number, uid, model.selections.view()), shape, uid, flags };
  }

  function soleFetch(): Sole | undefined {
    const exchange = correlator.open.oldest();
    const usual = correlator.open.count() === 1 && !model.notify() && !model.saidBye();
    if (exchange?.fetch === undefined || !usual || model.enabled.has("UIDONLY")) return undefined;
    return { exchange, proven: certain(exchange), owed: likely(exchange) };
  }

  /** The verdict by the short way; `undefined` where only the long one tells. */
  function ownAnswer(
    { exchange, proven, owed }: Sole,
    { number }: SkimmedFetch,
    { message, shape, uid }: Fetched,
  ): Verdict | undefined {
    const { fetch, messages } = exchange;
    const { slot } = message;
    const view = model.selections.view();
    if (fetch === undefined || slot === undefined || messages?.membership(message) === "no") return undefined;
    if (view.exact && view.exists !== undefined && number > view.exists) return undefined;
    if (uid !== undefined && view.conflictOf(slot, uid) !== undefined) return undefined;
    const answer = fetch.answeredBy(shape);
    if (shape.proof.length > 0) return answer.provesAll ? proven : undefined;
    const left = fetch.owed(slot) ?? 0;
    return left !== 0 && (left & ~answer.items) === 0 ? owed : undefined;
  }

  /** The verdict where nothing is to be said of the response. */
  function unremarkable(response: DataResponse, fetched: Fetched, atMicros: Micros): Verdict | undefined {
    const { verdict, rules } = judge(context, response, atMicros, fetched, undefined);
    return verdict.exchange === undefined || rules.length > 0 ? undefined : verdict;
  }

  return (bytes, start, atMicros) => {
    // Which mailbox its numbers mean is not a question for a quick look.
    if (correlator.open.has("SELECT") || correlator.open.has("EXAMINE")) return start;
    const sole = soleFetch();
    let end = start;
    for (;;) {
      const skimmed = skim(bytes, end);
      if (skimmed === undefined) return end;
      const fetched = fetchedOf(skimmed);
      const response: DataResponse = { kind: "data", name: "FETCH", number: skimmed.number, data: UNREAD };
      const short = sole && ownAnswer(sole, skimmed, fetched);
      const verdict = short ?? unremarkable(response, fetched, atMicros);
      if (verdict === undefined) return end;
      correlator.account(verdict, response, { octets: skimmed.end - end, startMicros: atMicros }, fetched);
      model.fetched(fetched);
      end = skimmed.end;
    }
  };
}
