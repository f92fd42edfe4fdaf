/**
 * The records of a whole capture with their lines, as far as they can be read, and what is wrong with each by itself. Other
 * than the decoder, which reads on at the next line that it can, this looks for what was meant: where raw octets end that an
 * editor has made longer or shorter, for example.
 */
import { LF, SP } from "../base/octets.ts";
import { CAPTURE_VERSION, type CaptureHeader } from "../capture/format.ts";
import { type CaptureRecord, parseRecord, rawOctets, readHeader, readRecord } from "../capture/record.ts";
import { readSpans } from "../capture/spans.ts";
import type { WireEvent } from "../wire/event.ts";
import { fieldProblems } from "./fields.ts";
import { type CheckProblem, problem } from "./problem.ts";

export interface CheckedEvent {
  readonly line: number;
  readonly event: WireEvent;
}

export interface CheckedFile {
  readonly header: CaptureHeader | undefined;
  readonly events: readonly CheckedEvent[];
  readonly problems: readonly CheckProblem[];
  /** There are lines that should be records and are none: what is written of the rest lacks them. */
  readonly lacks: boolean;
}

const CURLY_OPEN = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Reads the octets of a file, unpacked. Never throws for any octets. */
export function readCheckedFile(file: Uint8Array): CheckedFile {
  const marked = BYTE_ORDER_MARK.every((octet, i) => file[i] === octet);
  const bytes = marked ? file.subarray(BYTE_ORDER_MARK.length) : file;
  const events: CheckedEvent[] = [];
  const problems: CheckProblem[] = [];
  let header: CaptureHeader | undefined;
  let lacks = false;
  let line = 1;

  function takeHeader(record: CaptureRecord | undefined): void {
    const read = record === undefined ? undefined : readHeader(record);
    if (record === undefined || read === undefined) problems.push(problem("header-missing", { line }));
    else if (Math.floor(read.version) > CAPTURE_VERSION) {
      const values = { version: read.version, newest: CAPTURE_VERSION };
      problems.push(problem("version-newer", { line }, values));
    } else {
      header = read;
      problems.push(...fieldProblems(record, { line }));
    }
  }

  /** Gives the offset behind the record's raw octets. */
  function takeRecord(record: CaptureRecord, behind: number): number {
    const { connection: number } = record;
    const place = { line, connection: typeof number === "number" ? number : undefined };
    const found = fieldProblems(record, place);
    const reading = readRecord(record);
    lacks ||= reading.kind === "fault";
    if (reading.kind === "fault" && found.length === 0) {
      found.push(problem("not-record", place, { reason: reading.fault }));
    }
    const announced = rawOctets(record);
    let end = behind;
    let event = reading.kind === "event" ? reading.event : undefined;
    if (announced !== undefined) {
      end = rawEnd(bytes, behind, announced);
      const values = { announced, found: end - behind };
      const isCut = end === bytes.length && end - behind < announced;
      if (isCut) found.push(problem("raw-cut", place, values));
      else if (end - behind !== announced) found.push(problem("raw-length", place, values));
      if (event?.kind === "data") event = { ...event, bytes: bytes.subarray(behind, end) };
    }
    if (event?.kind === "data" && readSpans(record["redacted"], event.bytes.length) === undefined) {
      found.push(problem("spans-invalid", place));
      event = { ...event, redacted: [] };
    }
    problems.push(...found);
    if (event !== undefined) events.push({ line, event });
    return announced === undefined ? behind : end + 1;
  }

  for (let at = 0; at < bytes.length; ) {
    const feed = bytes.indexOf(LF, at);
    const end = feed < 0 ? bytes.length : feed;
    const text = bytes.subarray(at, end);
    const record = parseRecord(text);
    let next = end + 1;
    if (line === 1) takeHeader(record);
    else if (record !== undefined) {
      if (record["type"] === "capture") {
        lacks = true;
        problems.push(problem("joined", { line }));
      } else next = takeRecord(record, next);
    } else if (text.some((octet) => octet > SP)) {
      lacks = true;
      problems.push(problem("not-record", { line }, { reason: whyNot(text) }));
    }
    if (line === 1 && header === undefined) break;
    for (let i = bytes.indexOf(LF, at); i >= 0 && i < next; i = bytes.indexOf(LF, i + 1)) line++;
    at = next;
  }
  if (bytes.length === 0) problems.push(problem("header-missing", { line: 1 }));
  return { header, events, problems, lacks };
}

/** Where raw octets end: where it was announced if a record or the end follows; else before the next line that is a record. */
function rawEnd(bytes: Uint8Array, start: number, announced: number): number {
  const end = start + announced;
  if (bytes[end] === LF && (end + 1 >= bytes.length || beginsRecord(bytes, end + 1))) return end;
  for (let feed = bytes.indexOf(LF, start); feed >= 0; feed = bytes.indexOf(LF, feed + 1)) {
    if (feed + 1 < bytes.length && !beginsRecord(bytes, feed + 1)) continue;
    // It may be the record behind it that an editor has broken.
    return feed > end && bytes[end] === LF && bytes[end + 1] === CURLY_OPEN ? end : feed;
  }
  return bytes.length;
}

function beginsRecord(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== CURLY_OPEN) return false;
  const feed = bytes.indexOf(LF, at);
  const record = parseRecord(bytes.subarray(at, feed < 0 ? bytes.length : feed));
  return typeof record?.["type"] === "string";
}

/** Why JSON does not take a line, without what stands in it. */
function whyNot(line: Uint8Array): string {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    return typeof value === "object" ? "it is a list or null" : "it is no object";
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) return "it is not UTF-8";
    const at = /at position \d+|column \d+/.exec(thrown.message)?.[0];
    return at === undefined
      ? "it is no JSON, or not whole"
      : `it is no JSON: the fault is ${at.startsWith("at") ? at : `at ${at}`}`;
  }
}
