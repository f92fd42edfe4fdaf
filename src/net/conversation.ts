/**
 * The talk of a client that imapscope itself is, with a real server: octets go out and come in, through TLS and DEFLATE where
 * that begins, each is given on as an event as a proxy would, and whoever talks can wait for what the server says.
 */
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { constants, createDeflateRaw, type DeflateRaw } from "node:zlib";
import type { ConnectionId, Sender } from "../core/base/leg.ts";
import { latin1, NO_OCTETS } from "../core/base/octets.ts";
import { createDialogue, type Dialogue } from "../core/dialogue/dialogue.ts";
import type { DialogueEvent } from "../core/dialogue/event.ts";
import { createIntake, type Intake } from "../core/intake.ts";
import type { CloseEvent, WireEvent } from "../core/wire/event.ts";
import type { Clock } from "./clock.ts";
import { createInflater, type Inflater } from "./inflater.ts";
import { plainText } from "./notice.ts";
import { reasonIn } from "./openssl-words.ts";

export interface ConversationOptions {
  readonly connection: ConnectionId;
  readonly clock: Clock;
  /** How long the server may say nothing while somebody waits for it. */
  readonly timeoutMs: number;
  /** Gets the masked events. */
  readonly emit: (event: WireEvent) => void;
}

/** What a tagged response said. */
export interface Completion {
  readonly status: string;
  readonly text: string;
}

export class Conversation {
  private readonly options: ConversationOptions;
  private readonly intake: Intake;
  private readonly dialogue: Dialogue;
  private readonly completions = new Map<string, Completion>();
  private readonly waiters = new Set<() => void>();
  private stream: Duplex | undefined;
  private deflating: DeflateRaw | undefined;
  private inflater: Inflater | undefined;
  /** What arrived is taken in order, although inflating takes its time. */
  private taking: Promise<void> = Promise.resolve();
  private over = false;
  greeting: string | undefined;
  /** Continuation requests so far, and untagged responses. */
  continuations = 0;
  untagged = 0;
  /** As last told, in upper case. */
  capabilities: ReadonlySet<string> = new Set();
  /** The server has accepted STARTTLS. */
  startsTls = false;
  /** Why it is over, where that was no orderly end. */
  failure: string | undefined;

  constructor(options: ConversationOptions) {
    this.options = options;
    this.intake = createIntake({ keepSecrets: false, obeysSwitch: true, emit: options.emit });
    this.dialogue = createDialogue({ emit: (told) => this.told(told) });
  }

  get closed(): boolean {
    return this.over;
  }

  /** Records a fact of the connection. */
  tell(fact: WireEvent): void {
    this.intake.take(fact);
  }

  place(): { readonly connection: ConnectionId; readonly atMicros: number } {
    return { connection: this.options.connection, atMicros: this.options.clock.micros() };
  }

  /** Talks over this stream from now on; `raw` is the socket beneath it. */
  attach(stream: Duplex, raw: Socket): void {
    this.stream?.removeAllListeners("data");
    this.stream = stream;
    stream.on("data", (bytes: Uint8Array) => this.arrived(bytes));
    // Not before what came ahead of it is inflated.
    const after = (then: () => void): void => {
      // While TLS begins, its handshake knows best what became of it.
      this.taking = this.taking.then(() => {
        if (!this.startsTls) then();
      });
    };
    stream.on("end", () => after(() => this.end("server", "closed")));
    stream.on("error", (error: Error) => after(() => this.fail(plainText(reasonIn(error.message)))));
    raw.on("close", () => after(() => this.end("server", "closed")));
  }

  private arrived(bytes: Uint8Array): void {
    if (this.inflater === undefined) {
      this.take(bytes);
      return;
    }
    this.taking = this.taking.then(() => this.inflate(bytes));
  }

  private async inflate(bytes: Uint8Array): Promise<void> {
    const runs = await this.inflater?.inflate(bytes);
    if (typeof runs === "string") this.fail("what it sends cannot be inflated");
    else for (const run of runs ?? []) this.take(run);
  }

