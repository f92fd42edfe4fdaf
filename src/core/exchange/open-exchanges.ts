/** The open exchanges of a connection, found by ordinal, tag and name. */
import { ByOrdinal } from "../base/by-ordinal.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import { CANDIDATES, type OpenExchange } from "./open-exchange.ts";

/** Answers of `named` that are remembered. */
const REMEMBERED = 8;
/** Names for which a group is kept while none of that name is open: the next command most likely has one of them. */
const NAMES_KEPT = 16;

type Group = ByOrdinal<OpenExchange>;

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
  const all: Group = new ByOrdinal();
  const byName = new Map<string, Group>();
  /** Made when a tag is asked for, which only the results of a search bring about. */
  let byTag: Map<string, Group> | undefined;
  /**
   * What was asked of `named` since an exchange came or went, and what it answered: each response asks the same few questions
   * again. Lists, because a map that is cleared again and again is a burden to the collector (by-ordinal.ts).
   */
  let questions: (readonly string[])[] = [];
  let answers: (readonly OpenExchange[])[] = [];

  function forgetAnswers(): void {
    if (questions.length === 0) return;
    questions = [];
    answers = [];
  }

  function named(names: readonly string[]): readonly OpenExchange[] {
    const found: OpenExchange[] = [];
    for (const name of names) {
      const group = byName.get(name);
      if (group === undefined || group.size === 0) continue;
      let taken = 0;
      for (const exchange of group) {
        found.push(exchange);
        if (++taken >= CANDIDATES) break;
      }
    }
    if (found.length > 1) found.sort((a, b) => a.ordinal - b.ordinal);
    if (questions.length < REMEMBERED) {
      questions.push(names);
      answers.push(found);
    }
    return found;
  }

  function groupsByTag(): Map<string, Group> {
    const groups = new Map<string, Group>();
    for (const exchange of all) addTo(groups, exchange.tag, exchange);
    return groups;
  }

  return {
    count: () => all.size,
    get: (ordinal) => all.get(ordinal),
    oldest: () => all.oldest(),
    withTag: (tag) => {
      byTag ??= groupsByTag();
      return byTag.get(tag)?.oldest();
    },
    named: (names) => answers[questions.indexOf(names)] ?? named(names),
    has: (name) => (byName.get(name)?.size ?? 0) > 0,
    all: () => all,
    add: (exchange) => {
      forgetAnswers();
      all.add(exchange);
      addTo(byName, exchange.commandName, exchange);
      if (byTag !== undefined) addTo(byTag, exchange.tag, exchange);
    },
    remove: (exchange) => {
      forgetAnswers();
      all.remove(exchange.ordinal);
      removeFrom(byName, exchange.commandName, exchange, NAMES_KEPT);
      if (byTag !== undefined) removeFrom(byTag, exchange.tag, exchange, 0);
    },
  };
}

function addTo(groups: Map<string, Group>, key: string, exchange: OpenExchange): void {
  let group = groups.get(key);
  if (group === undefined) {
    group = new ByOrdinal();
    groups.set(key, group);
  }
  group.add(exchange);
}

function removeFrom(groups: Map<string, Group>, key: string, exchange: OpenExchange, kept: number): void {
  const group = groups.get(key);
  group?.remove(exchange.ordinal);
  if (group?.size === 0 && groups.size > kept) groups.delete(key);
}
