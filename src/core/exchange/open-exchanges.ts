/** The open exchanges of a connection, found by ordinal, tag and name; everything but a walk over all of them is O(1). */
import type { CommandOrdinal } from "../dialogue/event.ts";
import { CANDIDATES, type OpenExchange } from "./open-exchange.ts";

/** Answers of `named` that are remembered. */
const REMEMBERED = 64;

/** Exchanges by ordinal, which is also their age. */
type Group = Map<CommandOrdinal, OpenExchange>;

export interface OpenExchanges {
  readonly count: () => number;
  readonly get: (ordinal: CommandOrdinal) => OpenExchange | undefined;
  readonly oldest: () => OpenExchange | undefined;
  /** The oldest one with this tag, case-sensitively. */
  readonly withTag: (tag: string) => OpenExchange | undefined;
  /** Those of these command names, oldest first; of each name at most CANDIDATES. Quick for lists that are constants. */
  readonly named: (names: readonly string[]) => readonly OpenExchange[];
  readonly has: (name: string) => boolean;
  /** All, oldest first. */
  readonly all: () => Iterable<OpenExchange>;
  readonly add: (exchange: OpenExchange) => void;
  readonly remove: (exchange: OpenExchange) => void;
}

export function createOpenExchanges(): OpenExchanges {
  const byOrdinal: Group = new Map();
  const byTag = new Map<string, Group>();
  const byName = new Map<string, Group>();
  /** What `named` answered since an exchange came or went: each response asks the same questions again. */
  const answers = new Map<readonly string[], readonly OpenExchange[]>();

  function addTo(groups: Map<string, Group>, key: string, exchange: OpenExchange): void {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, new Map([[exchange.ordinal, exchange]]));
    else group.set(exchange.ordinal, exchange);
  }

  function removeFrom(groups: Map<string, Group>, key: string, exchange: OpenExchange): void {
    const group = groups.get(key);
    group?.delete(exchange.ordinal);
    if (group?.size === 0) groups.delete(key);
  }

  function named(names: readonly string[]): readonly OpenExchange[] {
    const found: OpenExchange[] = [];
    for (const name of names) {
      let taken = 0;
      for (const exchange of byName.get(name)?.values() ?? []) {
        found.push(exchange);
        if (++taken >= CANDIDATES) break;
      }
    }
    if (found.length > 1) found.sort((a, b) => a.ordinal - b.ordinal);
    if (answers.size < REMEMBERED) answers.set(names, found);
    return found;
  }

  return {
    count: () => byOrdinal.size,
    get: (ordinal) => byOrdinal.get(ordinal),
    oldest: () => first(byOrdinal),
    withTag: (tag) => first(byTag.get(tag)),
    named: (names) => answers.get(names) ?? named(names),
    has: (name) => byName.has(name),
    all: () => byOrdinal.values(),
    add: (exchange) => {
      answers.clear();
      byOrdinal.set(exchange.ordinal, exchange);
      addTo(byTag, exchange.tag, exchange);
      addTo(byName, exchange.commandName, exchange);
    },
    remove: (exchange) => {
      answers.clear();
      byOrdinal.delete(exchange.ordinal);
      removeFrom(byTag, exchange.tag, exchange);
      removeFrom(byName, exchange.commandName, exchange);
    },
  };
}

function first(group: Group | undefined): OpenExchange | undefined {
  if (group === undefined) return undefined;
  for (const exchange of group.values()) return exchange;
  return undefined;
}
