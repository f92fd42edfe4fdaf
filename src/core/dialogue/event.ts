/** What the dialogue machine tells of the octets it has seen: commands that begin, frames with their roles, and switches. */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { Defect } from "../imap/defect.ts";
import type { Frame } from "../imap/frame.ts";

/**
 * What a frame is, which for a client line depends on what the server did (RFC 9051 §2.2.1, §6.2.2, RFC 2177).
 * `malformed` is a server line that is no response at all; `blank` an empty line; `unknown` one of a connection that was
 * joined midway, before the first line of that direction that is clearly a command or a response, or the beginning of a TLS
 * handshake.
 */
export type ClientRole = "command" | "sasl" | "done" | "blank" | "unknown";
export type ServerRole =
  | "greeting"
  | "untagged"
  | "tagged"
  | "continuation"
  | "malformed"
  | "blank"
  | "unknown";
export type FrameRole = ClientRole | ServerRole;

/** Why the server may send `+`: the three reasons there are, or none of them (RFC 9051 §7.6). */
export type ContinuationReason = "literal" | "sasl" | "idle" | "unexpected";

/** Numbers the commands of one connection from 1, because tags may repeat (RFC 9051 §2.2.1). */
export type CommandOrdinal = number;

/** The first line of a command is complete; its literals may still be to come. */
export interface CommandBegun {
  readonly kind: "commandBegun";
  readonly ordinal: CommandOrdinal;
  readonly tag: string;
  /** Upper case, with `UID ` where it has that prefix; "" where the line has none. */
  readonly name: string;
  /** The first line without its line end. */
  readonly line: Uint8Array;
  /** The whole command, where that line is all of it: the frame that comes next. */
  readonly frame: Frame | undefined;
  readonly startMicros: Micros;
  readonly atMicros: Micros;
}

/** A complete frame with its role. */
export interface FrameRead {
  readonly kind: "frame";
  readonly role: FrameRole;
  readonly frame: Frame;
  /**
   * The command that the frame belongs to by the rules of the dialogue: itself for a command, the running one for SASL
   * lines, DONE and continuation requests, the oldest open one of that tag for a tagged response.
   */
  readonly ordinal: CommandOrdinal | undefined;
  /** For continuation requests. */
  readonly reason: ContinuationReason | undefined;
  /** Defects of framing, roles and order. Those of the grammar are found by the parsers. */
  readonly defects: readonly Defect[];
}

/** From the next octet on, the stream of these senders cannot be framed. */
export interface BecameOpaque {
  readonly kind: "opaque";
  readonly from: Sender;
  readonly atMicros: Micros;
  readonly reason: OpaqueReason;
}

/**
 * `failed`: a bug of ours; `omitted`: a capture that holds no octets from here on; `passedThrough`: a connection that is not
 * intercepted.
 */
export type OpaqueReason =
  | "starttls"
  | "compress"
  | "saslSecurityLayer"
  | "midway"
  | "failed"
  | "omitted"
  | "passedThrough";

export type DialogueEvent = CommandBegun | FrameRead | BecameOpaque;

/**
 * The only thing that core ever asks of the sockets: behind this octet the transport of the connection changes, or may.
 * `startTls`: TLS begins on both legs (RFC 9051 §6.2.1). `deflate`: the server's stream is compressed from here, the
 * client's from the first octet that it sends after it has seen the answer (RFC 4978 §3). `endDeflate`: UNAUTHENTICATE was
 * accepted, which ends compression, the client's right behind the command (RFC 8437); `keepDeflate`: it was refused.
 */
export type Switch = { readonly kind: "startTls" | "deflate" | "endDeflate" | "keepDeflate" } | HoldClient;

/**
 * The client asked for STARTTLS: what its octets behind the command are depends on the answer, so they must not go to the
 * server before it. Or it sent UNAUTHENTICATE in a compressed stream: what follows may be clear text. Who does not obey goes
 * on as if nothing had been said.
 */
export interface HoldClient {
  readonly kind: "holdClient";
  /** The tag of the command. */
  readonly tag: string;
  /** Octets of the whole command; all of them came before this octet, the first ones perhaps in an earlier read. */
  readonly octets: number;
}

/** How STARTTLS stands; nothing of it is true of a connection that cannot be followed. */
export interface StartTlsState {
  /** Nobody has logged in (RFC 9051 §6.2.1). */
  readonly allowed: boolean;
  /** The answer is awaited. */
  readonly asked: boolean;
  /** It is, no other one is, and the server is between two units: whoever answers may do so now. */
  readonly due: boolean;
}
