/**
 * To which command a FETCH or UIDFETCH response belongs (RFC 9051 §7.5.2, RFC 9586 §3.3).
 *
 * Theory of operation. Candidates are the open FETCH, STORE and SELECT (QRESYNC) commands. First, the message must be one that
 * the command names, or one that cannot be excluded. Then the items decide: what servers never send unasked proves a FETCH
 * that asked for it, or, where none did, that the server names things otherwise than the client; FLAGS, UID and MODSEQ
 * alone may be news, and are an answer only where they are still owed: all that is owed first, then a part of it.
 * Where several are left, those that were already given this message's items step back; still several: ambiguous.
 */
import { deliveryKey, type Fetched } from "./fetched.ts";
import type { ItemShape } from "./item-shape.ts";
import type { MessageReference } from "./message-set.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

const FETCHES = ["FETCH", "UID FETCH", "PARTIAL"];
const STORES = ["STORE", "UID STORE"];
const SELECTS = ["SELECT", "EXAMINE"];

export function attributeFetch(fetched: Fetched, surroundings: Surroundings): Verdict {
  const { message, shape } = fetched;
  if (shape.items.length === 0) return UNSOLICITED;
  const names = (exchange: OpenExchange) => exchange.messages?.membership(message) !== "no";
  const fetches = those(surroundings.open.named(FETCHES), names);
  const stores = those(surroundings.open.named(STORES), names);
  return shape.proof.length > 0
    ? byProof(fetched, fetches, stores, surroundings)
    : byDebt(fetched, fetches, stores, surroundings);
}

/** Those that pass; the list itself where that is all of them. */
function those(
  exchanges: readonly OpenExchange[],
  pass: (exchange: OpenExchange) => boolean,
): readonly OpenExchange[] {
  return exchanges.every(pass) ? exchanges : exchanges.filter(pass);
}

/** Some of the items prove that they were asked for. */
function byProof(
  { message, shape }: Fetched,
  fetches: readonly OpenExchange[],
  stores: readonly OpenExchange[],
  { notify }: Surroundings,
): Verdict {
  const asked = those(fetches, (one) => asksFor(one, shape));
  const answers = asked.length > 0 ? asked : related(shape, fetches, stores, notify);
  const owing =
    answers.length > 1 ? answers.filter((one) => owesSome(one, message, shape, "proof")) : answers;
  if (owing.length === 1 && answers.length > 1) return oneOf(owing, "likely");
  const sure = asked.length > 0 && !notify;
  return oneOf(owing.length > 0 ? owing : answers, sure ? "certain" : "likely", fetches.length);
}

function asksFor({ fetch }: OpenExchange, shape: ItemShape): boolean {
  return fetch === undefined || fetch.answeredBy(shape).provesAll;
}

/** Nobody asked for all of the items: who stores one, who asked for one, or else any FETCH. */
function related(
  shape: ItemShape,
  fetches: readonly OpenExchange[],
  stores: readonly OpenExchange[],
  notify: boolean,
): readonly OpenExchange[] {
  const stored = stores.filter((store) => storesOneOf(store, shape.proof));
  if (stored.length > 0) return stored;
  const partly = fetches.filter(({ fetch }) => fetch?.answeredBy(shape).provesSome === true);
  return partly.length > 0 || notify ? partly : fetches;
}

/** None of the items proves anything: who still owes them? */
function byDebt(
  { message, shape }: Fetched,
  fetches: readonly OpenExchange[],
  stores: readonly OpenExchange[],
  { open, select }: Surroundings,
): Verdict {
  const whole = those(fetches, (fetch) => answersAll(fetch, message, shape));
  const others = [
    ...stores.filter((store) => answersStore(store, shape.items)),
    ...(select?.boundary === "expected" ? [] : open.named(SELECTS).filter(isResync)),
  ];
  let candidates = others.length === 0 ? whole : [...whole, ...others].sort((a, b) => a.ordinal - b.ordinal);
  if (candidates.length === 0) candidates = fetches.filter((one) => answersPart(one, message, shape));
  const owing =
    candidates.length > 1 ? candidates.filter((one) => owesSome(one, message, shape, "items")) : candidates;
  return oneOf(owing.length > 0 ? owing : candidates, "likely");
}

/** Whether some of the items are still owed to the client; true where that is not known. */
function owesSome(
  { fetch }: OpenExchange,
  message: MessageReference,
  shape: ItemShape,
  which: "items" | "proof",
): boolean {
  const owed = fetch?.owed(deliveryKey(message));
  return owed === undefined || fetch === undefined || (owed & fetch.answeredBy(shape)[which]) !== 0;
}

/** Nothing more than these items is owed for the message; others may come along (a changed flag, RFC 9051 §7.5.2). */
function answersAll({ fetch }: OpenExchange, message: MessageReference, shape: ItemShape): boolean {
  if (fetch === undefined) return false;
  const owed = fetch.owed(deliveryKey(message));
  const answer = fetch.answeredBy(shape);
  if (owed === undefined) return fetch.looksLikePush && answer.askedAll;
  return owed !== 0 && (owed & ~answer.items) === 0;
}

/** A part of what is owed, and nothing that was not asked for. The UID of a UID command was, in effect. */
function answersPart({ fetch, command }: OpenExchange, message: MessageReference, shape: ItemShape): boolean {
  if (fetch === undefined) return false;
  const owed = fetch.owed(deliveryKey(message));
  const answer = fetch.answeredBy(shape);
  if (owed === undefined || owed === 0 || !answer.askedAll) return false;
  const onlyUid = shape.items.every((item) => item === "UID");
  return (owed & answer.items) !== 0 || (onlyUid && command.uid);
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
