/**
 * WireEvent -> octets of the capture file (docs/capture-format.md).
 *
 * Recording is most of what the relay costs, and JSON text is the dearest part of recording. So records are put together
 * as text by hand, JSON.stringify sees only what a peer sent and only where it is not plain ASCII, runs of 4 KiB and more
 * are not turned into text at all, and everything goes straight into a sink that gathers it.
 */
import type { Span } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { detach, exactUtf8, toBase64, utf8 } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { DataEvent, WireEvent } from "../wire/event.ts";
import { escapeAscii, MOST_ESCAPED } from "./escape.ts";
import { type CaptureHeader, isLongRun, RAW_OCTETS } from "./format.ts";
import { spanCutter } from "./spans.ts";

/** Takes the pieces of a capture file in order. */
export interface CaptureSink {
  /** Takes whole text, to be written as UTF-8; it has no lone surrogates. */
  readonly text: (text: string) => void;
  /** Takes octets that are good until it returns: it copies what it keeps. */
  readonly bytes: (bytes: Uint8Array) => void;
}

export interface EncodeOptions {
  /** No raw octets after a record: for files that git, editors and jq are to read (everything that rewrites a capture). */
  readonly plainOnly?: boolean;
}

/** The first line of a capture, its line feed included. */
export function encodeHeader(header: CaptureHeader): string {
  const { version, createdAt, createdBy, redacted } = header;
  return `${JSON.stringify({ type: "capture", version, createdAt, createdBy, redacted })}\n`;
}

/**
 * Gives the records of an event to a sink: one, or several for a run over `captureRunOctets`. Lossless. Never throws for
 * an event whose numbers are what their types say (times up to `LATEST_MICROS`).
 */
export function encodeEvent(event: WireEvent, sink: CaptureSink, options: EncodeOptions = {}): void {
  if (event.kind !== "data") sink.text(encodeFact(event));
  else if (isLongRun(event.bytes.length)) encodeLongRun(event, sink, options);
  else encodeRun(event, event.bytes, event.redacted, sink, options);
}

/** The records of an event as runs of octets of their own, to be joined in order. */
export function encodeToRuns(event: WireEvent, options: EncodeOptions = {}): Uint8Array[] {
  const runs: Uint8Array[] = [];
  const text = (text: string) => runs.push(utf8(text));
  encodeEvent(event, { text, bytes: (bytes) => runs.push(detach(bytes)) }, options);
  return runs;
}

/** Where the text of a short run is escaped; free again when the sink has taken it. */
const scratch = new Uint8Array(RAW_OCTETS * MOST_ESCAPED);

function encodeRun(
  event: DataEvent,
  bytes: Uint8Array,
  redacted: readonly Span[],
  sink: CaptureSink,
  options: EncodeOptions,
): void {
  let head = `${start("data", event)},"from":"${event.from}"`;
  if (event.byImapscope === true) head += ',"by":"imapscope"';
  if (event.relayed === false) head += ',"relayed":false';
  const end = redacted.length === 0 ? "}\n" : `,"redacted":${JSON.stringify(redacted)}}\n`;
  if (bytes.length >= RAW_OCTETS && options.plainOnly !== true) {
    sink.text(`${head},"octets":${bytes.length}${end}`);
    sink.bytes(bytes);
    sink.text("\n");
    return;
  }
  const escapedOctets = bytes.length <= RAW_OCTETS ? escapeAscii(bytes, scratch, 0) : -1;
  if (escapedOctets >= 0) {
    sink.text(`${head},"text":"`);
    sink.bytes(scratch.subarray(0, escapedOctets));
    sink.text(`"${end}`);
    return;
  }
  const text = exactUtf8(bytes);
  if (text === undefined) sink.text(`${head},"base64":"${toBase64(bytes)}"${end}`);
  else sink.text(`${head},"text":${quoted(text)}${end}`);
}

/** A record may split a read: one line of a capture stays so short that a reader can bound it. */
function encodeLongRun(event: DataEvent, sink: CaptureSink, options: EncodeOptions): void {
  const { bytes } = event;
  const spansWithin = spanCutter(event.redacted);
  for (let at = 0; at < bytes.length; ) {
    const end = runEnd(bytes, at);
    encodeRun(event, bytes.subarray(at, end), spansWithin(at, end), sink, options);
    at = end;
  }
}

/** Not between the octets of one UTF-8 character, so that both parts stay text. */
function runEnd(bytes: Uint8Array, at: number): number {
  const end = at + LIMITS.captureRunOctets;
  if (end >= bytes.length) return bytes.length;
  for (let back = 0; back < 4; back++) if (((bytes[end - back] ?? 0) & 0xc0) !== 0x80) return end - back;
  return end;
}

function encodeFact(event: Exclude<WireEvent, DataEvent>): string {
  switch (event.kind) {
    case "open":
      return `${start("open", event)}${field("client", event.client)}${field("listener", event.listener)}${field("upstream", event.upstream)}${event.midway ? ',"midway":true' : ""}}\n`;
    case "tls":
      return `${start("tls", event)},"leg":"${event.leg}"${field("protocol", event.protocol)}${field("cipher", event.cipher)}${field("serverName", event.serverName)}${field("alpn", event.alpn)}${field("subject", event.subject)}${field("fingerprint", event.fingerprint)}${event.reused === undefined ? "" : `,"reused":${event.reused}`}}\n`;
    case "omitted":
      return `${start("data", event)},"from":"${event.from}","omitted":${event.octets}${field("reason", event.reason)}${event.relayed === false ? ',"relayed":false' : ""}}\n`;
    case "starttls":
      return `${start("starttls", event)},"leg":"${event.leg}"}\n`;
    case "deflate":
      return `${start("deflate", event)},"from":"${event.from}"}\n`;
    case "end":
      return `${start("end", event)},"from":"${event.from}"${event.closeNotify === false ? ',"closeNotify":false' : ""}}\n`;
    case "close":
      return `${start("close", event)},"by":"${event.by}"${field("reason", event.reason)}}\n`;
    case "error":
      return `${start("error", event)},"leg":"${event.leg}"${field("code", event.code)}${field("message", event.message)}}\n`;
  }
}

function start(type: string, event: WireEvent): string {
  return `{"type":"${type}","connection":${event.connection},"at":${millis(event.atMicros)}`;
}

/** Milliseconds with exactly three decimals: columns that line up, and no arithmetic on fractions. */
function millis(atMicros: Micros): string {
  const micros = Math.max(0, Math.round(atMicros));
  const whole = Math.floor(micros / 1000);
  const rest = micros - whole * 1000;
  return `${whole}.${rest < 10 ? "00" : rest < 100 ? "0" : ""}${rest}`;
}

function field(name: string, value: string | undefined): string {
  return value === undefined ? "" : `,"${name}":${quoted(value)}`;
}

/**
 * JSON leaves DEL, the C1 control characters and the two Unicode line separators as they are. They are escaped too: a
 * record is one line for every tool's idea of a line, and a capture shown on a terminal does not control it.
 */
const UNQUOTED = /[\u007f-\u009f\u2028\u2029]/;
const ALL_UNQUOTED = /[\u007f-\u009f\u2028\u2029]/g;

function quoted(text: string): string {
  const json = JSON.stringify(text);
  return UNQUOTED.test(json) ? json.replace(ALL_UNQUOTED, escaped) : json;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
