/** One client of a capture, played against a real server. */
import { setTimeout as delay } from "node:timers/promises";
import { concat, utf8 } from "../core/base/octets.ts";
import type { Micros } from "../core/base/time.ts";
import type { ClientConnection, ClientStep, CommandPart, IdlePart } from "../core/replay/as-client-script.ts";
import { type Completion, Conversation } from "./conversation.ts";
import { type ReplayClientOptions, ServerAccess } from "./server-access.ts";
import type { StepOrder } from "./step-order.ts";

/** After these nothing is sent until they are answered: what follows depends on the answer. */
const ALONE = new Set(["STARTTLS", "COMPRESS", "LOGIN", "AUTHENTICATE", "UNAUTHENTICATE", "IDLE", "LOGOUT"]);

export interface PlayedClientHandlers {
  /** Told in a sentence what was not sent, or did not come. */
  readonly note: (text: string) => void;
  readonly leaveOut: (step: ClientStep) => void;
}

export class PlayedClient {
  private readonly wanted: ClientConnection;
  private readonly order: StepOrder;
  private readonly options: ReplayClientOptions;
  private readonly tell: PlayedClientHandlers;
  private readonly talk: Conversation;
  private readonly access: ServerAccess;
  /** Steps that were answered, or left out. */
  private readonly answered = new Set<ClientStep>();

  constructor(
    wanted: ClientConnection,
    order: StepOrder,
    options: ReplayClientOptions,
    tell: PlayedClientHandlers,
  ) {
    const { clock, timeoutMs, emit } = options;
    this.wanted = wanted;
    this.order = order;
    this.options = options;
    this.tell = tell;
    this.talk = new Conversation({ connection: wanted.connection, clock, timeoutMs, emit });
    this.access = new ServerAccess(this.talk, options);
  }

  /** Gives why it failed. */
  async play(): Promise<string | undefined> {
    const { talk, options } = this;
    const { openAfter, gapMicros, steps } = this.wanted;
    await this.order.until(openAfter);
    await this.think(gapMicros);
    const stop = (): void => talk.fail("it was stopped");
    options.signal.addEventListener("abort", stop);
    try {
      const failure = await this.access.open();
      if (failure !== undefined) return failure;
      await talk.until(() => talk.greeting !== undefined);
      const pending: Promise<void>[] = [];
      for (const step of steps) {
        await this.order.until(step.after);
        await this.think(step.gapMicros);
        if (talk.closed) break;
        await this.send(step);
        const over = this.complete(step);
        pending.push(over);
        if (ALONE.has(step.name)) await over;
      }
      await Promise.all(pending);
      const lacks = steps.some((step) => step.rank !== undefined && !this.answered.has(step));
      return talk.failure ?? (lacks ? "the server closed the connection" : undefined);
    } finally {
      options.signal.removeEventListener("abort", stop);
      talk.end("client", "all was said");
    }
  }

  /** Waits as the recorded client did, where that is wanted. */
  private async think(gapMicros: Micros): Promise<void> {
    const { longestGapMs, signal } = this.options;
    if (longestGapMs === undefined || signal.aborted) return;
    await delay(Math.min(longestGapMs, gapMicros / 1000), undefined, { signal }).catch(() => {});
  }

  private async send(step: ClientStep): Promise<void> {
    const { talk } = this;
    talk.forget(step.tag);
    if (step.name === "LOGIN" || step.name === "AUTHENTICATE") {
      if (step.status === "OK" || this.options.refusedLogins === true) await this.access.logIn(step);
      else this.skip(step, "it was refused when it was recorded, and a wrong secret may lock the account");
    } else if (step.name === "STARTTLS") await this.startTls(step);
    else if (step.masked) this.skip(step, "parts of it are masked in the capture");
    else {
      const { continuations, untagged } = talk;
      await this.sendParts(step, step.parts);
      if (step.idle !== undefined) await this.idle(step, step.idle, { continuations, untagged });
    }
  }

  private skip(step: ClientStep, why: string): void {
    this.answered.add(step);
    this.tell.leaveOut(step);
    this.tell.note(`${step.tag} ${step.name} was not sent: ${why}`);
  }

  private async complete(step: ClientStep): Promise<void> {
    const { talk } = this;
    if (!this.answered.has(step) && step.rank !== undefined) {
      if (await talk.until(() => talk.completionOf(step.tag) !== undefined)) this.answered.add(step);
    }
    this.order.done(step);
  }

  private completion({ tag }: ClientStep): Completion | undefined {
    return this.talk.completionOf(tag);
  }

  /** Literals as recorded; where this server has no non-synchronizing ones, it is asked first. */
  private async sendParts(step: ClientStep, parts: readonly CommandPart[]): Promise<void> {
    const { talk } = this;
    let waiting: Uint8Array[] = [];
    for (const { bytes, announces } of parts) {
      const waits =
        announces !== undefined && (announces.synchronizing || !this.takesUnasked(announces.octets));
      waiting.push(waits && !announces.synchronizing ? synchronizing(bytes) : bytes);
      if (!waits) continue;
      const before = talk.continuations;
      talk.send(concat(waiting));
      waiting = [];
      const isOver = (): boolean => this.completion(step) !== undefined;
      await talk.until(() => talk.continuations > before || isOver());
      if (isOver() || talk.closed) return;
    }
    talk.send(concat(waiting));
  }

  private takesUnasked(octets: number): boolean {
    const { capabilities } = this.talk;
    if (capabilities.has("LITERAL+")) return true;
    return octets <= 4096 && (capabilities.has("LITERAL-") || capabilities.has("IMAP4REV2"));
  }

  /** Until what was pushed then has been pushed now, for as long as it took then, within bounds. */
  private async idle(
    step: ClientStep,
    idle: IdlePart,
    before: Pick<Conversation, "continuations" | "untagged">,
  ): Promise<void> {
    const { talk, options, order } = this;
    const isOver = (): boolean => this.completion(step) !== undefined;
    await talk.until(() => talk.continuations > before.continuations || isOver());
    const pushed = (): boolean => talk.untagged - before.untagged >= idle.pushes || isOver();
    const mostMs = Math.min(options.idleMs, idle.pushes > 0 ? options.idleMs : idle.micros / 1000);
    await Promise.race([order.until(idle.doneAfter), delay(options.idleMs, undefined, { ref: false })]);
    const came = idle.pushes === 0 ? await talk.until(isOver, mostMs) : await talk.until(pushed, mostMs);
    if (idle.pushes > 0 && !came) {
      const count = talk.untagged - before.untagged;
      this.tell.note(
        `${step.tag} IDLE: ${count} of ${idle.pushes} pushes came within ${options.idleMs / 1000} s`,
      );
    }
    if (idle.pushes > 0) await this.think(idle.gapMicros);
    if (!isOver() && !talk.closed) talk.send(utf8("DONE\r\n"));
  }

  private async startTls(step: ClientStep): Promise<void> {
    if (this.access.isSecure) {
      this.skip(step, "the connection has TLS from its start");
      return;
    }
    await this.sendParts(step, step.parts);
    await this.access.beginTls(step.tag);
  }
}

/** `{5+}` CRLF at the end becomes `{5}` CRLF. */
function synchronizing(bytes: Uint8Array): Uint8Array {
  const plus = bytes.lastIndexOf(0x2b);
  return concat([bytes.subarray(0, plus), bytes.subarray(plus + 1)]);
}
