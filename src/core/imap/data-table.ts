/** Which parser reads the data of which untagged response (RFC 9051 §7.2 to §7.5, and the extensions). */
import { responseEntry } from "../vocabulary/vocabulary.ts";
import {
  aclData,
  idData,
  listRightsData,
  metadataData,
  myRightsData,
  namespaceData,
  quotaData,
  quotaRootData,
} from "./account-data.ts";
import { fetchData } from "./fetch-data.ts";
import type { Depth } from "./fetch-value.ts";
import { capabilities, flags } from "./flag-list.ts";
import { blame, type Lexer } from "./lexer.ts";
import { listing, statusData } from "./mailbox-data.ts";
import { readToken, readTokens } from "./read-token.ts";
import type { ResponseData } from "./response.ts";
import { convertedData, esearchData, searchData, threadData, vanishedData } from "./search-data.ts";

/** Consumes the data of a response; the cursor stands behind its name. */
type DataParser = (lexer: Lexer, depth: Depth) => ResponseData;

const COUNT: ResponseData = { kind: "count" };

const PARSERS: ReadonlyMap<string, DataParser> = new Map<string, DataParser>([
  ["FETCH", fetchData],
  ["UIDFETCH", fetchData],
  ["EXISTS", () => COUNT],
  ["RECENT", () => COUNT],
  ["EXPUNGE", () => COUNT],
  ["CAPABILITY", capabilityData],
  ["ENABLED", capabilityData],
  ["FLAGS", (lexer) => ({ kind: "flags", flags: flags(lexer, readToken(lexer)) })],
  ["LIST", listing],
  ["LSUB", listing],
  ["XLIST", listing],
  ["RLIST", listing],
  ["RLSUB", listing],
  ["STATUS", statusData],
  ["SEARCH", searchData],
  ["SORT", searchData],
  ["THREAD", threadData],
  ["ESEARCH", esearchData],
  ["VANISHED", vanishedData],
  ["CONVERTED", convertedData],
  ["QUOTA", quotaData],
  ["QUOTAROOT", quotaRootData],
  ["NAMESPACE", namespaceData],
  ["ID", idData],
  ["ACL", aclData],
  ["MYRIGHTS", myRightsData],
  ["LISTRIGHTS", listRightsData],
  ["METADATA", metadataData],
]);

/** Names that have a number before them; `zero` where 0 is a proper one (RFC 9051 §7.4.1). */
const NUMBERED: ReadonlyMap<string, { readonly zero: boolean; readonly data: boolean }> = new Map([
  ["EXISTS", { zero: true, data: false }],
  ["RECENT", { zero: true, data: false }],
  ["EXPUNGE", { zero: false, data: false }],
  ["FETCH", { zero: false, data: true }],
  ["UIDFETCH", { zero: false, data: true }],
  ["CONVERTED", { zero: false, data: true }],
]);

/** Whether a number belongs before this name, and what else is known of it; `undefined` for names without a number. */
export function numberedName(name: string): { readonly zero: boolean; readonly data: boolean } | undefined {
  return NUMBERED.get(name);
}

/** Consumes the data of the response of this name. A name that no RFC has is reported; its data stay tokens. */
export function responseData(lexer: Lexer, name: string, depth: Depth): ResponseData {
  const parser = PARSERS.get(name);
  if (parser !== undefined) return parser(lexer, depth);
  if (responseEntry(name) === undefined) {
    blame(lexer, "response-unknown", "The name of the response is not known.", { offset: 0 });
  }
  return { kind: "tokens", tokens: readTokens(lexer) };
}

function capabilityData(lexer: Lexer): ResponseData {
  return { kind: "capabilities", capabilities: capabilities(lexer, readTokens(lexer)) };
}
