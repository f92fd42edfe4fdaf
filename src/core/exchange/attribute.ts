/**
 * To which command an untagged response belongs, as a table by the name of the response. Names without a rule of their own
 * follow the vocabulary: the commands that solicit them, certain where no server may send them unasked. A name that no RFC
 * has belongs to an open command of the same name.
 */
import type { DataResponse, Response, ResponseData } from "../imap/response.ts";
import { responseEntry } from "../vocabulary/vocabulary.ts";
import { attributeExpunge, attributeVanished } from "./attribute-expunge.ts";
import { attributeFetch } from "./attribute-fetch.ts";
import { attributeList, attributeMetadata, attributeMyRights, attributeStatus } from "./attribute-mailbox.ts";
import { attributeByTag, attributeEsearch, attributeSearch } from "./attribute-search.ts";
import { attributeSelectData } from "./attribute-select.ts";
import { attributeCapability, attributeUntaggedStatus } from "./attribute-status.ts";
import { sameMailbox } from "./mailbox-pattern.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

type Rule = (response: DataResponse, surroundings: Surroundings) => Verdict;

const selectData: Rule = (_response, surroundings) => attributeSelectData(surroundings);

const fetched: Rule = (response, surroundings) =>
  surroundings.fetched === undefined
    ? byVocabulary(response, surroundings)
    : attributeFetch(surroundings.fetched, surroundings);

/** Where the data could not be read as what the name promises, the name alone decides. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ["FETCH", fetched],
  ["UIDFETCH", fetched],
  ["FLAGS", selectData],
  ["EXISTS", selectData],
  ["RECENT", selectData],
  ["EXPUNGE", attributeExpunge],
  [
    "VANISHED",
    (response, surroundings) =>
      response.data.kind === "vanished"
        ? attributeVanished(response.data, surroundings)
        : byVocabulary(response, surroundings),
  ],
  [
    "LIST",
    (response, surroundings) =>
      response.data.kind === "list"
        ? attributeList(response.data, surroundings)
        : byVocabulary(response, surroundings),
  ],
  [
    "STATUS",
    (response, surroundings) =>
      response.data.kind === "status"
        ? attributeStatus(response.data, surroundings)
        : byVocabulary(response, surroundings),
  ],
  [
    "METADATA",
    (response, surroundings) =>
      response.data.kind === "metadata"
        ? attributeMetadata(response.data, surroundings)
        : byVocabulary(response, surroundings),
  ],
  [
    "MYRIGHTS",
    (response, surroundings) =>
      response.data.kind === "myRights"
        ? attributeMyRights(response.data, surroundings)
        : byVocabulary(response, surroundings),
  ],
  ["CAPABILITY", (_response, surroundings) => attributeCapability(surroundings)],
  ["SEARCH", (_response, surroundings) => attributeSearch("SEARCH", surroundings)],
  ["SORT", (_response, surroundings) => attributeSearch("SORT", surroundings)],
  [
    "ESEARCH",
    (response, surroundings) =>
      attributeEsearch(response.data.kind === "esearch" ? response.data.tag : undefined, surroundings),
  ],
  [
    "CONVERTED",
    (response, surroundings) =>
      response.data.kind === "converted" && response.data.tag !== undefined
        ? attributeByTag(response.data.tag, surroundings)
        : byVocabulary(response, surroundings),
  ],
]);

/** The verdict on an untagged response; never throws. Greetings, tagged responses and `+` need none. */
export function attribute(response: Response, surroundings: Surroundings): Verdict {
  switch (response.kind) {
    case "status":
      return attributeUntaggedStatus(response, surroundings);
    case "data":
      return (RULES.get(response.name) ?? byVocabulary)(response, surroundings);
    case "continuation":
    case "malformed":
      return UNSOLICITED;
  }
}

function byVocabulary(response: DataResponse, surroundings: Surroundings): Verdict {
  const entry = responseEntry(response.name);
  if (entry === undefined || entry.solicitedBy.length === 0) {
    return oneOf(surroundings.open.named([response.name, `UID ${response.name}`]), "likely");
  }
  const readable = response.data.kind !== "tokens" || entry.pushable === "never";
  return oneOf(
    aboutMailbox(response.data, surroundings.open.named(entry.solicitedBy)),
    entry.pushable === "never" && readable ? "certain" : "likely",
  );
}

/** Of several commands those that name the mailbox of the response, if it has one: ACL, LISTRIGHTS, QUOTAROOT. */
function aboutMailbox(data: ResponseData, candidates: readonly OpenExchange[]): readonly OpenExchange[] {
  if (candidates.length < 2 || !("mailbox" in data) || data.mailbox === undefined) return candidates;
  const { mailbox } = data;
  const named = candidates.filter(({ command: { detail } }) => {
    return detail.kind === "mailbox" && sameMailbox(detail.mailbox, mailbox);
  });
  return named.length > 0 ? named : candidates;
}
