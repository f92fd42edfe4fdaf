/**
 * The exchanges that are over, as far as anything may still come that belongs to them: octets of a refused command, and late
 * results of a search (RFC 7888 §4, RFC 5267 §4.3). Writing one down costs next to nothing, since each command does;
 * looking one up goes through all that are remembered, since hardly a response does.
 */
import { LIMITS } from "../base/limits.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { ExchangeId } from "./exchange.ts";
import type { OpenExchange } from "./open-exchange.ts";

/** Finished exchanges that are remembered. */
const REMEMBERED = LIMITS.responsesKept;

export interface FinishedExchanges {
  readonly add: (exchange: OpenExchange) => void;
  readonly withOrdinal: (ordinal: CommandOrdinal) => ExchangeId | undefined;
  /** The last one of a tag. */
  readonly withTag: (tag: string) => ExchangeId | undefined;
  readonly save: () => SavedExchanges;
}

export interface SavedExchanges {
  readonly last: SavedRing;
  readonly updating: SavedRing;
}

/**
 * Oldest first. Exchanges are named by the ordinals of their commands, which are their ids where the connection alone is
 * numbered. There are many of these, so they are small.
 */
interface SavedRing {
  readonly ordinals: Uint32Array;
  /** With line feeds between them, which no tag can hold. */
  readonly tags: string;
}

/** The last ones, in a ring: `next` is where the next one goes, which is where the oldest one is. */
interface Ring {
  readonly tags: string[];
  readonly ordinals: CommandOrdinal[];
  readonly ids: ExchangeId[];
  next: number;
}

export function createFinishedExchanges(saved?: SavedExchanges): FinishedExchanges {
  const last = createRing(saved?.last);
  /** Searches that asked for updates stay of interest for longer. */
  const updating = createRing(saved?.updating);
  return {
    add: (exchange) => {
      put(last, exchange);
      const { detail } = exchange.command;
      if (detail.kind === "search" && detail.returns?.includes("UPDATE") === true) put(updating, exchange);
    },
    withOrdinal: (ordinal) => last.ids[last.ordinals.indexOf(ordinal)],
    withTag: (tag) => newest(last, tag) ?? newest(updating, tag),
    save: () => ({ last: savedRing(last), updating: savedRing(updating) }),
  };
}

function createRing(saved?: SavedRing): Ring {
  const ordinals = [...(saved?.ordinals ?? [])];
  const tags = saved?.tags.split("\n", ordinals.length) ?? [];
  return { tags, ordinals, ids: [...ordinals], next: ordinals.length % REMEMBERED };
}

function savedRing({ tags, ordinals, next }: Ring): SavedRing {
  return {
    ordinals: new Uint32Array([...ordinals.slice(next), ...ordinals.slice(0, next)]),
    tags: [...tags.slice(next), ...tags.slice(0, next)].join("\n"),
  };
}

function put(ring: Ring, { tag, ordinal, id }: OpenExchange): void {
  ring.tags[ring.next] = tag;
  ring.ordinals[ring.next] = ordinal;
  ring.ids[ring.next] = id;
  ring.next = (ring.next + 1) % REMEMBERED;
}

function newest({ tags, ids, next }: Ring, tag: string): ExchangeId | undefined {
  const before = next === 0 ? -1 : tags.lastIndexOf(tag, next - 1);
  return ids[before >= 0 ? before : tags.lastIndexOf(tag)];
}
