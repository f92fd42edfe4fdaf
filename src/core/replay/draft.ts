/** A step of a script while its exchange is being read. */
import type { Micros } from "../base/time.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Command } from "../imap/command.ts";
import type { Status } from "../imap/response.ts";
import type { Cue, Reply } from "./script.ts";
import type { StepRecord } from "./step-record.ts";

/** The command of a draft: what it is without its secrets, and what is put away of it. */
export interface DraftedRequest extends Pick<StepRecord, "frame" | "prints" | "authenticated"> {
  readonly command: Command;
}

/** Replies that follow each other within this time are one, if nothing of them is to be altered or left out. */
const TOGETHER_MICROS = 5000;
/** Responses of which a listing has thousands: of these no one matters by itself. */
const JOINED: ReadonlySet<string> = new Set([
  "FETCH",
  "UIDFETCH",
  "LIST",
  "LSUB",
  "XLIST",
  "STATUS",
  "METADATA",
]);

export class Draft {
  readonly id: ExchangeId;
  readonly tag: string;
  readonly atMicros: Micros;
  request: DraftedRequest | undefined = undefined;
  status: Status | undefined = undefined;
  /** The exchange is over, answered or not. */
  hasEnded = false;
  /** False where it was not the server that completed it. */
  isRecorded = true;
  readonly replies: Reply[] = [];
  /** When the whole command was there, DONE ended IDLE, and the tagged response came. */
  private readonly since: Record<Cue, Micros | undefined>;

  constructor(id: ExchangeId, tag: string, atMicros: Micros) {
    this.id = id;
    this.tag = tag;
    this.atMicros = atMicros;
    this.since = { command: atMicros, done: undefined, after: undefined };
  }

  reached(cue: Cue, atMicros: Micros): void {
    this.since[cue] = atMicros;
  }

  /** Its tagged response has come. */
  isAnswered(): boolean {
    return this.since.after !== undefined;
  }

  add(reply: Omit<Reply, "cue" | "delayMicros">, atMicros: Micros): void {
    const { command, done, after } = this.since;
    const cue = after !== undefined ? "after" : done !== undefined ? "done" : "command";
    const delayMicros = Math.max(0, atMicros - (after ?? done ?? command ?? atMicros));
    const last = this.replies.at(-1);
    const added = { ...reply, cue, delayMicros } satisfies Reply;
    if (last !== undefined && goesOn(last, added)) {
      this.replies[this.replies.length - 1] = { ...last, run: { ...last.run, to: reply.run.to } };
    } else this.replies.push(added);
  }
}

function goesOn(last: Reply, next: Reply): boolean {
  return (
    last.cue === next.cue &&
    last.name === next.name &&
    JOINED.has(next.name) &&
    last.run.to === next.run.from &&
    next.delayMicros - last.delayMicros < TOGETHER_MICROS
  );
}
