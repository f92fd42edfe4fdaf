/**
 * Where the facts of a connection leave the relay: stamped, in the order of arrival, into the intake. Whatever the
 * analysis does there, relaying goes on: its first exception ends the analysis of this connection, and the user is told.
 */
import type { ConnectionId, Leg, Sender } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import { type Intake, NO_STARTTLS, type StartTlsState, type Taken } from "../core/intake.ts";
import type { DataEvent, WireEvent } from "../core/wire/event.ts";
import type { Clock } from "./clock.ts";
import { type Notice, plainText } from "./notice.ts";

export interface Tap {
  readonly take: (event: WireEvent) => Taken;
  /** Octets that were read at `atMicros`; `as` tells where they were not simply relayed. */
  readonly data: (from: Sender, bytes: Uint8Array, atMicros: Micros, as?: Exception) => Taken;
  /** TLS begins on a leg. */
  readonly startTls: (leg: Leg) => void;
  readonly end: (from: Sender) => void;
  readonly error: (leg: Leg, code: string, message: string) => void;
  readonly close: (by: Leg | "imapscope", reason: string) => void;
  /** Whether imapscope may say something to the client now; never once the analysis has failed. */
  readonly atServerFrameBorder: () => boolean;
  /** How STARTTLS stands, as far as the connection can be followed. */
  readonly startTlsState: () => StartTlsState;
}

export type Exception = Pick<DataEvent, "byImapscope" | "relayed">;

export interface TapOptions {
  readonly connection: ConnectionId;
  readonly clock: Clock;
  readonly createIntake: (connection: ConnectionId) => Intake;
  readonly onNotice: (notice: Notice) => void;
}

export function createTap({ connection, clock, createIntake, onNotice }: TapOptions): Tap {
  let intake: Intake | undefined;

  /** Runs analysis; an exception of it is a bug of ours, told once. */
  function attempt<T>(analysis: () => T): T | undefined {
    try {
      return analysis();
    } catch (error) {
      intake = undefined;
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const text = `imapscope failed to analyse this connection (${plainText(what)}). It is relayed on, but no longer shown or recorded. Please report this.`;
      onNotice({ level: "error", text, connection });
      return undefined;
    }
  }

  intake = attempt(() => createIntake(connection));

  function take(event: WireEvent): Taken {
    const current = intake;
    const taken = current === undefined ? undefined : attempt(() => current.take(event));
    return taken ?? { consumed: event.kind === "data" ? event.bytes.length : 0, switch: undefined };
  }

  return {
    take,
    data: (from, bytes, atMicros, as) =>
      take({ kind: "data", connection, atMicros, from, bytes, redacted: [], ...as }),
    startTls: (leg) => void take({ kind: "starttls", connection, atMicros: clock.micros(), leg }),
    end: (from) => void take({ kind: "end", connection, atMicros: clock.micros(), from }),
    error: (leg, code, message) =>
      void take({
        kind: "error",
        connection,
        atMicros: clock.micros(),
        leg,
        code,
        message: plainText(message),
      }),
    close: (by, reason) => void take({ kind: "close", connection, atMicros: clock.micros(), by, reason }),
    atServerFrameBorder: () => {
      const current = intake;
      return current !== undefined && attempt(() => current.atServerFrameBorder()) === true;
    },
    startTlsState: () => {
      const current = intake;
      return (current && attempt(() => current.startTlsState())) ?? NO_STARTTLS;
    },
  };
}
