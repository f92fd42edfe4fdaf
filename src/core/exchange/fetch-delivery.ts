/**
 * What a FETCH asked for, and what of it was delivered for which message (RFC 9051 §6.4.5).
 *
 * Theory of operation. Each item that was asked for has a bit, so what a message got is one number, and what is owed is the
 * rest. What the items of a response mean to this question is kept with their shape, which seldom changes.
 */
import { LIMITS } from "../base/limits.ts";
import { put } from "../base/short-list.ts";
import { dataItemEntry } from "../vocabulary/vocabulary.ts";
import { isPushedItem, normalItem } from "./fetch-items.ts";
import type { ItemShape } from "./item-shape.ts";

/** Bits of a mask; further items are not followed. */
const FOLLOWED = 30;

/** The items of a response against what was asked for. */
export interface Answer {
  /** The bits of its items, and of those that prove a FETCH. */
  readonly items: number;
  readonly proof: number;
  /** Whether all that prove a FETCH were asked for, and whether some were. */
  readonly provesAll: boolean;
  readonly provesSome: boolean;
  /** Whether all its items were asked for, `UID` and `MODSEQ` aside, which come unasked (RFC 7162 §3.1.5). */
  readonly askedAll: boolean;
}

export interface FetchDelivery {
  readonly answeredBy: (shape: ItemShape) => Answer;
  /** Whether nothing but FLAGS, UID and MODSEQ was asked for, so that the answer looks like a push. */
  readonly looksLikePush: boolean;
  /** The bits of what is still owed for a message, by its delivery key; undefined where that is not followed. */
  readonly owed: (message: number | undefined) => number | undefined;
  readonly deliver: (message: number | undefined, shape: ItemShape) => void;
  /** The messages that got something, but not all that was asked for: message and items, at most `limit`. */
  readonly incomplete: (limit: number) => readonly (readonly [message: number, items: readonly string[]])[];
  /** Responses that were delivered. */
  readonly responses: () => number;
}

/** Follows at most LIMITS.messagesKept messages and the first items of a question; beyond that it knows nothing. */
export function fetchDelivery(written: readonly string[]): FetchDelivery {
  const asked = new Set(written.map(normalItem));
  const bits = new Map<string, number>();
  let full = 0;
  for (const item of asked) {
    if (bits.size >= FOLLOWED) break;
    const bit = 1 << bits.size;
    bits.set(item, bit);
    // An item that no RFC names may have an answer of another name.
    if (dataItemEntry(item) !== undefined) full |= bit;
  }
  /** By delivery key. An array, because messages are mostly fetched in a row; where they are not, the engine makes a map of it. */
  const delivered: (number | undefined)[] = [undefined];
  let messages = 0;
  /** Messages of which something is owed still. */
  let inPart = 0;
  let responses = 0;
  let lastShape: ItemShape | undefined;
  let lastAnswer: Answer | undefined;

  function maskOf(items: readonly string[]): number {
    let mask = 0;
    for (const item of items) mask |= bits.get(item) ?? 0;
    return mask;
  }

  function answeredBy(shape: ItemShape): Answer {
    if (shape === lastShape && lastAnswer !== undefined) return lastAnswer;
    const { items, proof, open } = shape;
    lastShape = shape;
    lastAnswer = {
      items: open ? full : maskOf(items),
      proof: maskOf(proof),
      provesAll: proof.every((item) => asked.has(item)),
      provesSome: proof.some((item) => asked.has(item)),
      askedAll: items.every((item) => asked.has(item) || item === "UID" || item === "MODSEQ"),
    };
    return lastAnswer;
  }

  return {
    answeredBy,
    looksLikePush: asked.size > 0 && [...asked].every(isPushedItem),
    owed: (message) => {
      if (message === undefined) return undefined;
      const mask = delivered[message];
      if (mask !== undefined) return full & ~mask;
      return messages >= LIMITS.messagesKept ? undefined : full;
    },
    deliver: (message, shape) => {
      responses++;
      if (message === undefined) return;
      const before = delivered[message];
      if (before === undefined) {
        if (messages >= LIMITS.messagesKept) return;
        messages++;
      }
      const after = (before ?? 0) | answeredBy(shape).items;
      put(delivered, message, after);
      if (before !== undefined && (full & ~before) !== 0) inPart--;
      if ((full & ~after) !== 0) inPart++;
    },
    incomplete: (limit) => {
      const found: [number, readonly string[]][] = [];
      if (inPart === 0) return found;
      for (const key in delivered) {
        const mask = delivered[key];
        const owed = mask === undefined ? 0 : full & ~mask;
        if (owed === 0) continue;
        found.push([Number(key), [...asked].filter((item) => ((bits.get(item) ?? 0) & owed) !== 0)]);
        if (found.length >= limit) break;
      }
      return found;
    },
    responses: () => responses,
  };
}
