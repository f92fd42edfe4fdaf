/**
 * Untagged data about the server and what a user may do there: NAMESPACE (RFC 2342 §5), ID (RFC 2971 §3.2), QUOTA (RFC 9208
 * §4.2), ACL (RFC 4314 §3), METADATA (RFC 5464 §4.4).
 */

import { readable } from "../base/octets.ts";
import type { Lexer } from "./lexer.ts";

import { readToken, readTokens } from "./read-token.ts";
import type { Namespace, QuotaResource, ResponseData } from "./response.ts";
import type { Token } from "./token.ts";
import {
  astring,
  blameToken,
  decimal,
  listItems,
  listItemsOrNil,
  mailbox,
  nstring,
  rawText,
  requiredToken,
} from "./token-value.ts";

/** `"QUOTA" SP quota-root-name SP "(" *(name SP usage SP limit) ")"`. */
export function quotaData(lexer: Lexer): ResponseData {
  const root = readable(astring(lexer, readToken(lexer), "The quota root"));
  const list = requiredToken(lexer, "The list of resources");
  const items = list === undefined ? [] : listItems(lexer, list, "The list of resources");
  const resources: QuotaResource[] = [];
  for (let i = 0; i < items.length; i += 3) {
    const name = items[i];
    if (name === undefined) break;
    resources.push({
      name: rawText(name),
      usage: decimal(lexer, items[i + 1], "The usage of a resource") ?? "",
      limit: decimal(lexer, items[i + 2], "The limit of a resource") ?? "",
    });
  }
  return { kind: "quota", root, resources };
}

/** `"QUOTAROOT" SP mailbox *(SP quota-root-name)`. */
export function quotaRootData(lexer: Lexer): ResponseData {
  const name = mailbox(lexer, readToken(lexer));
  return { kind: "quotaRoot", mailbox: name, roots: texts(readTokens(lexer)) };
}

function texts(tokens: readonly Token[]): string[] {
  return tokens.map((token) => readable(rawText(token)));
}

/** `"NAMESPACE" SP namespace SP namespace SP namespace`: personal, other users', shared. */
export function namespaceData(lexer: Lexer): ResponseData {
  return {
    kind: "namespace",
    personal: namespaces(lexer),
    otherUsers: namespaces(lexer),
    shared: namespaces(lexer),
  };
}

function namespaces(lexer: Lexer): Namespace[] {
  const token = requiredToken(lexer, "A namespace");
  if (token === undefined) return [];
  return listItemsOrNil(lexer, token, "A namespace").map((item) => {
    const [prefix, delimiter] = listItems(lexer, item, "A namespace");
    return {
      prefix: mailbox(lexer, prefix, "The prefix of a namespace").name,
      delimiter: delimiter === undefined ? null : nstring(lexer, delimiter, "The delimiter of a namespace"),
    };
  });
}

/** `"ID" SP ("(" *(string SP nstring) ")" / nil)`; the names of fields are kept as they stood. */
export function idData(lexer: Lexer): ResponseData {
  const token = requiredToken(lexer, "The list of fields");
  if (token === undefined || token.kind === "nil") return { kind: "id", fields: null };
  const fields = new Map<string, string | null>();
  const items = listItems(lexer, token, "The list of fields");
  for (let i = 0; i < items.length; i += 2) {
    const name = items[i];
    if (name === undefined) break;
    const key = nstring(lexer, name, "The name of a field");
    fields.set(key ?? "NIL", nstring(lexer, items[i + 1], "The value of a field"));
  }
  return { kind: "id", fields };
}

/** `"ACL" SP mailbox *(SP identifier SP rights)`. */
export function aclData(lexer: Lexer): ResponseData {
  const name = mailbox(lexer, readToken(lexer));
  const tokens = readTokens(lexer);
  const rights: (readonly [identifier: string, rights: string])[] = [];
  for (let i = 0; i < tokens.length; i += 2) {
    const identifier = astring(lexer, tokens[i], "The identifier");
    rights.push([readable(identifier), astring(lexer, tokens[i + 1], "The rights")]);
  }
  return { kind: "acl", mailbox: name, rights };
}

/** `"MYRIGHTS" SP mailbox SP rights`. */
export function myRightsData(lexer: Lexer): ResponseData {
  const name = mailbox(lexer, readToken(lexer));
  return { kind: "myRights", mailbox: name, rights: astring(lexer, readToken(lexer), "The rights") };
}

/** `"LISTRIGHTS" SP mailbox SP identifier SP rights *(SP rights)`. */
export function listRightsData(lexer: Lexer): ResponseData {
  return {
    kind: "listRights",
    mailbox: mailbox(lexer, readToken(lexer)),
    identifier: readable(astring(lexer, readToken(lexer), "The identifier")),
    rights: texts(readTokens(lexer)),
  };
}

/** `"METADATA" SP mailbox SP ("(" entry SP value *(SP entry SP value) ")" / entry *(SP entry))` (RFC 5464 §4.4). */
export function metadataData(lexer: Lexer): ResponseData {
  const name = mailbox(lexer, readToken(lexer));
  const first = requiredToken(lexer, "The list of entries");
  if (first === undefined) return { kind: "metadata", mailbox: name, entries: [] };
  if (first.kind !== "list") {
    const entries = texts([first, ...readTokens(lexer)]).map((entry) => ({ name: entry, value: undefined }));
    return { kind: "metadata", mailbox: name, entries };
  }
  const entries: { name: string; value: string | null | undefined }[] = [];
  for (let i = 0; i < first.items.length; i += 2) {
    const entry = first.items[i];
    const value = first.items[i + 1];
    if (entry === undefined) break;
    if (value === undefined) blameToken(lexer, "response-data-missing", "An entry has no value.", entry);
    entries.push({
      name: readable(rawText(entry)),
      value: value === undefined ? undefined : nstring(lexer, value, "The value of an entry"),
    });
  }
  return { kind: "metadata", mailbox: name, entries };
}
