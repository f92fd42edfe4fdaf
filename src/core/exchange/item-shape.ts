/**
 * The items of a FETCH response by their names alone. A listing answers for thousands of messages with the same items in the
 * same order: what follows from the names is found once, and whoever keeps more for a shape compares it by identity.
 */
import type { FetchItem } from "../imap/response.ts";
import { isPushedItem, normalItem } from "./fetch-items.ts";

export interface ItemShape {
  /** As they stood. */
  readonly names: readonly string[];
  /** In normal form. */
  readonly items: readonly string[];
  /** Those of `items` that no server sends unasked. */
  readonly proof: readonly string[];
  /** The response was not read to its end: what else was asked for may be in it. */
  readonly open: boolean;
}

/** The shape that came last: nearly always the next one, too. */
let last = shapeOfNames([], false);
/** Longer ones are not kept. */
const KEPT_ITEMS = 32;

/** The shape of a response that was read to its end. */
export function shapeOf(items: readonly FetchItem[]): ItemShape {
  if (isLast(items)) return last;
  const shape = shapeOfNames(
    items.map(({ name }) => name),
    false,
  );
  if (items.length <= KEPT_ITEMS) last = shape;
  return shape;
}

export function shapeOfNames(names: readonly string[], open: boolean): ItemShape {
  const items = names.map(normalItem);
  return { names, items, proof: items.filter((item) => !isPushedItem(item)), open };
}

function isLast(items: readonly FetchItem[]): boolean {
  const { names } = last;
  if (items.length !== names.length) return false;
  for (let i = 0; i < names.length; i++) if (items[i]?.name !== names[i]) return false;
  return true;
}
