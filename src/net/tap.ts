/**
 * Where the facts of a connection leave the relay: stamped, in the order of arrival, into the intake. Whatever the
 * analysis does there, relaying goes on: its first exception ends the analysis of this connection, and the user is told.
 */
import type { ConnectionId, Leg, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import {
  type Intake,
  NO_STARTTLS,
  type ServerFrame,
  type StartTlsState,
  type Taken,
} from "../core/intake.ts";
import type { DataEvent, WireEvent } from "../core/wire/event.ts";
import type { Clock } from "./clock.ts";
import { type Notice, plainText } from "./notice.ts";
import { reasonIn } from "./openssl-words.ts";

export interface Tap {
  readonly take: (event: WireEvent) => Taken;
  /** Octets that were read at `atMicros`; `as` tells where they were not simply relayed. */
  readonly data: (from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception) => Taken;
  /** Octets that were neither relayed nor kept. */
  readonly dropped: (from: Sender, octets: number) => void;
  /** TLS begins on a leg, or has at that time. */
  readonly startTls: (leg: Leg, atMicros?: Micros) => void;
  /** `bare` says that it had TLS, and ended it without close_notify. */
  readonly end: (from: Sender, bare?: boolean) => void;
  readonly error: (leg: Leg, code: string, message: string) => void;
  readonly close: (by: Leg | "imapscope", reason: string) => void;
  /** Whether imapscope may say something to the client now; `over` once the analysis has failed. */
  readonly serverFrame: () => ServerFrame;
  /** How STARTTLS stands, as far as the connection can be followed. */
  readonly startTlsState: () => StartTlsState;
}

/** A tap for whoever relays. */
export interface RelayTap extends Tap {
  /** Octets that were read at `atMicros` and relayed; they need not be looked at now. */
  readonly relayed: (from: Sender, bytes: Uint8Array, atMicros: Micros) => void;
}

export type Exception = Pick<DataEvent, "byImapscope" | "relayed">;

export interface TapOptions {
  readonly connection: ConnectionId;
  readonly clock: Clock;
  readonly createIntake: (connection: ConnectionId) => Intake;
  readonly onNotice: (notice: Notice) => void;
}

export function createTap(options: TapOptions): Tap {
  return new IntakeTap(options);
}

class IntakeTap implements Tap {
  private readonly connection: ConnectionId;
  private readonly clock: Clock;
  private readonly onNotice: (notice: Notice) => void;
  private intake: Intake | undefined;

  constructor({ connection, clock, createIntake, onNotice }: TapOptions) {
    this.connection = connection;
    this.clock = clock;
    this.onNotice = onNotice;
    this.intake = this.attempt(() => createIntake(connection));
  }

  take(event: WireEvent): Taken {
    const current = this.intake;
    const taken = current === undefined ? undefined : this.attempt(() => current.take(event));
    return taken ?? { consumed: event.kind === "data" ? event.bytes.length : 0, switch: undefined };
  }

  data(from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception): Taken {
    return this.take({
      kind: "data",
      connection: this.connection,
      atMicros,
      from,
      bytes,
      redacted: [],
      ...as,
    });
  }

  dropped(from: Sender, octets: number): void {
    const { connection } = this;
    const atMicros = this.clock.micros();
    this.take({ kind: "omitted", connection, atMicros, from, octets, reason: "opaque", relayed: false });
  }

  startTls(leg: Leg, atMicros = this.clock.micros()): void {
    this.take({ kind: "starttls", connection: this.connection, atMicros, leg });
  }

  end(from: Sender, bare = false): void {
    const at = { connection: this.connection, atMicros: this.clock.micros() };
    this.take({ kind: "end", ...at, from, ...(bare ? { closeNotify: false } : {}) });
  }

  error(leg: Leg, code: string, text: string): void {
    const message = plainText(reasonIn(text));
    this.take({
      kind: "error",
      connection: this.connection,
      atMicros: this.clock.micros(),
      leg,
      code,
      message,
    });
  }

  close(by: Leg | "imapscope", reason: string): void {
    this.take({ kind: "close", connection: this.connection, atMicros: this.clock.micros(), by, reason });
  }

  serverFrame(): ServerFrame {
    const current = this.intake;
    return (current && this.attempt(() => current.serverFrame())) ?? "over";
  }

  startTlsState(): StartTlsState {
    const current = this.intake;
    return (current && this.attempt(() => current.startTlsState())) ?? NO_STARTTLS;
  }

  /** Runs analysis; an exception of it is a bug of ours, told once. */
  private attempt<T>(analysis: () => T): T | undefined {
    try {
      return analysis();
    } catch (error) {
      this.intake = undefined;
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const text = `imapscope failed to analyse this connection (${plainText(what)}). It is relayed on, but no longer shown or recorded. Please report this.`;
      this.onNotice({ level: "error", text, connection: this.connection });
      return undefined;
    }
  }
}
