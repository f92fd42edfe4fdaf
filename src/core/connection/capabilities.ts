/**
 * The capabilities that the server advertises, with the epochs in which they hold: a list is void after STARTTLS and after
 * authentication, unless the very exchange that made it void brought a new one (RFC 9051 §6.1.1, §6.2.1, §6.2.2).
 */
import type { ExchangeId } from "../exchange/exchange.ts";
import { capabilitySatisfies } from "../vocabulary/vocabulary.ts";

export interface Capabilities {
  /** Of the current epoch, in upper case; `undefined` where none has been seen in it. */
  readonly current: () => ReadonlySet<string> | undefined;
  /** Whether a list of an earlier epoch was seen and none of this one. */
  readonly stale: () => boolean;
  /** Counts the times that lists became void. */
  readonly epoch: () => number;
  readonly learn: (names: readonly string[], during: ExchangeId | undefined) => void;
  /** The list is void as of the completion of this exchange. */
  readonly invalidate: (by: ExchangeId | undefined) => void;
  /** Whether one of the needed capabilities is advertised; `undefined` where no list is known. */
  readonly offers: (...needed: readonly string[]) => boolean | undefined;
  /** The value of `NAME=value`, if there is one. */
  readonly valueOf: (name: string) => string | undefined;
  /** Where no exchange is open. */
  readonly save: () => SavedCapabilities;
}

export interface SavedCapabilities {
  readonly list: ReadonlySet<string> | undefined;
  readonly seenBefore: boolean;
  readonly epochs: number;
}

export function createCapabilities(saved?: SavedCapabilities): Capabilities {
  return new CapabilityEpochs(saved);
}

class CapabilityEpochs implements Capabilities {
  private list: ReadonlySet<string> | undefined;
  private learnedDuring: ExchangeId | undefined = undefined;
  private seenBefore: boolean;
  private epochs: number;

  constructor(saved: SavedCapabilities | undefined) {
    this.list = saved?.list;
    this.seenBefore = saved?.seenBefore ?? false;
    this.epochs = saved?.epochs ?? 0;
  }

  save(): SavedCapabilities {
    const { list, seenBefore, epochs } = this;
    return { list, seenBefore, epochs };
  }

  current(): ReadonlySet<string> | undefined {
    return this.list;
  }

  stale(): boolean {
    return this.list === undefined && this.seenBefore;
  }

  epoch(): number {
    return this.epochs;
  }

  learn(names: readonly string[], during: ExchangeId | undefined): void {
    this.list = new Set(names.map((name) => name.toUpperCase()));
    this.learnedDuring = during;
  }

  invalidate(by: ExchangeId | undefined): void {
    this.epochs++;
    if (this.list === undefined || (this.learnedDuring !== undefined && this.learnedDuring === by)) return;
    this.list = undefined;
    this.seenBefore = true;
  }

  offers(...needed: readonly string[]): boolean | undefined {
    const { list } = this;
    if (list === undefined) return undefined;
    return needed.some((name) => (name.endsWith("=") ? startsWithOne(list, name) : list.has(name)));
  }

  valueOf(name: string): string | undefined {
    for (const advertised of this.list ?? []) {
      if (advertised.startsWith(`${name}=`)) return advertised.slice(name.length + 1);
    }
    return undefined;
  }
}

function startsWithOne(list: ReadonlySet<string>, prefix: string): boolean {
  for (const advertised of list) if (capabilitySatisfies(advertised, prefix)) return true;
  return false;
}
