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

export class OpenCommands {
  private readonly byTag = new Map<string, OpenCommand[]>();
  private readonly byOrdinal = new Map<CommandOrdinal, OpenCommand>();
  /** What may own the next `+`, oldest first (RFC 9051 §7.6). */
  private expectations: Expectation[] = [];
  private readonly names = new Map<string, number>();
  private readonly recent: string[] = [];

  /** Whether a command of this name is open. */
  hasNamed(name: string): boolean {
    return (this.names.get(name) ?? 0) > 0;
  }

  add(command: OpenCommand): void {
    if (this.byOrdinal.size >= LIMITS.openExchanges) this.forgetOldest();
    const sameTag = this.byTag.get(command.tag);
    if (sameTag === undefined) this.byTag.set(command.tag, [command]);
    else sameTag.push(command);
    this.byOrdinal.set(command.ordinal, command);
    this.names.set(command.name, (this.names.get(command.name) ?? 0) + 1);
  }

  get(ordinal: CommandOrdinal): OpenCommand | undefined {
    return this.byOrdinal.get(ordinal);
  }

  /** The oldest open command of a tag, case-sensitively. */
  withTag(tag: string): OpenCommand | undefined {
    return this.byTag.get(tag)?.[0];
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
  }

  /** The owner of a continuation request. An authentication exchange may take any number of them. */
  takeExpectation(): Expectation | undefined {
    const [first] = this.expectations;
    if (first !== undefined && first.reason !== "sasl") this.expectations.shift();
    return first;
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
    this.recent.length = 0;
  }

  private forgetOldest(): void {
    for (const command of this.byOrdinal.values()) {
      this.remove(command);
      return;
    }
  }

  private remove(command: OpenCommand): void {
    this.byOrdinal.delete(command.ordinal);
    const left = (this.names.get(command.name) ?? 1) - 1;
    if (left === 0) this.names.delete(command.name);
    else this.names.set(command.name, left);
    const rest = (this.byTag.get(command.tag) ?? []).filter((other) => other !== command);
    if (rest.length === 0) this.byTag.delete(command.tag);
    else this.byTag.set(command.tag, rest);
    if (this.expectations.length > 0) {
      this.expectations = this.expectations.filter((expectation) => expectation.ordinal !== command.ordinal);
    }
  }
}
