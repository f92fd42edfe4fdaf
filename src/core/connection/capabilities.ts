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
  readonly epoch: number;
}

export function createCapabilities(saved?: SavedCapabilities): Capabilities {
  let list = saved?.list;
  let learnedDuring: ExchangeId | undefined;
  let seenBefore = saved?.seenBefore ?? false;
  let epoch = saved?.epoch ?? 0;
  return {
    current: () => list,
    stale: () => list === undefined && seenBefore,
    epoch: () => epoch,
    learn: (names, during) => {
      list = new Set(names.map((name) => name.toUpperCase()));
      learnedDuring = during;
    },
    invalidate: (by) => {
      epoch++;
      if (list === undefined || (learnedDuring !== undefined && learnedDuring === by)) return;
      list = undefined;
      seenBefore = true;
    },
    offers: (...needed) => {
      if (list === undefined) return undefined;
      return needed.some((name) =>
        name.endsWith("=") ? startsWithOne(list, name) : list?.has(name) === true,
      );
    },
    valueOf: (name) => {
      for (const advertised of list ?? []) {
        if (advertised.startsWith(`${name}=`)) return advertised.slice(name.length + 1);
      }
      return undefined;
    },
    save: () => ({ list, seenBefore, epoch }),
  };
}

function startsWithOne(list: ReadonlySet<string> | undefined, prefix: string): boolean {
  for (const advertised of list ?? []) if (capabilitySatisfies(advertised, prefix)) return true;
  return false;
}
