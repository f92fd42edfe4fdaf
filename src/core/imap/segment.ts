/** What the framer tells before a frame is complete, for those who follow the octets run by run. */
import type { Micros } from "../base/time.ts";
import type { LiteralHeader } from "./literal-header.ts";

/** A line that ends in a literal header. */
export interface Announced {
  readonly line: Uint8Array;
  readonly header: LiteralHeader;
  /** Number of the line within its frame, from 0. */
  readonly index: number;
  /** When the first octet of the frame, and the last one of the line, were read. */
  readonly startMicros: Micros;
  readonly atMicros: Micros;
}

/** A run of octets of one line (with its line end) or one literal, as far as it lies within one read; or units that were passed. */
export interface Segment {
  readonly kind: "line" | "literal" | "passed";
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** True where the line end, or the last octet of the literal, is part of it. */
  readonly last: boolean;
  /** Number of the line or literal within its frame, from 0. */
  readonly index: number;
  /** For lines: the header with which it ends, if it announces a literal (known with `last`). */
  readonly header: LiteralHeader | undefined;
  /** A line that lies in this run from its first octet to its last, without its line end. */
  readonly line: Uint8Array | undefined;
}
