/** The fields of commands on sets of messages: FETCH, STORE, COPY, MOVE, EXPUNGE (RFC 9051 §6.4). */
import { upperCase } from "../imap/ascii-case.ts";
import type { Token } from "../imap/token.ts";
import { type FieldArguments, optionTexts } from "./field-arguments.ts";
import { anyText, flagText, quoted, sortedOnce, stringOf } from "./field-values.ts";

/** Words that stand for several items, outside parentheses only (RFC 9051 §6.4.5). */
const MACROS: ReadonlyMap<string, readonly string[]> = new Map([
  ["ALL", ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"]],
  ["FAST", ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]],
  ["FULL", ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"]],
]);

/** `FETCH set items [modifiers]`; an item by itself may have a list behind it (RFC 8970 §3.1), which then comes before these. */
export function fetchFields(args: FieldArguments): void {
  fetchFieldsOf(args, (items) => items);
}

/** UID FETCH answers with the UID whether it is asked for or not (RFC 9051 §6.4.9). */
export function uidFetchFields(args: FieldArguments): void {
  fetchFieldsOf(args, (items) => (items.length > 1 ? items.filter((item) => item !== "UID") : items));
}

function fetchFieldsOf(args: FieldArguments, chosen: (items: readonly string[]) => readonly string[]): void {
  args.addSet();
  const first = args.take();
  if (first === undefined) return;
  const items = first.kind === "list" ? [...first.items] : [first];
  const parameters = first.kind === "atom" && WITH_LIST.has(upperCase(first.text));
  const list = parameters ? args.takeList() : undefined;
  if (list !== undefined) items.push(list);
  const macro = first.kind === "atom" ? MACROS.get(upperCase(first.text)) : undefined;
  args.addMembers("items", chosen(macro ?? itemTexts(items, args)));
  addOptions(args, "modifiers");
}

/** Items that a list of their own may follow (RFC 8970 §3.1, RFC 5257 §4.3, RFC 1730 §6.4.5). */
const WITH_LIST: ReadonlySet<string> = new Set([
  "PREVIEW",
  "ANNOTATION",
  "RFC822.HEADER.LINES",
  "RFC822.HEADER.LINES.NOT",
]);

function itemTexts(items: readonly Token[], args: FieldArguments): readonly string[] {
  const texts: string[] = [];
  for (const item of items) {
    const last = texts.length - 1;
    if (item.kind === "list" && last >= 0) texts[last] += ` ${anyText(item, args.prints)}`;
    else texts.push(item.kind === "atom" ? itemText(item.text) : anyText(item, args.prints));
  }
  return texts;
}

/** An item as it is asked for: in capitals, the field names of a section sorted and without quotes. */
export function itemText(written: string): string {
  const item = upperCase(written);
  const section = item.indexOf("[");
  const open = section < 0 ? -1 : item.indexOf("(", section);
  const close = item.lastIndexOf(")");
  if (open < 0 || close < open) return item;
  const names = item
    .slice(open + 1, close)
    .replaceAll('"', "")
    .split(/ +/)
    .filter((name) => name !== "");
  return `${item.slice(0, open).trimEnd()} (${sortedOnce(names).join(" ")})${item.slice(close + 1)}`;
}

/** `STORE set [modifiers] item value` (RFC 9051 §6.4.6, RFC 4466 §2.5). */
export function storeFields(args: FieldArguments): void {
  args.addSet();
  addOptions(args, "modifiers");
  const item = args.take();
  if (item === undefined) return;
  const name = item.kind === "list" ? anyText(item, args.prints) : upperCase(stringOf(item, args.prints));
  args.add("item", name);
  const values = args.takeList()?.items ?? args.rest();
  if (/^[+-]?FLAGS/.test(name)) args.addMembers("flags", flagTexts(values, args));
  else
    args.addMembers(
      "values",
      name === "ANNOTATION" ? optionTexts(values, args.prints) : strings(values, args),
    );
}

export function flagTexts(items: readonly Token[], args: FieldArguments): readonly string[] {
  return items.map((item) =>
    item.kind === "list" ? anyText(item, args.prints) : flagText(stringOf(item, args.prints)),
  );
}

function strings(items: readonly Token[], args: FieldArguments): readonly string[] {
  return items.map((item) =>
    item.kind === "list" ? anyText(item, args.prints) : quoted(stringOf(item, args.prints)),
  );
}

/** COPY and MOVE. */
export function copyFields(args: FieldArguments): void {
  args.addSet();
  args.addMailbox("target");
}

/** Options in parentheses, if there are any. */
export function addOptions(args: FieldArguments, name: string): void {
  const list = args.takeList();
  if (list !== undefined && list.items.length > 0)
    args.addMembers(name, optionTexts(list.items, args.prints));
}
