import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, displayText, fromLatin1, utf8 } from "../../../src/core/base/octets.ts";
import { encodeToRuns } from "../../../src/core/capture/encode.ts";
import { parseRecord, rawOctets, readHeader, readRecord } from "../../../src/core/capture/record.ts";
import { comparable, wireEvent } from "../../wire-events.ts";

const data = { type: "data", connection: 1, at: 1.5, from: "client" };

test("a line is a record when it is one JSON object in UTF-8", () => {
  assert.deepEqual(parseRecord(utf8(' {"type":"x"}\r')), { type: "x" });
  for (const line of ["", "1", "null", "[]", '"x"', "{", '{"a":1}{"b":2}']) {
    assert.equal(parseRecord(utf8(line)), undefined, line);
  }
  assert.equal(parseRecord(fromLatin1('{"a":"\xff"}')), undefined);
});

test("a record as deep as a line may be does no harm", () => {
  assert.equal(parseRecord(utf8("[".repeat(1_000_000))), undefined);
  const nested = `{"type":"data","text":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
  assert.equal(parseRecord(utf8(nested))?.["type"], "data");
});

test("a header names its version; the rest may be missing", () => {
  assert.deepEqual(readHeader({ type: "capture", version: 1 }), {
    version: 1,
    createdAt: "",
    createdBy: "",
    redacted: [],
  });
  assert.deepEqual(
    readHeader({ type: "capture", version: 7, createdAt: "a", createdBy: "b", redacted: ["x", 1], more: 1 }),
    { version: 7, createdAt: "a", createdBy: "b", redacted: ["x"] },
  );
  for (const record of [{ type: "data" }, { type: "capture" }, { type: "capture", version: "1" }]) {
    assert.equal(readHeader(record), undefined);
  }
  assert.equal(readHeader({ type: "capture", version: 0 }), undefined);
  assert.equal(readHeader({ type: "capture", version: Number.NaN }), undefined);
});

test("any record may announce raw octets", () => {
  assert.equal(rawOctets({ type: "later", octets: 5 }), 5);
  assert.equal(rawOctets({ octets: 0 }), 0);
  for (const octets of [undefined, -1, 1.5, "5", 2 ** 60, null])
    assert.equal(rawOctets({ octets }), undefined);
});

test("law: what encode writes is read back", () => {
  fc.assert(
    fc.property(wireEvent, (event) => {
      const record = parseRecord(concat(encodeToRuns(event, { plainOnly: true })));
      const reading = readRecord(record ?? assert.fail());
      assert.ok(reading.kind === "event");
      assert.equal(reading.fault, undefined);
      assert.deepEqual(comparable(reading.event), comparable(event));
    }),
  );
});

test("unknown types and fields are passed over", () => {
  assert.deepEqual(readRecord({ type: "note", text: "later" }), { kind: "unknown" });
  const reading = readRecord({ ...data, text: "x", colour: "red", by: "someone", relayed: "no" });
  assert.ok(reading.kind === "event" && reading.event.kind === "data");
  assert.deepEqual(Object.keys(reading.event).sort(), [
    "atMicros",
    "bytes",
    "connection",
    "from",
    "kind",
    "redacted",
  ]);
});

const FAULTS: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [{}, /no type/],
  [{ type: 1 }, /no type/],
  [{ type: "end", at: 1, from: "client" }, /connection/],
  [{ ...data, connection: -1, text: "" }, /connection/],
  [{ ...data, connection: 1.5, text: "" }, /connection/],
  [{ ...data, connection: "1", text: "" }, /connection/],
  [{ ...data, at: "1", text: "" }, /at is not/],
  [{ ...data, at: -0.001, text: "" }, /at is not/],
  [{ ...data, at: 1e300, text: "" }, /at is not/],
  [{ ...data, from: "both", text: "" }, /from/],
  [{ ...data, type: "deflate", from: 1 }, /from/],
  [{ ...data, type: "end", from: null }, /from/],
  [{ ...data, type: "tls" }, /leg/],
  [{ ...data, type: "starttls", leg: "x" }, /leg/],
  [{ ...data, type: "error" }, /leg/],
  [{ ...data, type: "close", by: "them" }, /by/],
  [data, /neither text nor Base64/],
  [{ ...data, text: 1 }, /neither text nor Base64/],
  [{ ...data, text: "\ud800" }, /neither text nor Base64/],
  [{ ...data, base64: "AAA" }, /neither text nor Base64/],
  [{ ...data, base64: "A*==" }, /neither text nor Base64/],
  [{ ...data, octets: -1 }, /octets/],
  [{ ...data, octets: "1", text: "x" }, /octets/],
  [{ ...data, omitted: 1.5 }, /omitted/],
];

test("a record that does not say enough is a fault with its reason", () => {
  for (const [record, reason] of FAULTS) {
    const reading = readRecord(record);
    assert.ok(reading.kind === "fault", JSON.stringify(record));
    assert.match(reading.fault, reason);
  }
});

test("spans that do not fit cost the marks, never the octets", () => {
  const reading = readRecord({ ...data, text: "abc", redacted: [[0, 4]] });
  assert.ok(reading.kind === "event" && reading.event.kind === "data");
  assert.equal(displayText(reading.event.bytes), "abc");
  assert.deepEqual(reading.event.redacted, []);
  assert.match(reading.fault ?? "", /redacted/);
});

test("spans of raw octets are measured by the count", () => {
  const fits = readRecord({ ...data, octets: 9, redacted: [[1, 9]] });
  assert.ok(fits.kind === "event" && fits.event.kind === "data");
  assert.deepEqual([fits.fault, fits.event.redacted, fits.event.bytes.length], [undefined, [[1, 9]], 0]);
});

test("a reason that is not known is read as opaque, missing words as empty ones", () => {
  const omitted = readRecord({ ...data, omitted: 5, reason: "tired" });
  assert.ok(omitted.kind === "event" && omitted.event.kind === "omitted");
  assert.equal(omitted.event.reason, "opaque");
  const close = readRecord({ ...data, type: "close", by: "server" });
  assert.ok(close.kind === "event" && close.event.kind === "close");
  assert.equal(close.event.reason, "");
});

test("names of JavaScript's own objects are no fields and no types", () => {
  const record = parseRecord(utf8('{"type":"constructor","__proto__":{"type":"data"}}'));
  assert.deepEqual(readRecord(record ?? assert.fail()), { kind: "unknown" });
});
