/** The fields of SEARCH, SORT, THREAD and ESEARCH (RFC 9051 §6.4.4, RFC 5256 §3, RFC 7377 §2.1). */
import { LIMITS } from "../base/limits.ts";
import { upperCase } from "../imap/ascii-case.ts";
import type { Token } from "../imap/token.ts";
import { type FieldArguments, optionTexts } from "./field-arguments.ts";
import {
  anyText,
  caseless,
  flagText,
  monthText,
  type Prints,
  quoted,
  setText,
  sortedOnce,
  stringOf,
} from "./field-values.ts";

/** The form of an argument of a search key. */
type Argument = "string" | "exact" | "flag" | "date" | "number" | "set" | "key" | "modSeq";

const STRING: readonly Argument[] = ["string"];
const DATE: readonly Argument[] = ["date"];
const NUMBER: readonly Argument[] = ["number"];
const EXACT: readonly Argument[] = ["exact"];
const FLAG: readonly Argument[] = ["flag"];
const NONE: readonly Argument[] = [];

/** Search keys with arguments (RFC 9051 §6.4.4 and its extensions); every other word stands by itself. */
const KEYS: ReadonlyMap<string, readonly Argument[]> = new Map([
  ["BCC", STRING],
  ["BODY", STRING],
  ["CC", STRING],
  ["FROM", STRING],
  ["SUBJECT", STRING],
  ["TEXT", STRING],
  ["TO", STRING],
  ["HEADER", ["string", "string"]],
  ["KEYWORD", FLAG],
  ["UNKEYWORD", FLAG],
  ["BEFORE", DATE],
  ["ON", DATE],
  ["SINCE", DATE],
  ["SENTBEFORE", DATE],
  ["SENTON", DATE],
  ["SENTSINCE", DATE],
  ["SAVEDBEFORE", DATE],
  ["SAVEDON", DATE],
  ["SAVEDSINCE", DATE],
  ["LARGER", NUMBER],
  ["SMALLER", NUMBER],
  ["OLDER", NUMBER],
  ["YOUNGER", NUMBER],
  ["UID", ["set"]],
  ["NOT", ["key"]],
  ["FUZZY", ["key"]],
  ["OR", ["key", "key"]],
  ["MODSEQ", ["modSeq"]],
  ["EMAILID", EXACT],
  ["THREADID", EXACT],
  ["FILTER", EXACT],
  ["X-GM-RAW", EXACT],
  ["X-GM-LABELS", EXACT],
  ["X-GM-MSGID", EXACT],
  ["X-GM-THRID", EXACT],
  ["ANNOTATION", ["string", "string", "string"]],
]);

/** `SEARCH [RETURN (…)] [CHARSET charset] keys`. */
export function searchFields(args: FieldArguments): void {
  addReturns(args);
  if (args.takeWord("CHARSET")) addCharset(args);
  addKeys(args);
}

/** `ESEARCH [IN (…)] [RETURN (…)] [CHARSET charset] keys`. */
export function esearchFields(args: FieldArguments): void {
  if (args.takeWord("IN")) {
    const list = args.takeList();
    if (list !== undefined) args.add("in", anyText(list, args.prints));
  }
  searchFields(args);
}

/** `SORT [RETURN (…)] (criteria) charset keys`: the first criterion is the first to sort by. */
export function sortFields(args: FieldArguments): void {
  addReturns(args);
  const criteria = args.takeList();
  if (criteria !== undefined)
    args.add("criteria", criteria.items.map((item) => anyText(item, args.prints)).join(" "));
  addCharset(args);
  addKeys(args);
}

/** `THREAD algorithm charset keys`. */
export function threadFields(args: FieldArguments): void {
  args.addString("algorithm", upperCase);
  addCharset(args);
  addKeys(args);
}

function addReturns(args: FieldArguments): void {
  if (!args.takeWord("RETURN")) return;
  const options = optionTexts(args.takeList()?.items ?? [], args.prints);
  // RETURN () asks for ALL (RFC 9051 §6.4.4).
  args.addMembers("return", options.length === 0 ? ["ALL"] : options);
}

/** US-ASCII is what holds where none is named, and a part of UTF-8. */
function addCharset(args: FieldArguments): void {
  const token = args.take();
  if (token === undefined) return;
  const charset =
    token.kind === "list" ? anyText(token, args.prints) : upperCase(stringOf(token, args.prints));
  if (charset !== "US-ASCII") args.add("charset", charset);
}

/** All keys must be met, so their order does not matter, and ALL beside others says nothing. */
function addKeys(args: FieldArguments): void {
  const keys = keyTexts(args.rest(), args.prints, 0);
  if (keys.length > 0) args.addMembers("keys", keys);
}

function keyTexts(tokens: readonly Token[], prints: Prints, depth: number): readonly string[] {
  const reader = { tokens, at: 0 };
  const keys: string[] = [];
  while (reader.at < tokens.length) keys.push(...keyText(reader, prints, depth));
  const sorted = sortedOnce(keys);
  return sorted.length > 1 ? sorted.filter((key) => key !== "ALL") : sorted;
}

interface KeyReader {
  readonly tokens: readonly Token[];
  at: number;
}

/** The next key; a list is all of its keys. */
function keyText(reader: KeyReader, prints: Prints, depth: number): readonly string[] {
  const token = reader.tokens[reader.at++];
  if (token === undefined) return [];
  if (depth > LIMITS.searchDepth) return [anyText(token, prints)];
  if (token.kind === "list") return keyTexts(token.items, prints, depth + 1);
  if (token.kind !== "atom") return [anyText(token, prints)];
  if (/^[\d*$]/.test(token.text)) return [setText(token.text)];
  const name = upperCase(token.text);
  const shape = KEYS.get(name) ?? NONE;
  const texts = shape.map((argument) => argumentText(argument, reader, prints, depth));
  return [[name, ...(name === "OR" ? texts.sort() : texts)].join(" ")];
}

function argumentText(argument: Argument, reader: KeyReader, prints: Prints, depth: number): string {
  if (argument === "key") {
    const keys = keyText(reader, prints, depth + 1);
    return keys.length === 1 && !keys[0]?.includes(" ") ? (keys[0] ?? "") : `(${keys.join(" ")})`;
  }
  const token = reader.tokens[reader.at++];
  if (token === undefined) return "";
  if (argument === "modSeq" && token.kind !== "list") return modSeqText(token, reader, prints);
  if (token.kind === "list") return anyText(token, prints);
  const text = stringOf(token, prints);
  switch (argument) {
    case "string":
      return caseless(token, prints);
    case "flag":
      return flagText(text);
    case "date":
      return monthText(text.replace(/^0(\d-)/, "$1"));
    case "set":
      return setText(text);
    case "number":
      return text.replace(/^0+(?=\d)/, "");
    default:
      return quoted(text);
  }
}

/** `MODSEQ [entry type] value` (RFC 7162 §3.1.5). */
function modSeqText(token: Exclude<Token, { kind: "list" }>, reader: KeyReader, prints: Prints): string {
  if (token.kind === "atom" && /^\d/.test(token.text)) return token.text;
  const rest = reader.tokens.slice(reader.at, reader.at + 2).map((each) => anyText(each, prints));
  reader.at += 2;
  return [caseless(token, prints), ...rest].join(" ");
}
