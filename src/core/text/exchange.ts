/** How an exchange ended, in one word. */
import type { Exchange, ExchangeEnd } from "../exchange/exchange.ts";

interface EndWords {
  /** At most six characters; `status:` of a filter finds it too. */
  readonly label: string;
  readonly words: string;
}

/** Every way to end without a completion. */
export const EXCHANGE_ENDS: Readonly<Record<Exclude<ExchangeEnd, "completed">, EndWords>> = {
  inFlight: { label: "open", words: "in flight" },
  bye: { label: "BYE", words: "the server said BYE" },
  connectionLost: { label: "lost", words: "the connection was lost" },
  captureEnd: { label: "ended", words: "the capture ends here" },
  opaque: { label: "opaque", words: "what follows cannot be read" },
  abandoned: { label: "left", words: "too many open commands; not followed further" },
};

/** `OK`, `NO`, `BAD` of a completed exchange, else one word for why there is no completion. */
export function exchangeLabel(exchange: Exchange): string {
  return exchange.end === "completed" ? (exchange.status ?? "?") : EXCHANGE_ENDS[exchange.end].label;
}

/** Why there is no completion, or `undefined` where there is one. */
export function exchangeEndWords(exchange: Exchange): string | undefined {
  return exchange.end === "completed" ? undefined : EXCHANGE_ENDS[exchange.end].words;
}
