/**
 * FETCH and UIDFETCH (RFC 9051 §7.5.2, RFC 9586 §3.3): names of items, each with its value.
 *
 *     msg-att = "(" name SP value *(SP name SP value) ")"
 *
 * Servers put parentheses around items, forget values, close the list before its last item and go on. So the list is read
 * item by item: parentheses where a name belongs are counted and passed over, and what follows the list is read on as
 * long as it looks like items.
 */
import { LIMITS } from "../base/limits.ts";
import { SP } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";
import { type Depth, fetchValue, isItemName, takePlainItem } from "./fetch-value.ts";
import { blame, END, type Lexer, LITERAL, peek, report, skipSpaces, textOf } from "./lexer.ts";
import { readToken, takeAtom } from "./read-token.ts";
import type { FetchData, FetchItem, FetchValue } from "./response.ts";

const OPEN = 0x28;
const CLOSE = 0x29;

/** Consumes the items of one message, up to the end of the frame. */
export function fetchData(lexer: Lexer, depth: Depth): FetchData {
  const items: FetchItem[] = [];
  skipSpaces(lexer);
  if (peek(lexer) === OPEN) {
    lexer.at++;
    lexer.depth++;
  } else {
    blame(lexer, "response-data-missing", "The list of items is missing.");
  }
  for (;;) {
    skipSpaces(lexer);
    const next = peek(lexer);
    if (next === END) break;
    if (next === OPEN) {
      report(lexer, "unbalanced", "A parenthesis stands where the name of an item belongs.");
      lexer.at++;
      lexer.depth++;
    } else if (next === CLOSE) {
      close(lexer);
    } else if (next === LITERAL || next === 0x22) {
      blame(lexer, "response-data-invalid", "A string stands where the name of an item belongs.");
      readToken(lexer);
    } else {
      if (lexer.depth === 0 && items.length > 0) {
        blame(lexer, "response-data-surplus", "An item stands behind the end of the list.");
      }
      const item = takeItem(lexer, depth);
      if (item !== undefined && items.length < LIMITS.listElements) items.push(item);
    }
  }
  if (lexer.depth > 0) {
    report(lexer, "unbalanced", "The list of items is not closed.");
    if (lexer.index > 0 && lexer.line.length === 0) {
      report(lexer, "literal", "The line ends right behind a literal although the list is open.");
    }
  }
  lexer.depth = 0;
  return { kind: "fetch", items };
}

function close(lexer: Lexer): void {
  if (lexer.depth === 0) report(lexer, "unbalanced", "A parenthesis is closed that was not opened.");
  else lexer.depth--;
  if (lexer.at > 0 && lexer.line[lexer.at - 1] === SP) {
    report(lexer, "space", "A space stands before a closing parenthesis.", lexer.at - 1);
  }
  lexer.at++;
}

function takeItem(lexer: Lexer, depth: Depth): FetchItem | undefined {
  const plain = takePlainItem(lexer, depth);
  if (plain !== undefined) return plain;
  let name = upperCase(takeAtom(lexer));
  if (name.endsWith(",")) {
    blame(lexer, "response-data-invalid", "A comma follows the name of an item.");
    name = name.slice(0, -1);
  }
  if (name === "NIL") {
    blame(lexer, "nil-unexpected", "NIL stands where the name of an item belongs.");
    return undefined;
  }
  if (valueIsMissing(lexer)) {
    blame(lexer, "response-data-missing", "An item is followed by the name of the next one.");
    return { name, value: emptyValue(name) };
  }
  return { name, value: fetchValue(lexer, name, depth) };
}

/** Whether the name of a known item stands where a value belongs. Values are seldom bare words, so this seldom looks. */
function valueIsMissing(lexer: Lexer): boolean {
  let at = lexer.at;
  while (at < lexer.limit && lexer.line[at] === SP) at++;
  const start = at;
  const first = (lexer.line[at] ?? 0) | 0x20;
  if (at >= lexer.limit || first < 0x61 || first > 0x7a || first === 0x6e) return false;
  while (at < lexer.limit && at < start + 16 && isNameOctet(lexer.line[at] ?? 0)) at++;
  const word = upperCase(textOf(lexer, start, at));
  return isItemName(lexer.line[at] === 0x5b ? `${word}[` : word);
}

function isNameOctet(octet: number): boolean {
  return octet > SP && octet !== OPEN && octet !== CLOSE && octet !== 0x5b;
}

/** What stands for the value of an item that has none. */
function emptyValue(name: string): FetchValue {
  if (name === "FLAGS" || name === "X-GM-LABELS") return { kind: "flags", flags: [] };
  if (/^(BODY\[|BINARY\[|RFC822($|\.[HT]))/.test(name)) return { kind: "octets", octets: 0, head: null };
  return { kind: "text", text: null };
}
