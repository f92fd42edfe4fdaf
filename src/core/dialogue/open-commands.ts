/**
 * The commands of a connection that are not completed yet, and what each of them waits for. Tags are looked up in the order
 * of the commands, because a client may reuse them (RFC 9051 §2.2.1).
 */

import { ByOrdinal } from "../base/by-ordinal.ts";
import { LIMITS } from "../base/limits.ts";
import { latin1, spells } from "../base/octets.ts";
import { written } from "../base/short-list.ts";
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

/** Commands behind which the transport may change: whether one is open is asked for every line. */
export type TransportCommand = "STARTTLS" | "COMPRESS";

/** What is done is swept out of a list once it has grown to this, so that each entry is moved a few times at most. */
const SWEEP = 64;
/** So many open commands are looked through for a tag: in most connections there are never more. */
const FEW = 8;
/** Tags of completed commands that are remembered. */
const RECENT = 64;

export class OpenCommands {
  private readonly byOrdinal = new ByOrdinal<OpenCommand>();
  /** The oldest of each tag; kept from when there are many until there are none (by-ordinal.ts says why not always). */
  private byTag: Map<string, OpenCommand> | undefined;
  /** The later ones of tags that were reused. */
  private reused: Map<string, ByOrdinal<OpenCommand>> | undefined = undefined;
  /** What may own the next `+`, oldest first (RFC 9051 §7.6); those of completed commands are dropped when they are met. */
  private expectations: Expectation[] = [];
  private nextExpectation = 0;
  private sweepAt = SWEEP;
  private readonly transport: Record<TransportCommand, number> = { STARTTLS: 0, COMPRESS: 0 };
  /** In a ring: the oldest is where the next one goes. */
  private recent: string[];
  private completed = 0;

  constructor(completed: readonly string[] = []) {
    this.recent = completed.slice();
    this.completed = completed.length;
  }

  /** Tags of commands that were completed a short while ago, in order. */
  completedTags(): readonly string[] {
    const oldest = this.completed % RECENT;
    return [...this.recent.slice(oldest), ...this.recent.slice(0, oldest)];
  }

  /** Whether a command of this name is open. */
  hasNamed(name: TransportCommand): boolean {
    return this.transport[name] > 0;
  }

  add(command: OpenCommand): void {
    const oldest = this.byOrdinal.oldest();
    if (oldest !== undefined && this.byOrdinal.size >= LIMITS.openExchanges) this.remove(oldest);
    this.byOrdinal.add(command);
    if (this.byTag !== undefined) this.addTag(this.byTag, command);
    else if (this.byOrdinal.size > FEW) this.byTag = this.tags();
    if (isTransport(command.name)) this.transport[command.name]++;
  }

  private tags(): Map<string, OpenCommand> {
    const byTag = new Map<string, OpenCommand>();
    for (const command of this.byOrdinal) this.addTag(byTag, command);
    return byTag;
  }

  private addTag(byTag: Map<string, OpenCommand>, command: OpenCommand): void {
    const { tag } = command;
    if (!byTag.has(tag)) {
      byTag.set(tag, command);
      return;
    }
    this.reused ??= new Map();
    const later = this.reused.get(tag) ?? new ByOrdinal();
    later.add(command);
    this.reused.set(tag, later);
  }

  get(ordinal: CommandOrdinal): OpenCommand | undefined {
    return this.byOrdinal.get(ordinal);
  }

  /** The oldest open command of a tag, case-sensitively. */
  withTag(tag: string): OpenCommand | undefined {
    if (this.byOrdinal.size === 0) return undefined;
    return this.byTag === undefined
      ? this.byOrdinal.find((command) => command.tag === tag)
      : this.byTag.get(tag);
  }

  /** The same for a tag as it stands in a line: that of the oldest command, where a server answers in order. */
  withTagAt(line: Uint8Array, start: number, end: number): OpenCommand | undefined {
    const oldest = this.byOrdinal.oldest();
    if (oldest !== undefined && spells(line, start, end, oldest.tag)) return oldest;
    return this.withTag(latin1(line, start, end));
  }

  /** Whether a command with this tag was completed a short while ago. */
  wasCompleted(tag: string): boolean {
    return this.recent.includes(tag);
  }

  complete(command: OpenCommand): void {
    this.remove(command);
    this.recent = written(this.recent, this.completed++ % RECENT, command.tag);
  }

  expect(ordinal: CommandOrdinal, reason: Expectation["reason"]): void {
    this.expectations = written(this.expectations, this.expectations.length, { ordinal, reason });
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
    return this.byOrdinal.get(ordinal) !== undefined;
  }

  /** How many commands are open. */
  count(): number {
    return this.byOrdinal.size;
  }

  /** Forgets all of them: behind a change of the transport no answer belongs to what was said before it. */
  clear(): void {
    this.byTag = undefined;
    this.reused = undefined;
    this.byOrdinal.clear();
    this.transport.STARTTLS = this.transport.COMPRESS = 0;
    this.expectations = [];
    this.nextExpectation = 0;
    this.recent = [];
    this.completed = 0;
  }

  /** Removes a command, which is the oldest of its tag. */
  private remove({ ordinal, tag, name }: OpenCommand): void {
    this.byOrdinal.remove(ordinal);
    if (this.byOrdinal.size === 0) this.byTag = undefined;
    if (this.byTag !== undefined) this.removeTag(this.byTag, tag);
    if (isTransport(name)) this.transport[name]--;
  }

  private removeTag(byTag: Map<string, OpenCommand>, tag: string): void {
    const later = this.reused?.get(tag);
    const next = later?.oldest();
    if (next === undefined) byTag.delete(tag);
    else byTag.set(tag, next);
    if (next !== undefined) later?.remove(next.ordinal);
    if (later?.size === 0) this.reused?.delete(tag);
  }
}

function isTransport(name: string): name is TransportCommand {
  return name === "STARTTLS" || name === "COMPRESS";
}
