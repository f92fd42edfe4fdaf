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
}

/** The shape that came last: nearly always the next one, too. */
let last: ItemShape = { names: [], items: [], proof: [] };
/** Longer ones are not kept. */
const KEPT_ITEMS = 32;

export function shapeOf(items: readonly FetchItem[]): ItemShape {
  if (isLast(items)) return last;
  const names = items.map(({ name }) => name);
  const normal = names.map(normalItem);
  const shape = { names, items: normal, proof: normal.filter((item) => !isPushedItem(item)) };
  if (names.length <= KEPT_ITEMS) last = shape;
  return shape;
}

function isLast(items: readonly FetchItem[]): boolean {
  const { names } = last;
  if (items.length !== names.length) return false;
  for (let i = 0; i < names.length; i++) if (items[i]?.name !== names[i]) return false;
  return true;
}