  private take(bytes: Uint8Array): void {
    if (this.over) return;
    const { consumed, switch: change } = this.intake.take({
      kind: "data",
      ...this.place(),
      from: "server",
      bytes,
      redacted: [],
    });
    this.dialogue.receive("server", bytes.subarray(0, consumed), 0);
    const rest = bytes.subarray(consumed);
    if (change?.kind === "startTls") {
      this.startsTls = true;
      this.dropped(rest.length);
    }
    if (change?.kind === "deflate") this.deflate(rest);
    else if (change?.kind === "endDeflate") this.fail("it has ended compression, which is not replayed");
    this.wake();
  }

  /** What stands in clear text between the answer to STARTTLS and TLS may be anybody's: it goes no further, and is told as that. */
  dropped(octets: number): void {
    if (octets === 0) return;
    const reason = "opaque" as const;
    this.tell({ kind: "omitted", ...this.place(), from: "server", octets, reason, relayed: false });
  }

  private deflate(rest: Uint8Array): void {
    for (const from of ["server", "client"] as const) {
      this.tell({ kind: "deflate", ...this.place(), from });
      this.dialogue.switched("deflate", from);
    }
    this.inflater = createInflater();
    const deflating = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
    deflating.on("data", (bytes: Uint8Array) => this.stream?.write(bytes));
    this.deflating = deflating;
    if (rest.length > 0) this.arrived(rest);
  }

  /** TLS has begun: what was known of the server before is void. */
  tlsBegun(): void {
    this.startsTls = false;
    this.tell({ kind: "starttls", ...this.place(), leg: "server" });
    this.dialogue.switched("startTls", undefined);
    this.capabilities = new Set();
  }

  send(bytes: Uint8Array): void {
    if (this.over) return;
    this.intake.take({ kind: "data", ...this.place(), from: "client", bytes, redacted: [] });
    this.dialogue.receive("client", bytes, 0);
    (this.deflating ?? this.stream)?.write(bytes);
  }

  completionOf(tag: string): Completion | undefined {
    return this.completions.get(tag);
  }

  /** A tag may come again. */
  forget(tag: string): void {
    this.completions.delete(tag);
  }

  /**
   * Waits until something holds, which is asked again whenever the server has said something; false where the connection ended,
   * or `mostMs` passed before. Without `mostMs` a server that says nothing for too long has failed.
   */
  until(holds: () => boolean, mostMs?: number): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    if (this.over) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (held: boolean): void => {
        clearTimeout(timer);
        this.waiters.delete(look);
        resolve(held);
      };
      const late = (): void => {
        if (mostMs === undefined) this.fail(`it said nothing for ${this.options.timeoutMs / 1000} s`);
        settle(false);
      };
      let timer = setTimeout(late, mostMs ?? this.options.timeoutMs);
      const look = (): void => {
        if (holds()) settle(true);
        else if (this.over) settle(false);
        else if (mostMs === undefined) {
          clearTimeout(timer);
          timer = setTimeout(late, this.options.timeoutMs);
        }
      };
      this.waiters.add(look);
    });
  }

  private wake(): void {
    for (const look of [...this.waiters]) look();
  }

  private told(event: DialogueEvent): void {
    if (event.kind !== "frame" || event.frame.from !== "server") return;
    const line = latin1(event.frame.lines[0] ?? NO_OCTETS);
    const listed = /^\* CAPABILITY ([^\r\n]*)|\[CAPABILITY ([^\]]*)\]/i.exec(line);
    if (listed !== null) {
      this.capabilities = new Set((listed[1] ?? listed[2] ?? "").toUpperCase().split(" "));
    }
    if (event.role === "greeting") this.greeting = line;
    else if (event.role === "continuation") this.continuations++;
    else if (event.role === "untagged") this.untagged++;
    else if (event.role === "tagged") {
      const [tag = "", status = "", ...text] = line.split(" ");
      this.completions.set(tag, { status: status.toUpperCase(), text: text.join(" ") });
    }
  }

  fail(why: string): void {
    if (!this.over) this.failure ??= why;
    this.end("imapscope", why);
  }

  /** Ends it; more than once does no harm. */
  end(by: CloseEvent["by"], reason: string): void {
    if (this.over) return;
    this.over = true;
    for (const from of ["client", "server"] satisfies Sender[]) this.dialogue.finish(from);
    // Where nothing was ever connected there is nothing to close.
    if (this.stream !== undefined) this.tell({ kind: "close", ...this.place(), by, reason });
    this.deflating?.destroy();
    this.inflater?.close();
    this.stream?.end();
    this.stream?.destroy();
    this.wake();
  }
}
