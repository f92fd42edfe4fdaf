/** Untagged data of searches: SEARCH, SORT, THREAD, ESEARCH, and VANISHED (RFC 9051 §7.3.4, RFC 5256 §4, RFC 7162 §3.2.10). */
import { LIMITS } from "../base/limits.ts";
import { SP } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import { blame, type Lexer, report } from "./lexer.ts";
import { readToken, readTokens } from "./read-token.ts";
import type { EsearchData, Mailbox, ResponseData } from "./response.ts";
import type { Token } from "./token.ts";
import {
  blameToken,
  decimal,
  integer,
  mailbox,
  numberSet,
  rawText,
  requiredToken,
  takeNumber,
} from "./token-value.ts";

/** `*(SP nz-number) [SP "(" "MODSEQ" SP mod-sequence-value ")"]` */
export function searchData(lexer: Lexer): ResponseData {
  const numbers: number[] = [];
  let modSeq: string | undefined;
  for (;;) {
    while (lexer.at + 1 < lexer.limit && lexer.line[lexer.at] === SP && lexer.line[lexer.at + 1] !== SP) {
      lexer.at++;
      const number = takeNumber(lexer);
      if (number === undefined) break;
      if (numbers.length < LIMITS.listElements) numbers.push(number);
      else report(lexer, "limit", "There are more numbers than are kept.");
    }
    const token = readToken(lexer);
    if (token === undefined) return { kind: "search", numbers, modSeq };
    if (token.kind === "list") {
      modSeq = modSeqOf(lexer, token.items, token);
    } else {
      const number = integer(lexer, token, "A number of the result");
      if (number !== undefined && numbers.length < LIMITS.listElements) numbers.push(number);
    }
  }
}

function modSeqOf(lexer: Lexer, items: readonly Token[], list: Token): string | undefined {
  const [name, value] = items;
  if (name === undefined || upperCase(rawText(name)) !== "MODSEQ") {
    blameToken(lexer, "response-data-invalid", "A list stands among the numbers that is not MODSEQ.", list);
    return undefined;
  }
  return decimal(lexer, value, "The mod-sequence");
}

/** `*("(" thread-members ")")`; threads nest, so they stay lists of numbers (RFC 5256 §4). */
export function threadData(lexer: Lexer): ResponseData {
  const threads = readTokens(lexer);
  for (const thread of threads) {
    if (thread.kind !== "list") {
      blameToken(lexer, "response-data-invalid", "A thread is not a list.", thread);
      break;
    }
  }
  return { kind: "thread", threads };
}

/** `[search-correlator] [SP "UID"] *(SP search-return-data)` (RFC 9051 §7.3.4, RFC 7377 §2.1). */
export function esearchData(lexer: Lexer): ResponseData {
  let token = readToken(lexer);
  let correlator: Correlator = { tag: undefined, mailbox: undefined, uidValidity: undefined };
  if (token?.kind === "list") {
    correlator = correlatorOf(lexer, token.items, token);
    token = readToken(lexer);
  }
  let uid = false;
  if (token?.kind === "atom" && upperCase(token.text) === "UID") {
    uid = true;
    token = readToken(lexer);
  }
  const results = new Map<string, Token>();
  for (; token !== undefined; token = readToken(lexer)) {
    if (token.kind !== "atom") {
      blameToken(lexer, "response-data-invalid", "A value stands where the name of a result belongs.", token);
      continue;
    }
    const name = upperCase(token.text);
    const value = readToken(lexer);
    if (value === undefined) blameToken(lexer, "response-data-missing", `${name} has no value.`, token);
    else if (results.size < LIMITS.listElements) addResult(results, name, checkedResult(lexer, name, value));
  }
  return { kind: "esearch", ...correlator, uid, results };
}

/** ADDTO and REMOVEFROM may stand several times: their pairs are joined (RFC 5267 §4.3). */
function addResult(results: Map<string, Token>, name: string, value: Token): void {
  const before = results.get(name);
  if (before?.kind !== "list" || value.kind !== "list") {
    results.set(name, value);
    return;
  }
  results.set(name, { ...before, items: [...before.items, ...value.items], end: value.end });
}

const NUMBERS = new Set(["MIN", "MAX", "COUNT", "MODSEQ"]);

function checkedResult(lexer: Lexer, name: string, value: Token): Token {
  if (NUMBERS.has(name)) decimal(lexer, value, name);
  else if (name === "ALL") numberSet(lexer, value, "The set of ALL");
  return value;
}

type Correlator = Pick<EsearchData, "tag" | "mailbox" | "uidValidity">;

function correlatorOf(lexer: Lexer, items: readonly Token[], list: Token): Correlator {
  let tag: string | undefined;
  let searched: Mailbox | undefined;
  let uidValidity: number | undefined;
  for (let i = 0; i < items.length; i += 2) {
    const name = items[i];
    const value = items[i + 1];
    if (name === undefined || value === undefined) {
      blameToken(lexer, "response-data-missing", "An item of the search correlator has no value.", list);
      break;
    }
    switch (upperCase(rawText(name))) {
      case "TAG":
        tag = rawText(value);
        break;
      case "MAILBOX":
        searched = mailbox(lexer, value);
        break;
      case "UIDVALIDITY":
        uidValidity = integer(lexer, value, "UIDVALIDITY");
        break;
      default:
        blameToken(lexer, "response-data-invalid", "The search correlator has an unknown item.", name);
    }
  }
  return { tag, mailbox: searched, uidValidity };
}

/** `["(EARLIER)" SP] known-uids` (RFC 7162 §3.2.10). */
export function vanishedData(lexer: Lexer): ResponseData {
  let token = requiredToken(lexer, "The set of UIDs");
  let earlier = false;
  if (token?.kind === "list") {
    earlier = token.items.some((item) => upperCase(rawText(item)) === "EARLIER");
    if (!earlier) blameToken(lexer, "response-data-invalid", "A list that is not (EARLIER).", token);
    token = requiredToken(lexer, "The set of UIDs");
  }
  const uids = token === undefined ? [] : numberSet(lexer, token, "The set of UIDs");
  return { kind: "vanished", earlier, uids };
}

/** The tag that a CONVERTED response names, and its data (RFC 5259 §9). */
export function convertedData(lexer: Lexer): ResponseData {
  const tokens = readTokens(lexer);
  const [first] = tokens;
  if (first?.kind === "list") {
    const [name, value] = first.items;
    if (name !== undefined && value !== undefined && upperCase(rawText(name)) === "TAG") {
      return { kind: "converted", tag: rawText(value), tokens: tokens.slice(1) };
    }
  }
  blame(lexer, "response-data-missing", "CONVERTED has no tag.");
  return { kind: "converted", tag: undefined, tokens };
}
