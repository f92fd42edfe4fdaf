import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../../src/core/base/octets.ts";
import { BLOCK_OCTETS, createOctetQueue, type OctetQueue } from "../../src/files/octet-queue.ts";

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
      const queue = createOctetQueue(16);
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
  const queue = createOctetQueue(8);
  queue.bytes(utf8("1234567"));
  assert.equal(queue.take("full"), undefined);
  queue.bytes(utf8("8"));
  assert.deepEqual(Uint8Array.from(queue.take("full") ?? []), utf8("12345678"));
  assert.equal(queue.take("partial"), undefined);
});

test("what is appended is copied: the caller may use its memory again", () => {
  const queue = createOctetQueue();
  const bytes = utf8("abc");
  queue.bytes(bytes);
  bytes.fill(0);
  assert.deepEqual(takeAll(queue), utf8("abc"));
});

test("memory of a block that is given back is used again", () => {
  const queue = createOctetQueue();
  queue.text("first");
  const block = queue.take("partial") ?? assert.fail();
  queue.giveBack(block);
  queue.text("second");
  assert.equal(queue.take("partial")?.buffer, block.buffer);
  assert.equal(block.buffer.byteLength, BLOCK_OCTETS);
});

test("cleared, nothing waits", () => {
  const queue = createOctetQueue(4);
  queue.text("abcdefgh i");
  queue.clear();
  assert.equal(queue.octets(), 0);
  assert.equal(queue.take("partial"), undefined);
});
