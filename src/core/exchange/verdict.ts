/** What an attribution rule says of one response, and the shorthands that keep the rules readable. */
import type { Certainty } from "./attribution.ts";
import type { ExchangeId } from "./exchange.ts";
import { CANDIDATES, type OpenExchange } from "./open-exchange.ts";

export interface Verdict {
  readonly certainty: Certainty;
  /** For `certain` and `likely`, where the exchange is still open. */
  readonly exchange: OpenExchange | undefined;
  /** For late data of a command that is already completed (RFC 5267 §4.3). */
  readonly finished: ExchangeId | undefined;
  /** For `ambiguous`, oldest first. */
  readonly candidates: readonly OpenExchange[];
}

const NO_CANDIDATES: readonly OpenExchange[] = [];

export const UNSOLICITED: Verdict = verdict("unsolicited", undefined);
export const GREETING: Verdict = verdict("greeting", undefined);

function verdict(certainty: Certainty, exchange: OpenExchange | undefined): Verdict {
  return { certainty, exchange, finished: undefined, candidates: NO_CANDIDATES };
}

export function certain(exchange: OpenExchange): Verdict {
  return verdict("certain", exchange);
}

export function likely(exchange: OpenExchange): Verdict {
  return verdict("likely", exchange);
}

export function late(finished: ExchangeId): Verdict {
  return { certainty: "certain", exchange: undefined, finished, candidates: NO_CANDIDATES };
}

/**
 * None: unsolicited; one: that, with the certainty given; several: ambiguous. Where only the oldest candidates were looked
 * at, one that is left is never more than likely.
 */
export function oneOf(
  candidates: readonly OpenExchange[],
  certainty: "certain" | "likely",
  lookedAt = candidates.length,
): Verdict {
  const [first] = candidates;
  if (first === undefined) return UNSOLICITED;
  if (candidates.length === 1) return verdict(lookedAt >= CANDIDATES ? "likely" : certainty, first);
  return { certainty: "ambiguous", exchange: undefined, finished: undefined, candidates };
}
