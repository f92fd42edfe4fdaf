/**
 * Octets of a capture file -> WireEvent, in any chunks (docs/capture-format.md).
 *
 * Theory of operation. The decoder is in one of four modes: it gathers a line up to its LF (`line`), it takes the raw
 * octets that a record announced (`raw`) and then the LF after them (`rawEnd`), or it is `over`. Of a line that is too long
 * or that should not be there it lets the rest pass (`skipping`). The first line must be a header that it can read; after
 * that nothing ends the reading but a second header. A line that is no record is reported and passed over, and the next one
 * is tried: a damaged record with `octets` therefore costs its raw octets, line by line, and one report.
 *
 * A file may be hostile: the line held is bounded, the raw octets are given in pieces of bounded size whatever count was
 * announced, nothing is allocated for what has not arrived, and every octet is looked at a bounded number of times.
 */
import { LIMITS } from "../base/limits.ts";
import { concat, LF, SP } from "../base/octets.ts";
import type { DataEvent, WireEvent } from "../wire/event.ts";
import { readCutRecord } from "./cut.ts";
import {
  CAPTURE_VERSION,
  type CaptureHeader,
  type CaptureProblem,
  type CaptureProblemKind,
} from "./format.ts";
import { type CaptureRecord, parseRecord, rawOctets, readHeader, readRecord } from "./record.ts";
import { NO_SPANS, spanCutter } from "./spans.ts";

/** What a decoder gives, within `push` and `finish`, in the order of the file. */
export interface CaptureHandlers {
  /** Called once, before every event. */
  readonly onHeader: (header: CaptureHeader) => void;
  /** Its bytes may lie in the chunk that was pushed: they stay good as long as that chunk is not written to. */
  readonly onEvent: (event: WireEvent) => void;
  readonly onProblem: (problem: CaptureProblem) => void;
}

export interface CaptureDecoder {
  /** Takes the next octets of the file. Never throws for any octets; after the end of the reading it ignores them. */
  readonly push: (bytes: Uint8Array) => void;
  /** Says that the file ends here: gives what is there of a last record without its end. Further calls do nothing. */
  readonly finish: () => void;
  /** Whether nothing more will come: finished, or ended by a problem. */
  readonly ended: () => boolean;
  /** Octets before the record that is under way, or comes next: a reader that begins there reads on as this one does. */
  readonly wholeOctets: () => number;
}

type Mode = "line" | "raw" | "rawEnd" | "over";

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const CURLY_OPEN = 0x7b;

