/**
 * The commands of a connection that are not completed yet, and what each of them waits for. Tags are looked up in the order
 * of the commands, because a client may reuse them (RFC 9051 §2.2.1).
 */

import { LIMITS } from "../base/limits.ts";
import type { CommandOrdinal, ContinuationReason } from "./event.ts";

export interface OpenCommand {
  readonly ordinal: CommandOrdinal;
  readonly tag: string;
  /** Upper case; "" where the line is no command to any server (a bad tag). */
  readonly name: string;
  /** Whether the line was `tag SP known-command`. */
  readonly known: boolean;
  /** False until its last octet was received. */
  received: boolean;
  /** Synchronizing literals that were announced, and those of them that got their continuation request. */
  announced: number;
  continued: number;
}

interface Expectation {
  readonly ordinal: CommandOrdinal;
  readonly reason: Exclude<ContinuationReason, "unexpected">;
}

/** The open commands of one tag, oldest first, from `next` on. */
interface TagQueue {
  commands: OpenCommand[];
  next: number;
}

/** What is done is swept out of a list once it has grown to this, so that each entry is moved a few times at most. */
const SWEEP = 64;

export class OpenCommands {
  private readonly byTag = new Map<string, TagQueue>();
  private readonly byOrdinal = new Map<CommandOrdinal, OpenCommand>();
  /** Not above the ordinal of any open command; ordinals follow each other, so it only ever goes up. */
  private oldestOrdinal: CommandOrdinal = 0;
  /** What may own the next `+`, oldest first (RFC 9051 §7.6); those of completed commands are dropped when they are met. */
  private expectations: Expectation[] = [];
  private nextExpectation = 0;
  private sweepAt = SWEEP;
  private readonly names = new Map<string, number>();
  private readonly recent: string[] = [];

  constructor(completed: readonly string[] = []) {
    this.recent.push(...completed);
  }

  /** Tags of commands that were completed a short while ago, in order. */
  completedTags(): readonly string[] {
    return [...this.recent];
  }

  /** Whether a command of this name is open. */
  hasNamed(name: string): boolean {
    return (this.names.get(name) ?? 0) > 0;
  }

  add(command: OpenCommand): void {
    if (this.byOrdinal.size >= LIMITS.openExchanges) this.forgetOldest();
    const sameTag = this.byTag.get(command.tag);
    if (sameTag === undefined) this.byTag.set(command.tag, { commands: [command], next: 0 });
    else sameTag.commands.push(command);
    if (this.byOrdinal.size === 0) this.oldestOrdinal = command.ordinal;
    this.byOrdinal.set(command.ordinal, command);
    this.names.set(command.name, (this.names.get(command.name) ?? 0) + 1);
  }

  get(ordinal: CommandOrdinal): OpenCommand | undefined {
    return this.byOrdinal.get(ordinal);
  }

  /** The oldest open command of a tag, case-sensitively. */
  withTag(tag: string): OpenCommand | undefined {
    const queue = this.byTag.get(tag);
    return queue?.commands[queue.next];
  }

  /** Whether a command with this tag was completed a short while ago. */
  wasCompleted(tag: string): boolean {
    return this.recent.includes(tag);
  }

  complete(command: OpenCommand): void {
    this.remove(command);
    this.recent.push(command.tag);
    if (this.recent.length > 64) this.recent.shift();
  }

  expect(ordinal: CommandOrdinal, reason: Expectation["reason"]): void {
    this.expectations.push({ ordinal, reason });
    if (this.expectations.length < this.sweepAt) return;
    this.expectations = this.expectations.slice(this.nextExpectation).filter((each) => this.isOpen(each));
    this.nextExpectation = 0;
    this.sweepAt = Math.max(SWEEP, 2 * this.expectations.length);
  }

  /** The owner of a continuation request. An authentication exchange may take any number of them. */
  takeExpectation(): Expectation | undefined {
    for (;;) {
      const next = this.expectations[this.nextExpectation];
      if (next === undefined) return undefined;
      const open = this.isOpen(next);
      if (!open || next.reason !== "sasl") this.nextExpectation++;
      if (open) return next;
    }
  }

  private isOpen({ ordinal }: Expectation): boolean {
    return this.byOrdinal.has(ordinal);
  }

  /** How many commands are open. */
  count(): number {
    return this.byOrdinal.size;
  }

  /** Forgets all of them: behind a change of the transport no answer belongs to what was said before it. */
  clear(): void {
    this.byTag.clear();
    this.byOrdinal.clear();
    this.names.clear();
    this.expectations = [];
    this.nextExpectation = 0;
    this.recent.length = 0;
  }

  private forgetOldest(): void {
    while (!this.byOrdinal.has(this.oldestOrdinal)) this.oldestOrdinal++;
    const command = this.byOrdinal.get(this.oldestOrdinal);
    if (command !== undefined) this.remove(command);
  }

  /** Removes a command, which is the oldest of its tag. */
  private remove(command: OpenCommand): void {
    this.byOrdinal.delete(command.ordinal);
    const left = (this.names.get(command.name) ?? 1) - 1;
    if (left === 0) this.names.delete(command.name);
    else this.names.set(command.name, left);
    const queue = this.byTag.get(command.tag);
    if (queue === undefined) return;
    queue.next++;
    if (queue.next === queue.commands.length) this.byTag.delete(command.tag);
    else if (queue.next >= SWEEP && queue.next * 2 > queue.commands.length) {
      queue.commands = queue.commands.slice(queue.next);
      queue.next = 0;
    }
  }
}
