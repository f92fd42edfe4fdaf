/**
 * A frame is one protocol unit of one direction: a logical line with its literals (RFC 9051 §2.2, §4.3): a command, a
 * response, a continuation request, a SASL line, DONE. Framing knows no grammar beyond line ends and literal headers,
 * so a malformed unit cannot desynchronise what follows it.
 */
import type { Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";

/** A literal as it was announced and as far as it arrived (RFC 9051 §4.3, RFC 7888, RFC 3516 §4.4). */
export interface Literal {
  /** The announced size in octets. */
  readonly octets: number;
  /** Octets that arrived: fewer where the literal was refused or the connection was cut. */
  readonly received: number;
  /** The first octets, at most LIMITS.literalHeadOctets, as a copy of our own. */
  readonly head: Uint8Array;
  /** `{n}`, which waits for a continuation request; false for `{n+}`. From a server it is always true. */
  readonly synchronizing: boolean;
  /** `~{n}`: may hold NUL (RFC 3516 §4.4). */
  readonly literal8: boolean;
  /** When the last octet of the line with its header was read. */
  readonly announcedMicros: Micros;
  /** When its continuation request was read (client literals that synchronize only). */
  readonly continuedMicros: Micros | undefined;
}

/** How a frame ended: properly, by a bare LF, by a refusal of its literal, or by the end of the octets. */
export type FrameEnd = "crlf" | "lf" | "refused" | "cut";

export interface Frame {
  readonly from: Sender;
  /** When its first and its last octet were read. */
  readonly startMicros: Micros;
  readonly endMicros: Micros;
  /** All its octets: lines, line ends and literals. */
  readonly octets: number;
  /**
   * The text around the literals, without line ends but with the literal headers: always one more than `literals`, in
   * the order `lines[0] literals[0] lines[1] …`. Owned by the frame.
   */
  readonly lines: readonly Uint8Array[];
  readonly literals: readonly Literal[];
  readonly end: FrameEnd;
  /** Octets of lines over LIMITS.lineOctets that were counted but not kept. */
  readonly droppedOctets: number;
  /** What of it is imapscope's doing; only on the few frames of which something is. */
  readonly own?: readonly OwnShare[];
}

/**
 * What imapscope did itself: said a whole frame in the name of its sender, or put octets into what a peer said, or took octets
 * out of it. `text` is which, for people: without spaces around it, cut where it is long, and not safe to print as it is.
 */
export interface OwnShare {
  readonly did: "said" | "putIn" | "tookOut";
  readonly text: string;
}
