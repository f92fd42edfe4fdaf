import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../../src/core/base/octets.ts";
import { createBlocks } from "../../src/files/blocks.ts";
import { createOctetQueue, type OctetQueue } from "../../src/files/octet-queue.ts";

const queueOf = (blockOctets: number, startOctets?: number): OctetQueue =>
  createOctetQueue(createBlocks(blockOctets), startOctets);

function takeAll(queue: OctetQueue): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let block = queue.take("partial"); block !== undefined; block = queue.take("partial")) {
    blocks.push(Uint8Array.from(block));
    queue.giveBack(block);
  }
  return blocks.length === 0 ? new Uint8Array(0) : concat(blocks);
}

test("law: everything comes out once, in order, whatever is taken in between", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.uint8Array({ maxLength: 40 }),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const queue = queueOf(16);
      const expected: Uint8Array[] = [new Uint8Array(0)];
      const found: Uint8Array[] = [new Uint8Array(0)];
      for (const each of pieces) {
        if (each === undefined) found.push(takeAll(queue));
        else if (typeof each === "string") queue.text(each);
        else queue.bytes(each);
        if (each !== undefined) expected.push(typeof each === "string" ? utf8(each) : each);
      }
      const before = queue.octets();
      const rest = takeAll(queue);
      assert.equal(rest.length, before);
      assert.deepEqual(concat([...found, rest]), concat(expected));
      assert.equal(queue.octets(), 0);
    }),
  );
});

test("a block that is being filled is left alone until it is full or asked for", () => {
  const queue = queueOf(8);
  queue.bytes(utf8("1234567"));
  assert.equal(queue.take("full"), undefined);
  queue.bytes(utf8("8"));
  assert.deepEqual(Uint8Array.from(queue.take("full") ?? []), utf8("12345678"));
  assert.equal(queue.take("partial"), undefined);
});

test("what is appended is copied: the caller may use its memory again", () => {
  const queue = queueOf(64);
  const bytes = utf8("abc");
  queue.bytes(bytes);
  bytes.fill(0);
  assert.deepEqual(takeAll(queue), utf8("abc"));
});

test("law: a run lies within one block of the file, wherever the queue begins, and full blocks are whole", () => {
  const step = fc.tuple(fc.nat(40), fc.constantFrom("full", "partial", undefined));
  fc.assert(
    fc.property(fc.nat(50), fc.array(step), (startOctets, steps) => {
      const queue = queueOf(16, startOctets);
      let position = startOctets;
      let waiting = 0;
      for (const [octets, which] of steps) {
        queue.bytes(new Uint8Array(octets));
        waiting += octets;
        const run = which && queue.take(which);
        if (run === undefined) continue;
        assert.equal(Math.floor(position / 16), Math.floor((position + run.length - 1) / 16));
        position += run.length;
        waiting -= run.length;
        if (which === "full") assert.equal(position % 16, 0);
        assert.equal(queue.octets(), waiting);
        queue.giveBack(run);
      }
    }),
  );
});

test("memory of a block is used again when its last octets are given back", () => {
  const queue = queueOf(8);
  queue.text("123");
  const part = queue.take("partial") ?? assert.fail();
  queue.text("45678");
  const rest = queue.take("full") ?? assert.fail();
  assert.deepEqual(Uint8Array.from(rest), utf8("45678"));
  queue.giveBack(part);
  queue.text("another");
  assert.notEqual(queue.take("partial")?.buffer, part.buffer);
  queue.giveBack(rest);
  queue.text("!next");
  queue.take("full");
  assert.equal(queue.take("partial")?.buffer, part.buffer);
});

test("cleared, nothing waits", () => {
  const queue = queueOf(4);
  queue.text("abcdefgh i");
  queue.clear();
  assert.equal(queue.octets(), 0);
  assert.equal(queue.take("partial"), undefined);
});
