/**
 * Observations: derived facts, one value each. They are made by one code path from live octets and from capture files, and
 * everything that imapscope shows is made from them.
 */
import type { ConnectionId, Leg, Sender } from "./base/leg.ts";
import type { Micros } from "./base/time.ts";
import type { ConnectionState } from "./connection/state.ts";
import type { FrameRole, OpaqueReason } from "./dialogue/event.ts";
import type { Attribution } from "./exchange/attribution.ts";
import type { Exchange, ExchangeId } from "./exchange/exchange.ts";
import type { Command } from "./imap/command.ts";
import type { Defect } from "./imap/defect.ts";
import type { Frame, OwnShare } from "./imap/frame.ts";
import type { Response } from "./imap/response.ts";
import type { CloseEvent, ErrorEvent, OpenEvent, TlsEvent } from "./wire/event.ts";

interface ObservationBase {
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
}

/** A connection was opened, half-closed by a peer, failed on a leg, or is over. */
export interface ConnectionObservation extends ObservationBase {
  readonly kind: "connection";
  readonly event: OpenEvent | ErrorEvent | CloseEvent | { readonly kind: "end"; readonly from: Sender };
}

export interface TlsObservation extends ObservationBase {
  readonly kind: "tls";
  readonly event: TlsEvent | { readonly kind: "starttls"; readonly leg: Leg };
}

/** The state of the connection changed, or another mailbox was selected (RFC 9051 §3). */
export interface StateObservation extends ObservationBase {
  readonly kind: "state";
  readonly from: ConnectionState;
  readonly to: ConnectionState;
  /** The selected mailbox, as people read it. */
  readonly mailbox: string | undefined;
  readonly readOnly: boolean;
  /** The exchange whose completion changed it, if one did. */
  readonly exchange: ExchangeId | undefined;
}

/** A command began: its first line is complete. */
export interface ExchangeStarted extends ObservationBase {
  readonly kind: "exchangeStarted";
  readonly exchange: Exchange;
}

/** An exchange is over: completed, or ended for another reason that it names. */
export interface ExchangeObservation extends ObservationBase {
  readonly kind: "exchange";
  readonly exchange: Exchange;
}

/** A complete server response with its attribution, and its frame for those who show the dialogue. */
export interface ResponseObservation extends ObservationBase {
  readonly kind: "response";
  readonly role: FrameRole;
  readonly response: Response;
  readonly attribution: Attribution;
  readonly frame: Frame;
  readonly defects: readonly Defect[];
}

/** A complete client frame: a command, a SASL line, DONE or an empty line. */
export interface RequestObservation extends ObservationBase {
  readonly kind: "request";
  readonly role: FrameRole;
  /** For role `command`. */
  readonly command: Command | undefined;
  readonly exchange: ExchangeId | undefined;
  readonly frame: Frame;
  readonly defects: readonly Defect[];
}

/** Untagged data that belongs to no command; `during` names the exchange that was running, if one was. */
export interface PushObservation extends ObservationBase {
  readonly kind: "push";
  readonly response: Response;
  readonly during: ExchangeId | undefined;
  /** The completed exchange that asked for it: late results of a search (RFC 5267 §4.3). */
  readonly late?: ExchangeId;
  readonly octets: number;
  /** The selected mailbox, as people read it. */
  readonly mailbox: string | undefined;
  /** What of it is imapscope's own doing. */
  readonly own?: readonly OwnShare[];
}

export interface DefectObservation extends ObservationBase {
  readonly kind: "defect";
  readonly defect: Defect;
  readonly exchange: ExchangeId | undefined;
}

/** Something that the user should know of how imapscope sees the connection. */
export interface NoticeObservation extends ObservationBase {
  readonly kind: "notice";
  readonly code: NoticeCode;
  readonly text: string;
  /** For `byImapscope`: what of the frame that comes next is imapscope's doing; missing where the notice is of no frame. */
  readonly own?: readonly OwnShare[];
}

export type NoticeCode = OpaqueReason | "behind" | "byImapscope" | "notRelayed" | "alert" | "channelBinding";

/** The kinds that outputs count and print; `exchangeStarted`, `request` and `response` carry the dialogue beneath. */
export type Observation =
  | ConnectionObservation
  | TlsObservation
  | StateObservation
  | ExchangeStarted
  | ExchangeObservation
  | RequestObservation
  | ResponseObservation
  | PushObservation
  | DefectObservation
  | NoticeObservation;
