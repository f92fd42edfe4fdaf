/**
 * The log of facts. Sockets and capture files both yield these events; everything else that imapscope shows is derived
 * from them. The kinds are the record types of the capture file, one to one (docs/capture-format.md).
 *
 * Events of a connection stand in the order of arrival at the proxy, both directions together.
 */
import type { ConnectionId, Leg, Sender, Span } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";

interface EventBase {
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
}

/**
 * A client was accepted; addresses are `host:port`, endpoints are URLs (`imaps://host:993`). The upstream is `tcp://host:port`
 * where octets are passed through, and empty where none was chosen.
 */
export interface OpenEvent extends EventBase {
  readonly kind: "open";
  readonly client: string;
  readonly listener: string;
  readonly upstream: string;
  /** True where the recording began in the middle of the connection. */
  readonly midway: boolean;
}

/** A TLS handshake of one leg succeeded. */
export interface TlsEvent extends EventBase {
  readonly kind: "tls";
  readonly leg: Leg;
  readonly protocol: string;
  readonly cipher: string;
  /** The SNI that the client sent (leg client), or that imapscope sent (leg server). */
  readonly serverName?: string;
  readonly alpn?: string;
  /** Subject and SHA-256 fingerprint of the certificate that was shown on this leg by its server side. */
  readonly subject?: string;
  readonly fingerprint?: string;
  readonly reused?: boolean;
}

/** A run of octets of one direction, after TLS and after decompression. */
export interface DataEvent extends EventBase {
  readonly kind: "data";
  readonly from: Sender;
  readonly bytes: Uint8Array;
  /** Masked spans within `bytes`, ascending; empty where nothing was masked. */
  readonly redacted: readonly Span[];
  /** Octets that imapscope itself sent in the name of `from`. */
  readonly byImapscope?: boolean;
  /** False for octets that were received but not relayed. */
  readonly relayed?: boolean;
}

/** Octets that were relayed but could not be framed, so only their count is known. */
export interface OmittedEvent extends EventBase {
  readonly kind: "omitted";
  readonly from: Sender;
  readonly octets: number;
  readonly reason: OmittedReason;
  /** False for octets that were received but not relayed: they are no part of the dialogue. */
  readonly relayed?: boolean;
}

/**
 * `opaque`: not IMAP to us (a SASL security layer, TLS passed through, analysis failed); `compressed`: DEFLATE that is
 * not inflated; `behind`: the recorder's queue was full; `passedThrough`: nobody looked, because imapscope was told not
 * to intercept this connection, or it goes to a port that is not IMAP's.
 */
export type OmittedReason = "opaque" | "compressed" | "behind" | "passedThrough";

/** TLS begins on a leg after this point (RFC 9051 §6.2.1). */
export interface StartTlsEvent extends EventBase {
  readonly kind: "starttls";
  readonly leg: Leg;
}

/** DEFLATE begins in a direction after this point (RFC 4978 §3). */
export interface DeflateEvent extends EventBase {
  readonly kind: "deflate";
  readonly from: Sender;
}

/** A peer closed its sending half. */
export interface EndEvent extends EventBase {
  readonly kind: "end";
  readonly from: Sender;
  /** False where it had TLS and ended the TCP connection alone, which anybody on the way can do (RFC 8446 §6.1). */
  readonly closeNotify?: false;
}

/** The whole connection is over. */
export interface CloseEvent extends EventBase {
  readonly kind: "close";
  readonly by: Leg | "imapscope";
  readonly reason: string;
}

/** A leg failed: an operating system's or TLS library's code (`ECONNRESET`, `ERR_TLS_…`). */
export interface ErrorEvent extends EventBase {
  readonly kind: "error";
  readonly leg: Leg;
  readonly code: string;
  readonly message?: string;
}

export type WireEvent =
  | OpenEvent
  | TlsEvent
  | DataEvent
  | OmittedEvent
  | StartTlsEvent
  | DeflateEvent
  | EndEvent
  | CloseEvent
  | ErrorEvent;
