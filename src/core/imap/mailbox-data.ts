/** Untagged data about mailboxes: LIST and its kin (RFC 9051 §7.3.1, RFC 5258 §6) and STATUS (RFC 9051 §7.3.4). */
import { SP } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import { isZero } from "./code-data.ts";
import { blame, END, type Lexer, peek, skipSpaces, textOf } from "./lexer.ts";
import { decodeMailbox } from "./mailbox-name.ts";
import { readToken } from "./read-token.ts";
import type { Mailbox, ResponseData } from "./response.ts";
import type { Token } from "./token.ts";
import {
  blameToken,
  decimalOf,
  isDigits,
  listFollows,
  listItems,
  mailbox,
  rawText,
  requiredToken,
} from "./token-value.ts";

/** `mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]` */
export function listing(lexer: Lexer): ResponseData {
  const attributes = attributesOf(lexer, requiredToken(lexer, "The list of attributes"));
  const delimiter = delimiterOf(lexer);
  const name = lastMailbox(lexer);
  const extended = listFollows(lexer) ? extendedData(lexer, readToken(lexer)) : new Map<string, Token>();
  return { kind: "list", attributes, delimiter, mailbox: name, extended };
}

function attributesOf(lexer: Lexer, token: Token | undefined): string[] {
  const attributes: string[] = [];
  const upper = new Set<string>();
  for (const item of token === undefined ? [] : listItems(lexer, token, "The list of attributes")) {
    if (item.kind === "nil") {
      blameToken(lexer, "nil-unexpected", "NIL stands among the attributes.", item);
      continue;
    }
    const text = rawText(item);
    if (item.kind !== "atom" || !text.startsWith("\\")) {
      blameToken(lexer, "flag-invalid", "An attribute is not a backslash and an atom.", item);
    }
    attributes.push(text);
    upper.add(upperCase(text));
  }
  if (upper.size < attributes.length) {
    blame(lexer, "list-attributes-contradict", "An attribute is repeated.", {
      offset: token?.start ?? 0,
      certainty: "likely",
    });
  }
  if (upper.has("\\HASCHILDREN") && (upper.has("\\HASNOCHILDREN") || upper.has("\\NOINFERIORS"))) {
    blameToken(lexer, "list-attributes-contradict", "\\HasChildren stands beside its contrary.", token);
  }
  if (upper.has("\\MARKED") && upper.has("\\UNMARKED")) {
    blameToken(lexer, "list-attributes-contradict", "\\Marked stands beside \\Unmarked.", token);
  }
  return attributes;
}

function delimiterOf(lexer: Lexer): string | null {
  skipSpaces(lexer);
  if (textOf(lexer, lexer.at, Math.min(lexer.at + 4, lexer.limit)) === '"\\" ') {
    blame(lexer, "quoted-invalid", "The hierarchy delimiter is a backslash that is not escaped.");
    lexer.at += 3;
    return "\\";
  }
  const token = requiredToken(lexer, "The hierarchy delimiter");
  if (token === undefined || token.kind === "nil") return null;
  const text = rawText(token);
  if (token.kind === "list" || token.kind === "atom" || text.length !== 1) {
    blameToken(lexer, "response-data-invalid", "The hierarchy delimiter is not one quoted character.", token);
  }
  return text === "" ? null : text;
}

/**
 * A mailbox name behind which only extended data may follow: a bare name that holds spaces or parentheses is taken up to
 * the end of the line.
 */
function lastMailbox(lexer: Lexer): Mailbox {
  skipSpaces(lexer);
  const from = lexer.at;
  const { index } = lexer;
  const token = readToken(lexer);
  const bare = token?.kind === "atom" || token?.kind === "nil";
  if (!bare || lexer.index !== index || peek(lexer) === END || (peek(lexer) === SP && listFollows(lexer))) {
    return mailbox(lexer, token);
  }
  let end = lexer.limit;
  while (end > from && lexer.line[end - 1] === SP) end--;
  if (end <= lexer.at) return mailbox(lexer, token);
  lexer.at = end;
  blameToken(
    lexer,
    "response-data-invalid",
    "A mailbox name with spaces or parentheses is not quoted.",
    token,
  );
  return decodeMailbox(textOf(lexer, from, end)).mailbox;
}

/** `"(" [tag SP value *(SP tag SP value)] ")"`; pairs in parentheses of their own are taken too (RFC 5258 §6). */
function extendedData(lexer: Lexer, token: Token | undefined): Map<string, Token> {
  const extended = new Map<string, Token>();
  const items = listItems(lexer, token, "The extended data");
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item?.kind === "list") {
      const [name, value] = item.items;
      if (name !== undefined && value !== undefined) extended.set(upperCase(rawText(name)), value);
      blameToken(lexer, "response-data-invalid", "Extended data stand in parentheses of their own.", item);
      continue;
    }
    const value = items[++i];
    if (item === undefined) break;
    if (value === undefined) blameToken(lexer, "response-data-missing", "Extended data have no value.", item);
    else extended.set(upperCase(rawText(item)), value);
  }
  return extended;
}

/** `STATUS mailbox "(" [status-att-list] ")"`. */
export function statusData(lexer: Lexer): ResponseData {
  skipSpaces(lexer);
  const from = lexer.at;
  const first = readToken(lexer);
  let name = mailbox(lexer, first);
  if (first !== undefined && !listFollows(lexer) && peek(lexer) === SP && lexer.index === 0) {
    blameToken(lexer, "response-data-invalid", "A mailbox name with spaces is not quoted.", first);
    while (!listFollows(lexer)) if (readToken(lexer) === undefined) break;
    let end = lexer.at;
    while (end > from && lexer.line[end - 1] === SP) end--;
    if (lexer.index === 0) name = decodeMailbox(textOf(lexer, from, end)).mailbox;
  }
  const token = requiredToken(lexer, "The list of items");
  return { kind: "status", mailbox: name, items: statusItems(lexer, token) };
}

function statusItems(lexer: Lexer, token: Token | undefined): Map<string, string> {
  const values = new Map<string, string>();
  if (token === undefined) return values;
  const items = listItems(lexer, token, "The list of items");
  for (let i = 0; i + 1 < items.length; i += 2) {
    const item = items[i];
    const value = items[i + 1];
    if (item === undefined || value === undefined) break;
    const name = upperCase(rawText(item));
    values.set(name, statusValue(lexer, name, value));
  }
  if (items.length % 2 !== 0) {
    blameToken(lexer, "response-data-missing", "The last item has no value.", items[items.length - 1]);
  }
  return values;
}

/** Items that are numbers (RFC 9051 §7.3.4, RFC 7162 §3.1.2.1, RFC 9208 §4.1.4). */
const NUMBERS = new Set([
  "MESSAGES",
  "RECENT",
  "UIDNEXT",
  "UIDVALIDITY",
  "UNSEEN",
  "DELETED",
  "SIZE",
  "HIGHESTMODSEQ",
  "DELETED-STORAGE",
]);

function statusValue(lexer: Lexer, name: string, value: Token): string {
  const text = rawText(value);
  if (!NUMBERS.has(name)) return text;
  if (value.kind !== "atom" || !isDigits(text)) {
    blameToken(lexer, "number-invalid", `The value of ${name} is no number of digits alone.`, value);
    return decimalOf(text) ?? text;
  }
  if ((name === "UIDVALIDITY" || name === "UIDNEXT") && isZero(text)) {
    blameToken(lexer, "uidvalidity-invalid", `${name} is 0.`, value);
  }
  return text;
}
