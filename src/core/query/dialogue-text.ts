/**
 * Which patterns stand in the dialogue of which observation. Holds a set of pattern numbers for each open exchange and
 * for the last response of each connection that belongs to none of them, never text.
 */
import type { ConnectionId } from "../base/leg.ts";
import { displayText } from "../base/octets.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Frame } from "../imap/frame.ts";
import type { Response } from "../imap/response.ts";
import type { Observation, ResponseObservation } from "../observation.ts";
import { formatResponse } from "../text/response.ts";
import type { Pattern } from "./pattern.ts";
import { dialogueOf } from "./texts.ts";

/** Numbers of patterns. */
export type Found = ReadonlySet<number>;

const NOTHING: Found = new Set();

/** Open exchanges remembered; over it the oldest are forgotten. No capture that is read in order comes near it. */
const EXCHANGES_KEPT = 100_000;

export interface DialogueText {
  /** Takes every observation in order; gives the patterns that stand in its lines and kept literal heads. */
  readonly take: (observation: Observation) => Found;
}

export function createDialogueText(patterns: readonly Pattern[]): DialogueText {
  const open = new Map<ExchangeId, Found>();
  const homeless = new Map<ConnectionId, { readonly response: Response; readonly found: Found }>();

  function note(exchange: ExchangeId | undefined, found: Found): void {
    const before = exchange === undefined || found.size === 0 ? undefined : open.get(exchange);
    if (exchange !== undefined && before !== undefined) open.set(exchange, union(before, found));
  }

  function takeResponse({ attribution, connection, response, frame }: ResponseObservation): Found {
    const found = search(textsOfFrame(frame), patterns);
    note(attribution.exchange, found);
    for (const candidate of attribution.candidates) note(candidate, found);
    // Late results of a completed search are a push, though they belong to its exchange.
    const belongs = attribution.exchange !== undefined && open.has(attribution.exchange);
    if (!belongs) homeless.set(connection, { response, found });
    return found;
  }

  return {
    take(observation) {
      switch (observation.kind) {
        case "exchangeStarted": {
          open.set(observation.exchange.id, NOTHING);
          if (open.size > EXCHANGES_KEPT) forgetOldest(open);
          return search(dialogueOf(observation.exchange), patterns);
        }
        case "request": {
          const found = search(textsOfFrame(observation.frame), patterns);
          note(observation.exchange, found);
          return found;
        }
        case "response":
          return takeResponse(observation);
        case "exchange": {
          const { exchange } = observation;
          const found = open.get(exchange.id) ?? NOTHING;
          open.delete(exchange.id);
          return union(found, search(dialogueOf(exchange), patterns));
        }
        case "push": {
          const held = homeless.get(observation.connection);
          if (held?.response === observation.response) return held.found;
          return search([formatResponse(observation.response)], patterns);
        }
        case "connection":
          if (observation.event.kind === "close") homeless.delete(observation.connection);
          return NOTHING;
        default:
          return NOTHING;
      }
    },
  };
}

/** The patterns that stand in some of the texts. */
export function search(texts: readonly (string | undefined)[], patterns: readonly Pattern[]): Found {
  let found: Set<number> | undefined;
  for (const text of texts) {
    if (text === undefined) continue;
    const lower = text.toLowerCase();
    patterns.forEach((pattern, index) => {
      if (!found?.has(index) && pattern.occursIn(lower)) {
        found ??= new Set();
        found.add(index);
      }
    });
  }
  return found ?? NOTHING;
}

function textsOfFrame({ lines, literals }: Frame): readonly string[] {
  return [...lines, ...literals.map(({ head }) => head)].map(displayText);
}

function union(a: Found, b: Found): Found {
  if (b.size === 0) return a;
  return a.size === 0 ? b : new Set([...a, ...b]);
}

function forgetOldest<K>(map: Map<K, unknown>): void {
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
