/**
 * Tokens in short: as a person would write them, not as they came. Strings lose quotes they do not need, short literals
 * show as strings and long ones as their size, and what goes on for long ends in `…`.
 */
import { displayText, fromLatin1 } from "../base/octets.ts";
import type { Literal } from "../imap/frame.ts";
import type { UidSet } from "../imap/response.ts";
import type { ListToken, LiteralToken, Token } from "../imap/token.ts";
import { glance } from "./cells.ts";
import { groupDigits } from "./octets.ts";
import { isSafe } from "./safe.ts";

/** Items of a list that are shown. */
const ITEMS_SHOWN = 8;
/** Cells that a single atom or string may take. */
const ATOM_COLUMNS = 48;
/** Octets of a literal up to which it is shown as a string. */
const SHORT_LITERAL_OCTETS = 40;
const RANGES_SHOWN = 6;

/** How strings that stand for a name are to be read, by their octets: a mailbox in UTF-7 by its name. */
export type Names = ReadonlyMap<string, string>;
export const NO_NAMES: Names = new Map();

/** Tokens side by side. Stops once `columns` cells are surely filled, so that the cost is bounded by them. */
export function formatTokens(tokens: readonly Token[], names: Names, columns: number): string {
  return tokens.length === 0 ? "" : formatSome(tokens, names, { left: columns }, tokens.length).join(" ");
}

/** One token in short; see {@link formatTokens}. */
export function formatToken(token: Token, columns: number): string {
  return formatWithin(token, NO_NAMES, { left: columns });
}

/** Cells that may still be filled, shared by all levels of nesting. */
interface Room {
  left: number;
}

function formatSome(tokens: readonly Token[], names: Names, room: Room, most: number): string[] {
  const parts: string[] = [];
  for (const token of tokens) {
    if (parts.length === most || room.left < 0) break;
    parts.push(formatWithin(token, names, room));
  }
  return parts;
}

function formatWithin(token: Token, names: Names, room: Room): string {
  if (token.kind === "list") {
    room.left -= 2;
    return formatList(formatSome(token.items, names, room, ITEMS_SHOWN), token.items.length);
  }
  const text = formatLeaf(token, names);
  room.left -= text.length + 1;
  return text;
}

function formatLeaf(token: Exclude<Token, ListToken>, names: Names): string {
  switch (token.kind) {
    case "nil":
      return "NIL";
    case "atom":
      return formatName(token.text, names) ?? glance(readable(token.text), ATOM_COLUMNS);
    case "quoted":
      return formatName(token.text, names) ?? quoteWhereNeeded(readable(token.text));
    case "literal":
      return formatName(wholeText(token) ?? "", names) ?? formatLiteral(token.literal);
  }
}

/** `(a b …)`: the items that are shown, of `count` there are. */
export function formatList(shown: readonly string[], count = shown.length): string {
  const items = shown.slice(0, ITEMS_SHOWN);
  if (count > items.length) items.push("…");
  return `(${items.join(" ")})`;
}

/** `{30,000,000}`, `~{12}`; a short one that is whole and has no line ends as the string that it is. */
export function formatLiteral(literal: Literal): string {
  if (literal.octets <= SHORT_LITERAL_OCTETS && literal.head.length === literal.octets) {
    const text = displayText(literal.head);
    if (isSafe(text)) return quoteWhereNeeded(text);
  }
  return `${literal.literal8 ? "~" : ""}{${groupDigits(literal.octets)}}`;
}

/** A string as an atom where it can be one, else in quotes. */
export function quoteWhereNeeded(text: string): string {
  if (text !== "" && !/[\s"(){}\\]/.test(text) && text.toUpperCase() !== "NIL")
    return glance(text, ATOM_COLUMNS);
  return `"${glance(text.replace(/["\\]/g, "\\$&"), ATOM_COLUMNS)}"`;
}

/** `1:5,9,12:*`, with the first ranges only. */
export function formatSet(set: UidSet): string {
  const ranges = set
    .slice(0, RANGES_SHOWN)
    .map(({ from, to }) => (from === to ? String(from) : `${from}:${to}`));
  if (set.length > ranges.length) ranges.push("…");
  return ranges.join(",");
}

function formatName(raw: string, names: Names): string | undefined {
  const name = names.size === 0 ? undefined : names.get(raw);
  return name === undefined ? undefined : quoteWhereNeeded(name);
}

function wholeText(token: LiteralToken): string | undefined {
  return token.literal.head.length === token.literal.octets ? token.text : undefined;
}

/** Octets as ISO-8859-1 read as the UTF-8 that they mostly are. Only what can be shown is looked at. */
function readable(text: string): string {
  const looked = text.length > ATOM_COLUMNS * 8 ? text.slice(0, ATOM_COLUMNS * 8) : text;
  return /^[\x20-\x7e]*$/.test(looked) ? looked : displayText(fromLatin1(looked));
}
