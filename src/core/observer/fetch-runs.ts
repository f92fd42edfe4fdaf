/**
 * Runs of FETCH responses that nobody wants to see one by one. Each takes the steps of a parsed one (attribute, apply the
 * rules, account, learn), but nothing is made of it beyond what those steps ask. The first of which anything is to be said,
 * or that stands in an unusual way, ends the run, and is parsed.
 *
 * The short way for listings: while one FETCH alone is open, a response about one of its messages, with items that it asked
 * for, is its own, and of all rules only those on the number and the UID can have anything to say of it.
 */
import { isDigit, LF } from "../base/octets.ts";
import { viewOf } from "../base/short-text.ts";
import type { Micros } from "../base/time.ts";
import { learnMessage } from "../connection/learn-messages.ts";
import type { MailboxView } from "../connection/mailbox-view.ts";
import type { FetchRun } from "../exchange/correlator.ts";
import type { Fetched } from "../exchange/fetched.ts";
import { type ItemShape, shapeOfNames } from "../exchange/item-shape.ts";
import { type MessageReference, messageByNumber } from "../exchange/message-set.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { Frame } from "../imap/frame.ts";
import type { DataResponse } from "../imap/response.ts";
import { FetchSkimmer } from "../imap/skim-fetch.ts";
import type { ObserverContext } from "./context.ts";
import { judge } from "./server-frames.ts";

/**
 * Takes the run of a connection that begins at `start` and was read from `startMicros` to `endMicros`; returns where it ends.
 * At any other depth than `skim`, which may change, it takes none.
 */
export type FetchRuns = (
  context: ObserverContext,
  bytes: Uint8Array,
  start: number,
  startMicros: Micros,
  endMicros: Micros,
) => number;

const UNREAD = { kind: "fetch", items: [] } as const;
const ASTERISK = 0x2a;

/** `* 12`: nothing else needs a look. */
function beginsNumbered(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === ASTERISK && isDigit(bytes[start + 2]);
}

/** For any number of connections: of a run nothing is kept but what the next one most likely looks like. */
export function createFetchRuns(): FetchRuns {
  const skimmer = new FetchSkimmer();
  let shape: ItemShape = shapeOfNames([], false);

  return (context, bytes, start, startMicros, endMicros) => {
    if (context.depth !== "skim" || !beginsNumbered(bytes, start)) return start;
    const { correlator, model } = context;
    // Which mailbox its numbers mean is not a question for a quick look.
    if (correlator.open.has("SELECT") || correlator.open.has("EXAMINE")) return start;
    const view = model.selections.view();
    const sole = soleFetch(context);
    const own: FetchRun = { certain: 0, likely: 0, octets: 0 };
    const words = viewOf(bytes);
    const lastLf = bytes.lastIndexOf(LF);
    let end = start;
    while (skimmer.skim(bytes, words, end, lastLf)) {
      const { number, uid, flags, names, open } = skimmer;
      const octets = skimmer.end - end;
      if (shape.names !== names) shape = shapeOfNames(names, open);
      const message = messageByNumber(number, uid, view);
      const certainty = sole && ownAnswer(sole, skimmer, message, shape, view);
      if (sole !== undefined && certainty !== undefined) {
        own[certainty]++;
        own.octets += octets;
        sole.fetch?.deliver(message.slot, shape);
      } else {
        const frame = { octets, startMicros, endMicros };
        if (!isUnremarkable(context, number, frame, { message, shape, uid, flags })) break;
      }
      if (message.slot !== undefined) learnMessage(view, message.slot, uid, flags);
      end = skimmer.end;
    }
    if (sole !== undefined && own.octets > 0) correlator.accountRun(sole, own, startMicros);
    return end;
  };
}

/** The one open FETCH. */
function soleFetch({ correlator, model }: ObserverContext): OpenExchange | undefined {
  const exchange = correlator.open.oldest();
  const usual = correlator.open.count() === 1 && !model.notify() && !model.saidBye();
  return exchange?.fetch === undefined || !usual || model.enabled.has("UIDONLY") ? undefined : exchange;
}

/** How sure the response is an answer to the sole FETCH, by the short way; `undefined` where only the long one tells. */
function ownAnswer(
  { fetch, messages }: OpenExchange,
  { number, uid }: FetchSkimmer,
  message: MessageReference,
  shape: ItemShape,
  view: MailboxView,
): "certain" | "likely" | undefined {
  const { slot } = message;
  if (fetch === undefined || slot === undefined || messages?.membership(message) === "no") return undefined;
  if (view.exact && view.exists !== undefined && number > view.exists) return undefined;
  if (uid !== undefined && view.conflictOf(slot, uid) !== undefined) return undefined;
  const answer = fetch.answeredBy(shape);
  if (shape.proof.length > 0) return answer.provesAll ? "certain" : undefined;
  const left = fetch.owed(slot) ?? 0;
  return left !== 0 && (left & ~answer.items) === 0 ? "likely" : undefined;
}

/** Takes a response the long way; false where something is to be said of it. */
function isUnremarkable(
  context: ObserverContext,
  number: number,
  frame: Pick<Frame, "octets" | "startMicros" | "endMicros">,
  fetched: Fetched,
): boolean {
  const response: DataResponse = { kind: "data", name: "FETCH", number, data: UNREAD };
  const { verdict, rules } = judge(context, response, frame.endMicros, fetched, undefined);
  if (verdict.exchange === undefined || rules.length > 0) return false;
  context.correlator.account(verdict, response, frame, fetched);
  return true;
}
