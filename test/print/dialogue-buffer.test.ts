import assert from "node:assert/strict";
import { test } from "node:test";
import type { TranscriptRow } from "../../src/core/text/transcript.ts";
import { createDialogueBuffer } from "../../src/print/dialogue-buffer.ts";

function rows(count: number, text = "S: * x"): TranscriptRow[] {
  return Array.from({ length: count }, (_, i) => ({ atMicros: i, kind: "line", text }));
}

test("keeps the rows of open exchanges, each by itself", () => {
  const buffer = createDialogueBuffer();
  buffer.open(1);
  buffer.open(2);
  buffer.add(1, rows(2));
  buffer.add(3, rows(2));
  assert.equal(buffer.take(1).head.length, 2);
  assert.equal(buffer.take(1).head.length, 0);
  assert.equal(buffer.take(3).head.length, 0);
});

test("a long dialogue keeps its beginning and its end", () => {
  const buffer = createDialogueBuffer();
  buffer.open(1);
  buffer.add(1, rows(1000));
  const { head, dropped, tail } = buffer.take(1);
  assert.deepEqual([head.length, dropped, tail.length], [200, 780, 20]);
  assert.equal(tail.at(-1)?.atMicros, 999);
});

test("all together are bounded, and what is taken makes room", () => {
  const buffer = createDialogueBuffer();
  const long = "x".repeat(100_000);
  for (const id of [1, 2]) {
    buffer.open(id);
    buffer.add(id, rows(60, long));
  }
  assert.equal(buffer.take(1).dropped, 0);
  assert.equal(buffer.take(2).dropped, 40);
  buffer.open(3);
  buffer.add(3, rows(60, long));
  assert.equal(buffer.take(3).dropped, 0);
});
