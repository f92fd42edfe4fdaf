/** The open exchanges of a connection, found by ordinal, tag and name. */
import { ByOrdinal } from "../base/by-ordinal.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { ExchangeId } from "./exchange.ts";
import { CANDIDATES, type OpenExchange } from "./open-exchange.ts";

/** Answers of `named` that are remembered. */
const REMEMBERED = 8;
/** So many are looked through for a name: in most connections there are never more. */
const FEW = 8;

type Group = ByOrdinal<OpenExchange>;

export interface OpenExchanges {
  readonly count: () => number;
  readonly get: (ordinal: CommandOrdinal) => OpenExchange | undefined;
  /** All may be looked at. */
  readonly withId: (id: ExchangeId) => OpenExchange | undefined;
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
  return new OrderedExchanges();
}

class OrderedExchanges implements OpenExchanges {
  private readonly inOrder: Group = new ByOrdinal();
  /** Kept from when there are many until there are none (by-ordinal.ts says why not always). */
  private byName: Map<string, Group> | undefined = undefined;
  /** Made when a tag is asked for, which only the results of a search bring about. */
  private byTag: Map<string, Group> | undefined = undefined;
  /**
   * What was asked of `named` since an exchange came or went, and what it answered: each response asks the same few questions
   * again. Lists, because a map that is cleared again and again is a burden to the collector (by-ordinal.ts).
   */
  private questions: (readonly string[])[] = [];
  private answers: (readonly OpenExchange[])[] = [];

  count(): number {
    return this.inOrder.size;
  }

  get(ordinal: CommandOrdinal): OpenExchange | undefined {
    return this.inOrder.get(ordinal);
  }

  withId(id: ExchangeId): OpenExchange | undefined {
    return this.inOrder.find((exchange) => exchange.id === id);
  }

  oldest(): OpenExchange | undefined {
    return this.inOrder.oldest();
  }

  withTag(tag: string): OpenExchange | undefined {
    this.byTag ??= this.groupsBy("tag");
    return this.byTag.get(tag)?.oldest();
  }

  named(names: readonly string[]): readonly OpenExchange[] {
    const known = this.answers[this.questions.indexOf(names)];
    if (known !== undefined) return known;
    const found = this.byName === undefined ? this.amongFew(names) : inGroups(this.byName, names);
    if (this.questions.length < REMEMBERED) {
      this.questions.push(names);
      this.answers.push(found);
    }
    return found;
  }

  has(name: string): boolean {
    if (this.byName !== undefined) return this.byName.has(name);
    return this.inOrder.find(({ commandName }) => commandName === name) !== undefined;
  }

  all(): Iterable<OpenExchange> {
    return this.inOrder;
  }

  add(exchange: OpenExchange): void {
    this.forgetAnswers();
    this.inOrder.add(exchange);
    if (this.byName !== undefined) addTo(this.byName, exchange.commandName, exchange);
    else if (this.inOrder.size > FEW) this.byName = this.groupsBy("commandName");
    if (this.byTag !== undefined) addTo(this.byTag, exchange.tag, exchange);
  }

  remove(exchange: OpenExchange): void {
    this.forgetAnswers();
    this.inOrder.remove(exchange.ordinal);
    if (this.inOrder.size === 0) this.byName = undefined;
    if (this.byName !== undefined) removeFrom(this.byName, exchange.commandName, exchange);
    if (this.byTag !== undefined) removeFrom(this.byTag, exchange.tag, exchange);
  }

  private amongFew(names: readonly string[]): readonly OpenExchange[] {
    const found: OpenExchange[] = [];
    for (const exchange of this.inOrder) if (names.includes(exchange.commandName)) found.push(exchange);
    return found;
  }

  private groupsBy(key: "tag" | "commandName"): Map<string, Group> {
    const groups = new Map<string, Group>();
    for (const exchange of this.inOrder) addTo(groups, exchange[key], exchange);
    return groups;
  }

  private forgetAnswers(): void {
    if (this.questions.length === 0) return;
    this.questions = [];
    this.answers = [];
  }
}

function inGroups(groups: ReadonlyMap<string, Group>, names: readonly string[]): readonly OpenExchange[] {
  const found: OpenExchange[] = [];
  for (const name of names) {
    let taken = 0;
    for (const exchange of groups.get(name) ?? []) {
      found.push(exchange);
      if (++taken >= CANDIDATES) break;
    }
  }
  return found.sort((a, b) => a.ordinal - b.ordinal);
}

function addTo(groups: Map<string, Group>, key: string, exchange: OpenExchange): void {
  let group = groups.get(key);
  if (group === undefined) {
    group = new ByOrdinal();
    groups.set(key, group);
  }
  group.add(exchange);
}

function removeFrom(groups: Map<string, Group>, key: string, exchange: OpenExchange): void {
  const group = groups.get(key);
  group?.remove(exchange.ordinal);
  if (group?.size === 0) groups.delete(key);
}
