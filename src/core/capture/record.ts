/** One record of a capture file: from the JSON of its line to the fact that it holds. */
import type { Leg } from "../base/leg.ts";
import { exactUtf8, fromBase64, NO_OCTETS, SP, utf8 } from "../base/octets.ts";
import { fromMillis, type Micros } from "../base/time.ts";
import type {
  CloseEvent,
  DataEvent,
  OmittedEvent,
  OmittedReason,
  TlsEvent,
  WireEvent,
} from "../wire/event.ts";
import { type CaptureHeader, LATEST_MICROS } from "./format.ts";
import { NO_SPANS, readSpans } from "./spans.ts";

/** The object of a record's line, told apart by `type`; the values are as the file gives them. */
export type CaptureRecord = Readonly<Record<string, unknown>>;

/** What a record holds: a fact, nothing that this version knows, or something that is wrong. */
export type RecordReading =
  | { readonly kind: "event"; readonly event: WireEvent; readonly fault: string | undefined }
  | { readonly kind: "unknown" }
  | { readonly kind: "fault"; readonly fault: string };

/** The record of a line, without its line feed; `undefined` where it is not one JSON object in UTF-8. Never throws. */
export function parseRecord(line: Uint8Array): CaptureRecord | undefined {
  if (!hasBraces(line)) return undefined;
  const text = exactUtf8(line);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a damaged or hostile file is full of is refused here: an exception of JSON.parse takes as long as a long record. */
function hasBraces(line: Uint8Array): boolean {
  let start = 0;
  while ((line[start] ?? CURLY_OPEN) <= SP) start++;
  let end = line.length - 1;
  while ((line[end] ?? CURLY_CLOSE) <= SP) end--;
  return line[start] === CURLY_OPEN && line[end] === CURLY_CLOSE;
}

const CURLY_OPEN = 0x7b;
const CURLY_CLOSE = 0x7d;

function isRecord(value: unknown): value is CaptureRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The header that a first record is; `undefined` where it is none. Its version may be newer than ours. */
export function readHeader(record: CaptureRecord): CaptureHeader | undefined {
  const version = record["version"];
  if (record["type"] !== "capture" || typeof version !== "number" || !(version >= 1)) return undefined;
  const redacted: unknown[] = Array.isArray(record["redacted"]) ? record["redacted"] : [];
  return {
    version,
    createdAt: textOf(record, "createdAt") ?? "",
    createdBy: textOf(record, "createdBy") ?? "",
    redacted: redacted.filter((word): word is string => typeof word === "string"),
  };
}

/** How many raw octets follow the record, of whatever type it is; `undefined` for none. */
export function rawOctets(record: CaptureRecord): number | undefined {
  return countOf(record, "octets");
}

/** The fact of a record. Of data whose octets stand raw after it, `bytes` is empty. Never throws. */
export function readRecord(record: CaptureRecord): RecordReading {
  const type = record["type"];
  if (typeof type !== "string") return fault("it has no type");
  const reader = READERS.get(type);
  if (reader === undefined) return { kind: "unknown" };
  const connection = countOf(record, "connection");
  if (connection === undefined) return fault("connection is not a whole number");
  const at = record["at"];
  if (typeof at !== "number" || !(at >= 0) || at > LATEST_MICROS / 1000) return fault("at is not a time");
  return reader(record, { connection, atMicros: fromMillis(at) });
}

interface Place {
  readonly connection: number;
  readonly atMicros: Micros;
}

type Reader = (record: CaptureRecord, place: Place) => RecordReading;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["open", readOpen],
  ["tls", (record, place) => onLeg(record, (leg) => readTls(record, place, leg))],
  ["data", (record, place) => fromPeer(record, (from) => readData(record, place, from))],
  ["starttls", (record, place) => onLeg(record, (leg) => event({ kind: "starttls", ...place, leg }))],
  ["deflate", (record, place) => fromPeer(record, (from) => event({ kind: "deflate", ...place, from }))],
  ["end", (record, place) => fromPeer(record, (from) => readEnd(record, place, from))],
  ["close", readClose],
  ["error", (record, place) => onLeg(record, (leg) => readError(record, place, leg))],
]);

function event(event: WireEvent, fault?: string): RecordReading {
  return { kind: "event", event, fault };
}

function fault(fault: string): RecordReading {
  return { kind: "fault", fault };
}

function readOpen(record: CaptureRecord, place: Place): RecordReading {
  return event({
    kind: "open",
    ...place,
    client: textOf(record, "client") ?? "",
    listener: textOf(record, "listener") ?? "",
    upstream: textOf(record, "upstream") ?? "",
    midway: record["midway"] === true,
  });
}

