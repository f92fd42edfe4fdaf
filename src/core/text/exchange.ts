/** How an exchange ended, in one word, and in a few. */
import type { Exchange, ExchangeEnd } from "../exchange/exchange.ts";
import type { ResponseCode } from "../imap/response.ts";
import { glance } from "./cells.ts";
import { ownWords } from "./own-words.ts";
import { formatResponseCode } from "./response.ts";

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

const TEXT_COLUMNS = 120;

/** What a glance must not miss: how many defects there are, the response code, and whose words it is where not the server's. */
export function exchangeTail({ code, defects, own }: Exchange): string {
  if (code === undefined && defects.length === 0 && own === undefined) return "";
  const count = defects.length === 0 ? "" : `!${defects.length}`;
  return [count, code === undefined ? "" : codeText(code), ownWords(own)]
    .filter((part) => part !== "")
    .join(" ");
}

/** Capabilities would fill the line and tell nothing at a glance. */
function codeText(code: ResponseCode): string {
  return code.data.kind === "capabilities" ? "[CAPABILITY …]" : formatResponseCode(code);
}

/** Why it failed, or why it did not end; empty where it did what was asked. */
export function exchangeReason(exchange: Exchange): string {
  const { status, text = "" } = exchange;
  const failed = status === "NO" || status === "BAD" || status === "BYE";
  return exchangeEndWords(exchange) ?? (failed ? glance(text, TEXT_COLUMNS) : "");
}
