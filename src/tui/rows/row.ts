/** A row of the table: an exchange, or something else that happened, as the screen shows it. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import type { Exchange, ExchangeId } from "../../core/exchange/exchange.ts";

/** Rows are numbered from 0 in the order in which they began; a row never changes its number. */
export type RowNumber = number;

export const ROW_KINDS = [
  "exchange",
  "push",
  "state",
  "tls",
  "connection",
  "defect",
  "notice",
  "greeting",
] as const;
export type RowKind = (typeof ROW_KINDS)[number];

/** All texts are safe. */
export interface Row {
  readonly number: RowNumber;
  readonly kind: RowKind;
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
  /** The tag of an exchange, or a word for what anything else is. */
  readonly label: string;
  /** How an exchange ended, in one word; `open` while it is in flight. */
  readonly status: string;
  /** The command, or what happened. */
  readonly main: string;
  readonly mailbox: string;
  /** What must not be missed: defects and the response code. */
  readonly tail: string;
  /** Why an exchange failed or did not end. */
  readonly text: string;
  /** Of an exchange. */
  readonly exchange: ExchangeFigures | undefined;
  /** Octets of anything else that has some. */
  readonly octets: number | undefined;
}

export interface ExchangeFigures {
  readonly id: ExchangeId;
  readonly untagged: number;
  readonly up: number;
  readonly down: number;
  /** Undefined while the command is still being sent. */
  readonly uploadMicros: Micros | undefined;
  /** Undefined while there is none. */
  readonly waitMicros: Micros | undefined;
  readonly downloadMicros: Micros;
  /** When it was over; undefined while it is in flight. */
  readonly endMicros: Micros | undefined;
  /** For IDLE this is not waiting, and is not shown as such. */
  readonly isIdle: boolean;
  readonly defects: number;
}

/** What the screen reads of all rows; they grow while it looks. */
export interface Rows {
  readonly count: () => number;
  readonly row: (number: RowNumber) => Row;
  readonly kind: (number: RowNumber) => RowKind;
  readonly connection: (number: RowNumber) => ConnectionId;
  readonly status: (number: RowNumber) => string;
  readonly at: (number: RowNumber) => Micros;
  /** What an exchange took in all; 0 while it is in flight, for IDLE, and for everything else. */
  readonly total: (number: RowNumber) => Micros;
  /** The exchange of a row as it stands now, where it is in flight. */
  readonly underWay: (number: RowNumber) => Exchange | undefined;
  readonly ofExchange: (id: ExchangeId) => RowNumber | undefined;
  readonly inFlight: () => number;
  readonly counts: () => RowCounts;
}

export interface RowCounts {
  readonly exchanges: number;
  /** Completed with anything but OK, or not completed. */
  readonly failed: number;
  readonly defects: number;
}
