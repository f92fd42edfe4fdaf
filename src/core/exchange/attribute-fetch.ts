/**
 * To which command a FETCH or UIDFETCH response belongs (RFC 9051 §7.5.2, RFC 9586 §3.3).
 *
 * Theory of operation. Candidates are the open FETCH, STORE and SELECT (QRESYNC) commands. First, the message must be one that
 * the command names, or one that cannot be excluded. Then the items decide: what servers never send unasked proves a FETCH
 * that asked for it, or, where none did, that the server names things otherwise than the client; FLAGS, UID and MODSEQ
 * alone may be news, and are an answer only where they are still owed: all that is owed first, then a part of it.
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
  const { open } = surroundings;
  const fetches = naming(message, open.named(FETCHES));
  const stores = naming(message, open.named(STORES));
  const proof = items.filter((item) => !isPushedItem(item));

  if (proof.length > 0) {
    const answers = proven(proof, fetches, stores, surroundings.notify);
    const owing = answers.length > 1 ? answers.filter((one) => owes(one, message, proof)) : answers;
    if (owing.length === 1 && answers.length > 1) return oneOf(owing, "likely");
    const exact = answers.every((one) => one.fetch === undefined || proof.every(one.fetch.asks));
    const sure = exact && !surroundings.notify && fetches.some((fetch) => answers.includes(fetch));
    return oneOf(owing.length > 0 ? owing : answers, sure ? "certain" : "likely", fetches.length);
  }
  if (items.length === 0) return UNSOLICITED;
  const whole = fetches.filter((fetch) => answersAll(fetch, message, items));
  const others = [
    ...stores.filter((store) => answersStore(store, items)),
    ...(surroundings.select?.boundary === "expected"
      ? []
      : surroundings.open.named(SELECTS).filter(isResync)),
  ];
  let candidates = others.length === 0 ? whole : [...whole, ...others].sort((a, b) => a.ordinal - b.ordinal);
  if (candidates.length === 0) candidates = fetches.filter((one) => answersPart(one, message, items));
  const owing = candidates.length > 1 ? candidates.filter((one) => owes(one, message, items)) : candidates;
  return oneOf(owing.length > 0 ? owing : candidates, "likely");
}

/** Those that name the message, or of which that is not known; the list itself where that is all of them. */
function naming(message: MessageReference, exchanges: readonly OpenExchange[]): readonly OpenExchange[] {
  const names = (exchange: OpenExchange) => exchange.messages?.membership(message) !== "no";
  return exchanges.every(names) ? exchanges : exchanges.filter(names);
}

/** Who asked for all of these items; where nobody did, for one of them; where nobody did either, any FETCH. */
function proven(
  proof: readonly string[],
  fetches: readonly OpenExchange[],
  stores: readonly OpenExchange[],
  notify: boolean,
): readonly OpenExchange[] {
  const asked = fetches.filter((one) => one.fetch === undefined || proof.every(one.fetch.asks));
  if (asked.length > 0) return asked;
  const stored = stores.filter((store) => storesOneOf(store, proof));
  if (stored.length > 0) return stored;
  const partly = fetches.filter((one) => proof.some((item) => one.fetch?.asks(item) === true));
  return partly.length > 0 || notify ? partly : fetches;
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

/** Nothing more than these items is owed for the message; others may come along (a changed flag, RFC 9051 §7.5.2). */
function answersAll(exchange: OpenExchange, message: MessageReference, items: readonly string[]): boolean {
  const missing = missingOf(exchange, message);
  if (missing === undefined) {
    return exchange.fetch?.looksLikePush === true && exchange.fetch.asksAll(items);
  }
  return missing.length > 0 && missing.every((item) => items.includes(item));
}

/** A part of what is owed, and nothing that was not asked for. The UID of a UID command was, in effect. */
function answersPart(exchange: OpenExchange, message: MessageReference, items: readonly string[]): boolean {
  const missing = missingOf(exchange, message);
  if (missing === undefined || missing.length === 0 || exchange.fetch?.asksAll(items) !== true) return false;
  const onlyUid = items.every((item) => item === "UID");
  return missing.some((item) => items.includes(item)) || (onlyUid && exchange.command.uid);
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
