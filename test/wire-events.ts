/** Facts of any kind, and how they go into a capture and come back, for laws. */
import fc from "fast-check";
import type { Span } from "../src/core/base/leg.ts";
import { concat, utf8 } from "../src/core/base/octets.ts";
import { createCaptureDecoder } from "../src/core/capture/decode.ts";
import { type EncodeOptions, encodeHeader, encodeToRuns } from "../src/core/capture/encode.ts";
import { type CaptureHeader, type CaptureProblem, LATEST_MICROS } from "../src/core/capture/format.ts";
import type { DataEvent, WireEvent } from "../src/core/wire/event.ts";
import { anyCharacter } from "./any-character.ts";

const leg = fc.constantFrom("client" as const, "server" as const);
const place = { connection: fc.integer({ min: 1, max: 9 }), atMicros: fc.nat({ max: LATEST_MICROS }) };
const text = fc.string({ unit: "grapheme", maxLength: 20 });

/** What is dangerous in a capture: line feeds, quotes, controls, all of Unicode, octets that are no text, long runs. */
const octets: fc.Arbitrary<Uint8Array> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: anyCharacter, maxLength: 60 }).map((each) => utf8(wellFormed(each))),
  },
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("* OK ready\r\n", "\ufeffa1 NOOP\r\n", '"\\', "\u0000\u001f\u007f\u0085\u2028", "\n")
      .map(utf8),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 4090, max: 4200 }))
      .map(([pattern, length]) => Uint8Array.from({ length }, (_, i) => pattern[i % pattern.length] ?? 0)),
  },
);

function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, "\ufffd");
}

function spansOf(bounds: readonly number[], length: number): Span[] {
  const sorted = [...new Set(bounds.map((bound) => bound % (length + 1)))].sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < sorted.length; i += 2) spans.push([sorted[i] ?? 0, sorted[i + 1] ?? 0]);
  return spans;
}

export const dataEvent: fc.Arbitrary<DataEvent> = fc
  .record(
    {
      kind: fc.constant("data" as const),
      ...place,
      from: leg,
      bytes: octets,
      bounds: fc.array(fc.nat(5000), { maxLength: 4 }),
      byImapscope: fc.constant(true),
      relayed: fc.constant(false),
    },
    { requiredKeys: ["kind", "connection", "atMicros", "from", "bytes", "bounds"] },
  )
  .map(({ bounds, ...event }) => ({ ...event, redacted: spansOf(bounds, event.bytes.length) }));

export const wireEvent: fc.Arbitrary<WireEvent> = fc.oneof(
  { weight: 5, arbitrary: dataEvent },
  fc.record({
    kind: fc.constant("open" as const),
    ...place,
    client: text,
    listener: text,
    upstream: text,
    midway: fc.boolean(),
  }),
  fc.record(
    {
      kind: fc.constant("tls" as const),
      ...place,
      leg,
      protocol: text,
      cipher: text,
      serverName: text,
      alpn: text,
      subject: text,
      fingerprint: text,
      reused: fc.boolean(),
    },
    { requiredKeys: ["kind", "connection", "atMicros", "leg", "protocol", "cipher"] },
  ),
  fc.record({
    kind: fc.constant("omitted" as const),
    ...place,
    from: leg,
    octets: fc.nat(),
    reason: fc.constantFrom("opaque" as const, "compressed" as const, "behind" as const),
  }),
  fc.record({ kind: fc.constant("starttls" as const), ...place, leg }),
  fc.record({ kind: fc.constant("deflate" as const), ...place, from: leg }),
  fc.record(
    { kind: fc.constant("end" as const), ...place, from: leg, closeNotify: fc.constant(false as const) },
    { requiredKeys: ["kind", "connection", "atMicros", "from"] },
  ),
  fc.record({
    kind: fc.constant("close" as const),
    ...place,
    by: fc.constantFrom("client" as const, "server" as const, "imapscope" as const),
    reason: text,
  }),
  fc.record(
    { kind: fc.constant("error" as const), ...place, leg, code: text, message: text },
    { requiredKeys: ["kind", "connection", "atMicros", "leg", "code"] },
  ),
);

export const HEADER: CaptureHeader = {
  version: 1,
  createdAt: "2026-11-22T19:00:00.000Z",
  createdBy: "imapscope 0.1.0",
  redacted: ["credentials"],
};

/** A whole capture file. */
export function captureOf(events: readonly WireEvent[], options: EncodeOptions = {}): Uint8Array {
  return concat([utf8(encodeHeader(HEADER)), ...events.flatMap((event) => encodeToRuns(event, options))]);
}

export interface Decoded {
  readonly headers: readonly CaptureHeader[];
  readonly events: readonly WireEvent[];
  readonly problems: readonly CaptureProblem[];
}

/** Everything that a decoder gives for these chunks; bytes as plain arrays of their own, so that they compare. */
export function decoded(chunks: readonly Uint8Array[]): Decoded {
  const headers: CaptureHeader[] = [];
  const events: WireEvent[] = [];
  const problems: CaptureProblem[] = [];
  const decoder = createCaptureDecoder({
    onHeader: (header) => headers.push(header),
    onEvent: (event) => events.push(event),
    onProblem: (problem) => problems.push(problem),
  });
  for (const chunk of chunks) decoder.push(chunk);
  decoder.finish();
  return { headers, events: events.map(comparable), problems };
}

/** The same event as a plain object, with bytes of their own whatever buffer they lay in. */
export function comparable(event: WireEvent): WireEvent {
  return event.kind === "data" ? { ...event, bytes: Uint8Array.from(event.bytes) } : { ...event };
}
