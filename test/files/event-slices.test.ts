import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../src/core/base/octets.ts";
import type { DataEvent, WireEvent } from "../../src/core/wire/event.ts";
import { slicesOf } from "../../src/files/event-slices.ts";

const BASE = { kind: "data" as const, connection: 1, atMicros: 5, from: "server" as const };

test("a long run comes in pieces with its masked spans, anything else as it is", () => {
  const bytes = Uint8Array.from({ length: 150_000 }, (_, i) => i);
  const long: DataEvent = { ...BASE, bytes, redacted: [[65_530, 65_540]] };
  const slices = [...slicesOf(long)] as DataEvent[];
  assert.deepEqual(
    slices.map((slice) => [slice.bytes.length, slice.redacted]),
    [
      [65_536, [[65_530, 65_536]]],
      [65_536, [[0, 4]]],
      [18_928, []],
    ],
  );
  assert.deepEqual(concat(slices.map((slice) => slice.bytes)), bytes);
  const short: WireEvent = { ...BASE, bytes: bytes.subarray(0, 9), redacted: [] };
  assert.deepEqual([...slicesOf(short)], [short]);
});