function readTls(record: CaptureRecord, place: Place, leg: Leg): RecordReading {
  const reused = record["reused"];
  const tls: TlsEvent = {
    kind: "tls",
    ...place,
    leg,
    protocol: textOf(record, "protocol") ?? "",
    cipher: textOf(record, "cipher") ?? "",
    ...optional(record, "serverName"),
    ...optional(record, "alpn"),
    ...optional(record, "subject"),
    ...optional(record, "fingerprint"),
    ...(typeof reused === "boolean" ? { reused } : {}),
  };
  return event(tls);
}

function readData(record: CaptureRecord, place: Place, from: Leg): RecordReading {
  if (rawOctets(record) !== undefined) return withBytes(record, place, from, NO_OCTETS, rawOctets(record));
  if (Object.hasOwn(record, "octets")) return fault("octets is not a count");
  if (Object.hasOwn(record, "omitted")) return readOmitted(record, place, from);
  const bytes = octetsOf(record);
  return bytes === undefined
    ? fault("its octets are neither text nor Base64")
    : withBytes(record, place, from, bytes, bytes.length);
}

function withBytes(
  record: CaptureRecord,
  place: Place,
  from: Leg,
  bytes: Uint8Array,
  octets = bytes.length,
): RecordReading {
  const spans = readSpans(record["redacted"], octets);
  const data: DataEvent = {
    kind: "data",
    ...place,
    from,
    bytes,
    redacted: spans ?? NO_SPANS,
    ...(record["by"] === "imapscope" ? { byImapscope: true } : {}),
    ...(record["relayed"] === false ? { relayed: false } : {}),
  };
  // The octets are worth more than the marks on them.
  return event(data, spans === undefined ? "redacted does not fit the octets and is ignored" : undefined);
}

/** A lone surrogate is no character: UTF-8 would not give back what stands in the file. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function octetsOf(record: CaptureRecord): Uint8Array | undefined {
  const text = record["text"];
  if (typeof text === "string") return LONE_SURROGATE.test(text) ? undefined : utf8(text);
  const base64 = record["base64"];
  return typeof base64 === "string" ? fromBase64(base64) : undefined;
}

const REASONS: readonly OmittedReason[] = ["opaque", "compressed", "behind", "passedThrough"];

/** A reason that this version does not know is read as the widest one, `opaque`. */
function readOmitted(record: CaptureRecord, place: Place, from: Leg): RecordReading {
  const octets = countOf(record, "omitted");
  if (octets === undefined) return fault("omitted is not a count");
  const reason = REASONS.find((each) => each === record["reason"]) ?? "opaque";
  const omitted: OmittedEvent = { kind: "omitted", ...place, from, octets, reason };
  return event(record["relayed"] === false ? { ...omitted, relayed: false } : omitted);
}

function readEnd(record: CaptureRecord, place: Place, from: Leg): RecordReading {
  const closeNotify = record["closeNotify"] === false ? ({ closeNotify: false } as const) : {};
  return event({ kind: "end", ...place, from, ...closeNotify });
}

function readClose(record: CaptureRecord, place: Place): RecordReading {
  const by: CloseEvent["by"] | undefined = record["by"] === "imapscope" ? "imapscope" : legOf(record["by"]);
  if (by === undefined) return fault("by is neither client, server nor imapscope");
  return event({ kind: "close", ...place, by, reason: textOf(record, "reason") ?? "" });
}

function readError(record: CaptureRecord, place: Place, leg: Leg): RecordReading {
  return event({
    kind: "error",
    ...place,
    leg,
    code: textOf(record, "code") ?? "",
    ...optional(record, "message"),
  });
}

function onLeg(record: CaptureRecord, then: (leg: Leg) => RecordReading): RecordReading {
  const leg = legOf(record["leg"]);
  return leg === undefined ? fault("leg is neither client nor server") : then(leg);
}

function fromPeer(record: CaptureRecord, then: (from: Leg) => RecordReading): RecordReading {
  const from = legOf(record["from"]);
  return from === undefined ? fault("from is neither client nor server") : then(from);
}

function legOf(value: unknown): Leg | undefined {
  return value === "client" || value === "server" ? value : undefined;
}

function textOf(record: CaptureRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === "string" ? value : undefined;
}

function optional<Name extends string>(
  record: CaptureRecord,
  name: Name,
): { readonly [key in Name]?: string } {
  const value = textOf(record, name);
  const found: { [key in Name]?: string } = {};
  if (value !== undefined) found[name] = value;
  return found;
}

function countOf(record: CaptureRecord, name: string): number | undefined {
  const value = record[name];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
