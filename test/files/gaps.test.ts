import assert from "node:assert/strict";
import { test } from "node:test";
import type { DataEvent, OmittedEvent } from "../../src/core/wire/event.ts";
import { createGaps, mayBeOmitted } from "../../src/files/gaps.ts";

function data(connection: number, from: "client" | "server", octets: number, atMicros: number): DataEvent {
  return { kind: "data", connection, from, atMicros, bytes: new Uint8Array(octets), redacted: [] };
}

function omitted(connection: number, octets: number, atMicros: number): OmittedEvent {
  return { kind: "omitted", connection, from: "server", octets, atMicros, reason: "opaque" };
}

test("octets are counted by connection, direction and reason, from when they began", () => {
  const gaps = createGaps();
  assert.equal(gaps.isEmpty(), true);
  gaps.add(data(2, "server", 10, 1));
  gaps.add(data(1, "client", 5, 2));
  gaps.add(data(2, "client", 1, 3));
  gaps.add(data(2, "server", 20, 4));
  gaps.add(omitted(2, 7, 5));
  assert.equal(gaps.isEmpty(), false);
  assert.deepEqual(gaps.take(2), [
    { kind: "omitted", connection: 2, from: "server", atMicros: 1, octets: 30, reason: "behind" },
    { kind: "omitted", connection: 2, from: "client", atMicros: 3, octets: 1, reason: "behind" },
    { kind: "omitted", connection: 2, from: "server", atMicros: 5, octets: 7, reason: "opaque" },
  ]);
  assert.deepEqual(gaps.take(2), []);
  assert.deepEqual(
    gaps.take().map((gap) => gap.octets),
    [5],
  );
  assert.equal(gaps.isEmpty(), true);
});

test("only octets may be left out", () => {
  assert.equal(mayBeOmitted(data(1, "client", 1, 1)), true);
  assert.equal(mayBeOmitted(omitted(1, 1, 1)), true);
  assert.equal(mayBeOmitted({ kind: "end", connection: 1, atMicros: 1, from: "client" }), false);
});