/** Makes a decoder for one capture, plain (not packed with gzip) and from its first octet. */
export function createCaptureDecoder(handlers: CaptureHandlers): CaptureDecoder {
  let mode: Mode = "line";
  let headed = false;
  let skipping = false;
  /** One report stands for a run of lines that cannot be read. */
  let inDamage = false;

  /** Where the record that is being read began. */
  let line = 1;
  let offset = 0;
  /** Octets of the file before the current chunk, and line feeds before the current octet. */
  let passed = 0;
  let lineFeeds = 0;

  /** What has arrived of a line, or of a piece of raw octets. */
  let held: Uint8Array[] = [];
  let heldOctets = 0;

  /** The record whose raw octets are being taken; `undefined` when they are only passed over. */
  let raw: DataEvent | undefined;
  let spansWithin = spanCutter(NO_SPANS);
  let rawOctetsAnnounced = 0;
  let rawOctetsGiven = 0;

  function push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && mode !== "over"; ) {
      if (mode === "line") at = takeLine(bytes, at);
      else at = mode === "raw" ? takeRaw(bytes, at) : takeRawEnd(bytes, at);
    }
    passed += bytes.length;
  }

  function takeLine(bytes: Uint8Array, at: number): number {
    const feed = bytes.indexOf(LF, at);
    hold(bytes.subarray(at, feed < 0 ? bytes.length : feed));
    if (feed < 0 || mode === "over") return bytes.length;
    lineFeeds++;
    const skipped = skipping;
    const whole = gathered();
    skipping = false;
    if (!skipped) takeRecord(whole);
    if (mode === "line") nextRecordAt(passed + feed + 1);
    return feed + 1;
  }

  function hold(bytes: Uint8Array): void {
    const first = bytes[0];
    if (!headed && heldOctets === 0 && first !== CURLY_OPEN && first !== BYTE_ORDER_MARK[0]) {
      refuse("notCapture", "it does not begin with a record");
      return;
    }
    if (skipping || bytes.length === 0) return;
    held.push(bytes);
    heldOctets += bytes.length;
    if (heldOctets <= (headed ? LIMITS.captureLineOctets : LIMITS.captureHeaderOctets)) return;
    gathered();
    skipping = true;
    if (headed) damaged("the line is too long");
    else refuse("notCapture", "its first line is too long");
  }

  function gathered(): Uint8Array {
    const whole = concat(held);
    held = [];
    heldOctets = 0;
    return whole;
  }

  function nextRecordAt(at: number): void {
    line = 1 + lineFeeds;
    offset = at;
  }

  function takeRecord(text: Uint8Array): void {
    const record = headed ? parseRecord(text) : undefined;
    if (!headed) takeHeader(text);
    else if (record === undefined) {
      if (!isBlank(text)) damaged("it is not a record");
    } else if (record["type"] === "capture") refuse("joined", "a second capture begins here");
    else takeFact(record);
  }

  function takeFact(record: CaptureRecord): void {
    const reading = readRecord(record);
    if (reading.kind === "fault") damaged(reading.fault);
    else inDamage = false;
    if (reading.kind === "event" && reading.fault !== undefined) report("damaged", reading.fault);
    const octets = rawOctets(record);
    if (octets !== undefined) announce(reading.kind === "event" ? reading.event : undefined, octets);
    else if (reading.kind === "event") handlers.onEvent(reading.event);
  }

  function takeHeader(text: Uint8Array): void {
    const marked = BYTE_ORDER_MARK.every((octet, i) => text[i] === octet);
    const record = parseRecord(marked ? text.subarray(BYTE_ORDER_MARK.length) : text);
    const header = record === undefined ? undefined : readHeader(record);
    if (header === undefined) refuse("notCapture", "its first line is not the header of a capture");
    else if (Math.floor(header.version) > CAPTURE_VERSION) {
      const { version } = header;
      const message = "its version is newer than ours";
      handlers.onProblem({ kind: "tooNew", version, line, offset, message });
      end();
    } else {
      headed = true;
      handlers.onHeader(header);
    }
  }

  function announce(event: WireEvent | undefined, octets: number): void {
    raw = event?.kind === "data" ? event : undefined;
    spansWithin = spanCutter(raw?.redacted ?? NO_SPANS);
    rawOctetsAnnounced = octets;
    rawOctetsGiven = 0;
    mode = octets === 0 ? "rawEnd" : "raw";
    if (octets === 0 && event !== undefined) handlers.onEvent(event);
  }

  function takeRaw(bytes: Uint8Array, at: number): number {
    const pieceOctets = Math.min(rawOctetsAnnounced - rawOctetsGiven, LIMITS.captureRunOctets);
    const stop = Math.min(bytes.length, at + pieceOctets - heldOctets);
    for (let i = bytes.indexOf(LF, at); i >= 0 && i < stop; i = bytes.indexOf(LF, i + 1)) lineFeeds++;
    if (raw !== undefined) held.push(bytes.subarray(at, stop));
    heldOctets += stop - at;
    if (heldOctets === pieceOctets) givePiece();
    if (rawOctetsGiven === rawOctetsAnnounced) mode = "rawEnd";
    return stop;
  }

  function givePiece(): void {
    const start = rawOctetsGiven;
    rawOctetsGiven += heldOctets;
    const bytes = gathered();
    if (raw === undefined) return;
    const whole = bytes.length === rawOctetsAnnounced;
    const redacted = whole ? raw.redacted : spansWithin(start, rawOctetsGiven);
    handlers.onEvent({ ...raw, bytes, redacted });
  }

  function takeRawEnd(bytes: Uint8Array, at: number): number {
    mode = "line";
    if (bytes[at] !== LF) {
      damaged("its octets do not end where it says");
      skipping = true;
      return at;
    }
    lineFeeds++;
    nextRecordAt(passed + at + 1);
    return at + 1;
  }

  function finish(): void {
    if (mode === "line" && heldOctets > 0) takeLastLine(gathered());
    else if (mode === "line" && !headed) refuse("notCapture", "it is empty");
    if (mode === "raw") {
      if (heldOctets > 0) givePiece();
      report("cut", `${rawOctetsGiven} of its ${rawOctetsAnnounced} octets are there`);
    }
    end();
  }

  /** A line without its line feed: a whole record where a person edited the file, or a record that was cut off. */
  function takeLastLine(text: Uint8Array): void {
    if (!headed || isBlank(text) || parseRecord(text) !== undefined) {
      takeRecord(text);
      return;
    }
    const event = readCutRecord(text);
    if (event !== undefined) handlers.onEvent(event);
    report("cut", "the last record is not whole");
  }

  function damaged(message: string): void {
    if (!inDamage) report("damaged", message);
    inDamage = true;
  }

  function refuse(kind: "notCapture" | "joined", message: string): void {
    report(kind, message);
    end();
  }

  function report(kind: Exclude<CaptureProblemKind, "tooNew">, message: string): void {
    handlers.onProblem({ kind, line, offset, message });
  }

  function end(): void {
    mode = "over";
    held = [];
  }

  return { push, finish, ended: () => mode === "over", wholeOctets: () => offset };
}

function isBlank(text: Uint8Array): boolean {
  return text.every((octet) => octet <= SP);
}
