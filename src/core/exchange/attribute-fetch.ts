/**
 * To which command a FETCH or UIDFETCH response belongs (RFC 9051 §7.5.2, RFC 9586 §3.3).
 *
 * Theory of operation. Candidates are the open FETCH, STORE and SELECT (QRESYNC) commands. First, the message must be one that
 * the command names, or one that cannot be excluded. Then the items decide: what servers never send unasked proves a FETCH
 * that asked for it; FLAGS, UID and MODSEQ alone may be news, and are an answer only where exactly that is still owed.
 * Where several are left, those that were already given this message's items step back; still several: ambiguous.
 */
import type { DataResponse, FetchData } from "../imap/response.ts";
import { answeredItems, isPushedItem, uidOf } from "./fetch-items.ts";
import { type MessageReference, messageByNumber } from "./message-set.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

const FETCHES = ["FETCH", "UID FETCH", "PARTIAL"];
const STORES = ["STORE", "UID STORE"];
const SELECTS = ["SELECT", "EXAMINE"];

export function attributeFetch(response: DataResponse, data: FetchData, surroundings: Surroundings): Verdict {
  const message = fetchedMessage(response, data, surroundings);
  const items = answeredItems(data);
  const named = (names: readonly string[]) =>
    surroundings.open.named(names).filter((exchange) => exchange.messages?.membership(message) !== "no");
  const fetches = named(FETCHES);
  const stores = named(STORES);
  const proof = items.filter((item) => !isPushedItem(item));

  if (proof.length > 0) {
    const askers = fetches.filter((fetch) => fetch.fetch === undefined || proof.every(fetch.fetch.asks));
    const candidates = askers.length > 0 ? askers : stores.filter((store) => storesOneOf(store, proof));
    const owing =
      candidates.length > 1 ? candidates.filter((fetch) => owes(fetch, message, proof)) : candidates;
    if (owing.length === 1 && candidates.length > 1) return oneOf(owing, "likely");
    return oneOf(
      owing.length > 0 ? owing : candidates,
      surroundings.notify || askers.length === 0 ? "likely" : "certain",
      fetches.length,
    );
  }
  if (items.length === 0) return UNSOLICITED;
  const candidates = [
    ...fetches.filter((fetch) => owesExactly(fetch, message, items)),
    ...stores.filter((store) => answersStore(store, items)),
    ...surroundings.open.named(SELECTS).filter(isResync),
  ].sort((a, b) => a.ordinal - b.ordinal);
  const owing = candidates.length > 1 ? candidates.filter((one) => owes(one, message, items)) : candidates;
  return oneOf(owing.length > 0 ? owing : candidates, "likely");
}

/** The message of a FETCH response, by the view of now. */
export function fetchedMessage(
  response: DataResponse,
  data: FetchData,
  surroundings: Pick<Surroundings, "numbers">,
): MessageReference {
  return response.name === "UIDFETCH"
    ? messageByNumber(undefined, response.number, surroundings.numbers)
    : messageByNumber(response.number, uidOf(data), surroundings.numbers);
}

/** By what an exchange remembers a message: its slot, or its UID where there are no message sequence numbers. */
export function deliveryKey(message: MessageReference): number | undefined {
  return message.slot ?? message.uid;
}

function missingOf(exchange: OpenExchange, message: MessageReference): readonly string[] | undefined {
  const key = deliveryKey(message);
  return key === undefined ? undefined : exchange.fetch?.missing(key);
}

/** Whether some of the items are still owed to the client; true where that is not known. */
function owes(exchange: OpenExchange, message: MessageReference, items: readonly string[]): boolean {
  const missing = missingOf(exchange, message);
  return missing === undefined || missing.some((item) => items.includes(item));
}

/** FLAGS, UID or MODSEQ alone: all that was asked for is of that kind, or all the rest has come already. */
function owesExactly(exchange: OpenExchange, message: MessageReference, items: readonly string[]): boolean {
  const delivery = exchange.fetch;
  if (delivery === undefined) return false;
  if (delivery.looksLikePush) return delivery.asksAll(items);
  const missing = missingOf(exchange, message);
  return missing !== undefined && missing.length > 0 && missing.every((item) => items.includes(item));
}

/** A silent STORE is answered with MODSEQ only, and FLAGS during it are somebody else's change (RFC 7162 §3.1.3). */
function answersStore(exchange: OpenExchange, items: readonly string[]): boolean {
  const { detail } = exchange.command;
  if (detail.kind !== "store") return false;
  if (detail.silent) return items.includes("MODSEQ") && !items.includes("FLAGS");
  return items.includes("FLAGS");
}

/** STORE of other items than FLAGS: X-GM-LABELS, ANNOTATION. */
function storesOneOf(exchange: OpenExchange, items: readonly string[]): boolean {
  const { detail } = exchange.command;
  if (detail.kind !== "store" || detail.silent) return false;
  const item = detail.item.replace(/^[+-]/, "").replace(/\.SILENT$/, "");
  return items.includes(item);
}

function isResync(exchange: OpenExchange): boolean {
  const { detail } = exchange.command;
  return detail.kind === "mailbox" && detail.parameters.includes("QRESYNC");
}
