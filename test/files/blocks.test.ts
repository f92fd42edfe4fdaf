import assert from "node:assert/strict";
import { test } from "node:test";
import { createBlocks } from "../../src/files/blocks.ts";

const SIZE = 64 * 1024;

test("a block that is given back is the next one that is taken", () => {
  for (const aligned of [0, 4]) {
    const blocks = createBlocks(SIZE, aligned);
    const [first, second] = [blocks.take(), blocks.take()];
    assert.equal(first.length, SIZE);
    assert.ok(first.buffer !== second.buffer || first.byteOffset !== second.byteOffset);
    blocks.giveBack(first);
    const again = blocks.take();
    assert.equal(again.buffer, first.buffer);
    assert.equal(again.byteOffset, first.byteOffset);
  }
});

test("so many are aligned as were asked for; more than those are there all the same", () => {
  const blocks = createBlocks(SIZE, 2);
  const taken = [blocks.take(), blocks.take(), blocks.take()];
  assert.deepEqual(
    taken.map((block) => blocks.areAligned(block)),
    [true, true, false],
  );
  assert.deepEqual(
    taken.map((block) => block.length),
    [SIZE, SIZE, SIZE],
  );
  assert.equal(blocks.areAligned(taken[0]?.subarray(1) ?? assert.fail()), false);
});

test("of ordinary blocks no more than a few are kept, of aligned ones all", () => {
  for (const [aligned, kept] of [
    [0, 3],
    [5, 5],
  ] as const) {
    const blocks = createBlocks(SIZE, aligned);
    const taken = Array.from({ length: 5 }, () => blocks.take());
    for (const block of taken) blocks.giveBack(block);
    const again = Array.from({ length: 5 }, () => blocks.take());
    const places = new Set(taken.map(placeOf));
    assert.equal(again.filter((block) => places.has(placeOf(block))).length, kept);
  }
});

test("where there is not so much address space, blocks are ordinary", () => {
  const blocks = createBlocks(1024 * 1024 * 1024, 1024);
  assert.equal(blocks.areAligned(new Uint8Array(SIZE)), false);
});

const numbers = new Map<ArrayBufferLike, number>();

function placeOf(block: Buffer): string {
  const number = numbers.get(block.buffer) ?? numbers.size;
  numbers.set(block.buffer, number);
  return `${number} ${block.byteOffset}`;
}
