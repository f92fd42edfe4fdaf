/**
 * Message data items as they are asked for and as they are answered, brought to one form, and what of them was delivered
 * for which message (RFC 9051 §6.4.5, §7.5.2).
 */
import { LIMITS } from "../base/limits.ts";
import type { FetchData } from "../imap/response.ts";
import { DATA_ITEMS } from "../vocabulary/data-items.ts";
import { dataItemEntry } from "../vocabulary/vocabulary.ts";

/** Items that a server may send of its own accord, so they prove no FETCH. */
const PUSHED_ITEMS: ReadonlySet<string> = new Set(["FLAGS", "UID", "MODSEQ"]);

/** Names that are their own normal form: nearly all that come. */
const PLAIN_ITEMS: ReadonlySet<string> = new Set(
  DATA_ITEMS.map(({ name }) => name).filter((name) => normalForm(name) === name),
);

/** Bits of a mask; further items are not followed. */
const FOLLOWED = 30;

/** The UID of the FETCH response itself, if it has one. */
export function uidOf(data: FetchData): number | undefined {
  for (const item of data.items) {
    if (item.name === "UID" && item.value.kind === "number") return Number(item.value.value);
  }
  return undefined;
}

/** The items of a response in normal form. */
export function answeredItems(data: FetchData): readonly string[] {
  return data.items.map((item) => normalItem(item.name));
}

/** Whether a server may send this item (in normal form) without having been asked. */
export function isPushedItem(item: string): boolean {
  return PUSHED_ITEMS.has(item);
}

/**
 * One form for the question and its answer: without `.PEEK`, with the origin of `<origin.octets>` only, and with the field
 * names of a section unquoted and sorted.
 */
export function normalItem(written: string): string {
  return PLAIN_ITEMS.has(written) ? written : normalForm(written);
}

function normalForm(written: string): string {
  let item = written.toUpperCase();
  if (item.startsWith("BODY.PEEK[")) item = `BODY[${item.slice("BODY.PEEK[".length)}`;
  else if (item.startsWith("BINARY.PEEK[")) item = `BINARY[${item.slice("BINARY.PEEK[".length)}`;
  else if (item === "RFC822.PEEK") return "RFC822";
  const section = item.indexOf("[");
  if (section === -1) {
    const parameters = item.search(/[ (]/);
    return parameters === -1 ? item : item.slice(0, parameters);
  }
  return sortedFields(item.replace(/<(\d+)\.\d+>$/, "<$1>"));
}

function sortedFields(item: string): string {
  const open = item.indexOf("(");
  const close = item.lastIndexOf(")");
  if (open === -1 || close < open) return item;
  const fields = item
    .slice(open + 1, close)
    .replaceAll('"', "")
    .split(/ +/);
  const kept = fields.filter((field) => field !== "").sort();
  return `${item.slice(0, open).trimEnd()} (${kept.join(" ")})${item.slice(close + 1)}`;
}

/** What a FETCH asked for, and what came of it. */
export interface FetchDelivery {
  /** In normal form, without duplicates. */
  readonly asked: readonly string[];
  readonly asks: (item: string) => boolean;
  /** Whether all of `items` were asked for, `UID` and `MODSEQ` aside, which come unasked (RFC 7162 §3.1.5). */
  readonly asksAll: (items: readonly string[]) => boolean;
  /** Whether nothing but FLAGS, UID and MODSEQ was asked for, so that the answer looks like a push. */
  readonly looksLikePush: boolean;
  /** What was asked and has not come yet for a message, by its slot or UID; undefined where that is not followed. */
  readonly missing: (message: number) => readonly string[] | undefined;
  readonly deliver: (message: number | undefined, items: readonly string[]) => void;
  /** The messages that got something, but not all that was asked for: message and items, at most `limit`. */
  readonly incomplete: (limit: number) => readonly (readonly [message: number, items: readonly string[]])[];
  /** Responses that were delivered. */
  readonly responses: () => number;
}

/** Follows at most LIMITS.messagesKept messages and the first items of a question; beyond that it knows nothing. */
export function fetchDelivery(written: readonly string[]): FetchDelivery {
  const asked = [...new Set(written.map(normalItem))];
  const bits = new Map<string, number>();
  let full = 0;
  for (const item of asked) {
    if (bits.size >= FOLLOWED) break;
    const bit = 1 << bits.size;
    bits.set(item, bit);
    // An item that no RFC names may have an answer of another name.
    if (dataItemEntry(item) !== undefined) full |= bit;
  }
  const delivered = new Map<number, number>();
  const names = new Set(asked);
  let responses = 0;

  function left(mask: number): readonly string[] {
    return asked.filter((item) => ((bits.get(item) ?? 0) & full & ~mask) !== 0);
  }

  const all = left(0);
  return {
    asked,
    asks: (item) => names.has(item),
    asksAll: (items) => items.every((item) => names.has(item) || item === "UID" || item === "MODSEQ"),
    looksLikePush: asked.length > 0 && asked.every(isPushedItem),
    missing: (message) => {
      const mask = delivered.get(message);
      if (mask !== undefined) return left(mask);
      return delivered.size >= LIMITS.messagesKept ? undefined : all;
    },
    deliver: (message, items) => {
      responses++;
      if (message === undefined) return;
      const before = delivered.get(message);
      if (before === undefined && delivered.size >= LIMITS.messagesKept) return;
      let mask = before ?? 0;
      for (const item of items) mask |= bits.get(item) ?? 0;
      if (mask !== before) delivered.set(message, mask);
    },
    incomplete: (limit) => {
      const found: [number, readonly string[]][] = [];
      for (const [message, mask] of delivered) {
        if ((full & ~mask) === 0) continue;
        found.push([message, left(mask)]);
        if (found.length >= limit) break;
      }
      return found;
    },
    responses: () => responses,
  };
}
