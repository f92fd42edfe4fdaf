/**
 * The words of the capture file that its writers and readers share (docs/capture-format.md): newline-delimited JSON, one
 * record a line, of which a `data` record with `octets` is followed by that many raw octets and a line feed.
 */
import { LIMITS } from "../base/limits.ts";

/** The version that is written, and the newest that is read. A new field or record type does not raise it. */
export const CAPTURE_VERSION = 1;

/** Runs of at least so many octets stand raw after their record: as JSON text they would cost the recorder three times as much. */
export const RAW_OCTETS = 4096;

/** The latest time that milliseconds with three decimals give back exactly, in microseconds: some 139 years. */
export const LATEST_MICROS = 2 ** 42 * 1000;

/** The first record of a capture. */
export interface CaptureHeader {
  readonly version: number;
  /** When the clock of the capture was zero: an ISO 8601 date and time in UTC. */
  readonly createdAt: string;
  /** The program that wrote it and its version, such as `imapscope 0.1.0`. */
  readonly createdBy: string;
  /** What was masked before writing, such as `credentials`; empty for a capture that kept its secrets. */
  readonly redacted: readonly string[];
}

/**
 * What is wrong with a capture. `notCapture`, `tooNew` and `joined` end the reading; after `damaged` it goes on at the next
 * line that can be read (one report stands for all the lines up to there); `cut` says that the last record is not whole.
 */
export type CaptureProblem =
  | (ProblemBase & { readonly kind: "notCapture" | "joined" | "damaged" | "cut" })
  | (ProblemBase & { readonly kind: "tooNew"; readonly version: number });

interface ProblemBase {
  /** The line of the record, counted from 1 as an editor counts it, raw octets included. */
  readonly line: number;
  /** Octets of the file before the record. */
  readonly offset: number;
  /** What is wrong, for people; holds nothing that the file says. */
  readonly message: string;
}

export type CaptureProblemKind = CaptureProblem["kind"];

/** Whether more than one record is needed for so many octets. */
export function isLongRun(octets: number): boolean {
  return octets > LIMITS.captureRunOctets;
}
