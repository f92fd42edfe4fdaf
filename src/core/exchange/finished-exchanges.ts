/**
 * The exchanges that are over, as far as anything may still come that belongs to them: octets of a refused command, and late
 * results of a search (RFC 7888 §4, RFC 5267 §4.3). Writing one down costs next to nothing, since each command does;
 * looking one up goes through all that are remembered, since hardly a response does.
 */
import { LIMITS } from "../base/limits.ts";
import { written } from "../base/short-list.ts";
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

export function createFinishedExchanges(saved?: SavedExchanges): FinishedExchanges {
  return new TwoRings(saved);
}

class TwoRings implements FinishedExchanges {
  private readonly last: Ring;
  /** Searches that asked for updates stay of interest for longer. */
  private readonly updating: Ring;

  constructor(saved: SavedExchanges | undefined) {
    this.last = new Ring(saved?.last);
    this.updating = new Ring(saved?.updating);
  }

  add(exchange: OpenExchange): void {
    this.last.put(exchange);
    const { detail } = exchange.command;
    if (detail.kind === "search" && detail.returns?.includes("UPDATE") === true) this.updating.put(exchange);
  }

  withOrdinal(ordinal: CommandOrdinal): ExchangeId | undefined {
    return this.last.withOrdinal(ordinal);
  }

  withTag(tag: string): ExchangeId | undefined {
    return this.last.newest(tag) ?? this.updating.newest(tag);
  }

  save(): SavedExchanges {
    return { last: this.last.save(), updating: this.updating.save() };
  }
}

/** The last ones. */
class Ring {
  private tags: string[];
  private ordinals: CommandOrdinal[];
  private ids: ExchangeId[];
  /** Where the next one goes, which is where the oldest one is. */
  private next: number;

  constructor(saved: SavedRing | undefined) {
    this.ordinals = [...(saved?.ordinals ?? [])];
    this.tags = saved?.tags.split("\n", this.ordinals.length) ?? [];
    this.ids = this.ordinals.slice();
    this.next = this.ordinals.length % REMEMBERED;
  }

  put({ tag, ordinal, id }: OpenExchange): void {
    this.tags = written(this.tags, this.next, tag);
    this.ordinals = written(this.ordinals, this.next, ordinal);
    this.ids = written(this.ids, this.next, id);
    this.next = (this.next + 1) % REMEMBERED;
  }

  withOrdinal(ordinal: CommandOrdinal): ExchangeId | undefined {
    return this.ids[this.ordinals.indexOf(ordinal)];
  }

  newest(tag: string): ExchangeId | undefined {
    const { tags, next } = this;
    const before = next === 0 ? -1 : tags.lastIndexOf(tag, next - 1);
    return this.ids[before >= 0 ? before : tags.lastIndexOf(tag)];
  }

  save(): SavedRing {
    const { ordinals, tags, next } = this;
    return {
      ordinals: new Uint32Array([...ordinals.slice(next), ...ordinals.slice(0, next)]),
      tags: [...tags.slice(next), ...tags.slice(0, next)].join("\n"),
    };
  }
}
