/** An exchange: a command with everything that answers it (RFC 9051 §2.2). */
import type { ConnectionId } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { Command } from "../imap/command.ts";
import type { Defect } from "../imap/defect.ts";
import type { OwnShare } from "../imap/frame.ts";
import type { ResponseCode, Status } from "../imap/response.ts";
import type { Certainty } from "./attribution.ts";

/** Numbers the exchanges of one capture from 1, in the order in which their commands began. Tags are not keys. */
export type ExchangeId = number;

/** Why an exchange is over, or that it is not: RFC 9051 §7.1 statuses are in `status`. */
export type ExchangeEnd =
  | "inFlight"
  | "completed"
  | "bye"
  | "connectionLost"
  | "captureEnd"
  | "opaque"
  | "abandoned";

/**
 * Times of an exchange, all taken when octets were read, in microseconds (design: Timings of an exchange). Undefined
 * where the exchange did not get that far. `wait` runs from `sentEnd` to the first attributed octet, or to the
 * completion where nothing else came; total = upload + wait + download; none is negative.
 */
export interface Timings {
  readonly sentMicros: Micros;
  readonly sentEndMicros: Micros | undefined;
  readonly firstResponseMicros: Micros | undefined;
  readonly completedMicros: Micros | undefined;
  /** Client thinking before the command: since the last completion; 0 when pipelined. */
  readonly gapMicros: Micros;
  readonly uploadMicros: Micros | undefined;
  readonly waitMicros: Micros | undefined;
  readonly downloadMicros: Micros | undefined;
  readonly totalMicros: Micros | undefined;
  /** For each synchronizing literal, SASL step and IDLE: from the header or line to its `+`. */
  readonly continuationMicros: readonly Micros[];
  /** For IDLE: from `+` to DONE, and from DONE to the tagged response. */
  readonly idleMicros: Micros | undefined;
  readonly idleEndMicros: Micros | undefined;
  /** Times that the client had to wait for the server before going on. */
  readonly roundTrips: number;
}

export interface Exchange {
  readonly id: ExchangeId;
  readonly connection: ConnectionId;
  readonly tag: string;
  /** Upper case, `UID FETCH`; known from the first line on. */
  readonly commandName: string;
  /** Complete once all literals of the command were received; before that, what the first line says. */
  readonly command: Command;
  /** The mailbox that the command names, else the selected one, as people read it. */
  readonly mailbox: string | undefined;
  readonly end: ExchangeEnd;
  readonly status: Status | undefined;
  readonly code: ResponseCode | undefined;
  /** The human-readable text of the completion. */
  readonly text: string | undefined;
  /** Untagged responses that belong to it, by certainty (`certain`, `likely`), and those that may (`ambiguous`). */
  readonly attributed: Readonly<Record<Extract<Certainty, "certain" | "likely" | "ambiguous">, number>>;
  /** The same by response name: `FETCH` 120, `EXISTS` 1. */
  readonly responseNames: ReadonlyMap<string, number>;
  readonly octets: { readonly clientToServer: number; readonly serverToClient: number };
  readonly timings: Timings;
  readonly defects: readonly Defect[];
  /** What of its answers is imapscope's own doing; of nearly all exchanges, nothing. */
  readonly own?: readonly OwnShare[] | undefined;
}
