/** Commands on sets of messages: FETCH, STORE, COPY, MOVE, EXPUNGE (RFC 9051 §6.4). */
import { upperCase } from "./ascii-case.ts";
import type { CommandDetail } from "./command.ts";
import {
  type Arguments,
  invalid,
  nextToken,
  optionNames,
  takeAtomText,
  takeMailbox,
  takeOptionalList,
  takeSet,
  takeToken,
} from "./command-arguments.ts";
import type { Token } from "./token.ts";

/** Words that stand for several items, outside parentheses only (RFC 9051 §6.4.5). */
const MACROS: ReadonlyMap<string, readonly string[]> = new Map([
  ["ALL", ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"]],
  ["FAST", ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]],
  ["FULL", ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"]],
]);

/** Items that a list of their own may follow (RFC 8970 §3.1, RFC 5257 §4.3, RFC 1730 §6.4.5). */
const WITH_LIST = new Set(["PREVIEW", "ANNOTATION", "RFC822.HEADER.LINES", "RFC822.HEADER.LINES.NOT"]);

/** `FETCH set items [modifiers]` (RFC 9051 §6.4.5, RFC 4466 §2.4). */
export function parseFetch(args: Arguments): CommandDetail {
  const set = takeSet(args);
  const token = takeToken(args, "a message data item");
  const items = token === undefined ? [] : itemsOf(args, token);
  const modifiers = optionNames(takeOptionalList(args) ?? []);
  return { kind: "fetch", set, items, modifiers };
}

function itemsOf(args: Arguments, token: Token): readonly string[] {
  if (token.kind === "atom") {
    const name = upperCase(token.text);
    if (WITH_LIST.has(name)) takeOptionalList(args);
    return MACROS.get(name) ?? [name];
  }
  if (token.kind !== "list") return invalid(args, token, "a message data item") ?? [];
  if (token.items.length === 0) invalid(args, token, "a message data item");
  const items: string[] = [];
  for (const item of token.items) {
    if (item.kind === "atom") {
      const name = upperCase(item.text);
      items.push(name);
      if (MACROS.has(name)) invalid(args, item, "a message data item");
    } else if (item.kind !== "list" || !WITH_LIST.has(items.at(-1) ?? "")) {
      invalid(args, item, "a message data item");
    }
  }
  return items;
}

/** `STORE set [modifiers] item value` (RFC 9051 §6.4.6, RFC 4466 §2.5). */
export function parseStore(args: Arguments): CommandDetail {
  const set = takeSet(args);
  const modifiers = optionNames(takeOptionalList(args) ?? []);
  const item = upperCase(takeAtomText(args, "an item to change") ?? "");
  const isFlags = item !== "ANNOTATION";
  const value = nextToken(args);
  const flags: string[] = [];
  if (value?.kind === "list") {
    args.at++;
    if (isFlags) flags.push(...flagsOf(args, value.items));
  } else if (value === undefined) {
    takeToken(args, "a flag");
  } else {
    flags.push(...flagsOf(args, args.tokens.slice(args.at)));
    args.at = args.tokens.length;
  }
  return { kind: "store", set, item, silent: item.endsWith(".SILENT"), flags, modifiers };
}

/**
 * The flags of a list as they stood. Labels of Gmail may also be strings. A keyword is an atom, and a system flag one
 * with a backslash before it (RFC 9051 §9).
 */
export function flagsOf(args: Arguments, items: readonly Token[]): readonly string[] {
  const flags: string[] = [];
  const labels = args.name.endsWith("STORE");
  for (const item of items) {
    if (item.kind === "atom") {
      flags.push(item.text);
      if (!/^\\?[^\\(){%*"\]]+$/.test(item.text)) invalid(args, item, "a flag");
    } else if (labels && (item.kind === "quoted" || item.kind === "literal")) {
      flags.push(item.text);
    } else {
      invalid(args, item, "a flag");
    }
  }
  return flags;
}

/** COPY and MOVE: `set mailbox` (RFC 9051 §6.4.7, §6.4.8). */
export function parseCopy(args: Arguments): CommandDetail {
  const set = takeSet(args);
  const mailbox = takeMailbox(args);
  return mailbox === undefined ? { kind: "other" } : { kind: "copy", set, mailbox };
}

/** UID EXPUNGE: a UID set (RFC 4315 §2.1). */
export function parseUidExpunge(args: Arguments): CommandDetail {
  return { kind: "expunge", set: takeSet(args) };
}
