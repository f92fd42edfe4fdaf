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
}

/** The last ones, in a ring: `next` is where the next one goes, which is where the oldest one is. */
interface Ring {
  readonly tags: string[];
  readonly ordinals: CommandOrdinal[];
  readonly ids: ExchangeId[];
  next: number;
}

export function createFinishedExchanges(): FinishedExchanges {
  const last = createRing();
  /** Searches that asked for updates stay of interest for longer. */
  const updating = createRing();
  return {
    add: (exchange) => {
      put(last, exchange);
      const { detail } = exchange.command;
      if (detail.kind === "search" && detail.returns?.includes("UPDATE") === true) put(updating, exchange);
    },
    withOrdinal: (ordinal) => last.ids[last.ordinals.indexOf(ordinal)],
    withTag: (tag) => newest(last, tag) ?? newest(updating, tag),
  };
}

function createRing(): Ring {
  return { tags: [], ordinals: [], ids: [], next: 0 };
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
