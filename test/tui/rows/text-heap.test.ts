import assert from "node:assert/strict";
import { test } from "node:test";
import { createTextHeap } from "../../../src/tui/rows/text-heap.ts";

test("texts come back as they were, over more than one buffer", () => {
  const heap = createTextHeap();
  const texts = Array.from({ length: 40_000 }, (_, i) => `FETCH ${i} Кириллица 漢字 😀`);
  const refs = texts.map(heap.add);
  assert.deepEqual(refs.map(heap.get), texts);
  assert.ok(heap.octets() > 1024 * 1024);
});

test("what recurs is kept once; the empty text takes nothing", () => {
  const heap = createTextHeap();
  const ref = heap.add("NOOP");
  assert.equal(heap.add("NOOP"), ref);
  assert.equal(heap.add(""), 0);
  assert.equal(heap.get(0), "");
});

test("a text that is too long is cut", () => {
  const heap = createTextHeap();
  assert.equal(heap.get(heap.add("x".repeat(100_000))).length, 4096);
});

test("what recurs is kept once however much else comes in between", () => {
  const heap = createTextHeap();
  const ref = heap.add("NOOP");
  for (let i = 0; i < 20_000; i++) {
    heap.add(`FETCH ${i}`);
    if (i % 1000 === 0) assert.equal(heap.add("NOOP"), ref);
  }
});

test("what is not looked for leaves the memory to what recurs", () => {
  const heap = createTextHeap();
  const ref = heap.add("NOOP");
  for (let i = 0; i < 20_000; i++) assert.equal(heap.get(heap.addOnce(`x${i}`)), `x${i}`);
  assert.equal(heap.add("NOOP"), ref);
  assert.equal(heap.addOnce(""), 0);
});
