import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../src/core/base/octets.ts";
import { BLOCK_OCTETS, createSegment } from "../../src/files/spool-segment.ts";
import { openTemporaryFile } from "../../src/files/temporary-file.ts";

function segment(openFile = () => openTemporaryFile()) {
  return createSegment({ start: 0, facts: new Map(), openFile });
}

test("what was added is counted at once, written block by block or all, and read at any place", async () => {
  const own = segment();
  own.bytes(new Uint8Array(BLOCK_OCTETS + 5).fill(7));
  own.text("äb");
  assert.equal(own.octets(), BLOCK_OCTETS + 8);
  await own.write("full");
  assert.equal(own.waiting(), 8);
  own.seal();
  await own.write("partial");
  assert.equal(own.waiting(), 0);
  const read = new Uint8Array(10);
  assert.equal(await own.read(read, BLOCK_OCTETS + 4), 4);
  assert.deepEqual(read.subarray(0, 4), new Uint8Array([7, ...utf8("äb")]));
  await own.close();
});

test("a file that cannot be had is told to who writes, and closing is quiet", async () => {
  const own = segment(() => openTemporaryFile("/nowhere/at/all"));
  own.text("x");
  await assert.rejects(own.write("partial"), { code: "ENOENT" });
  await own.close();
});
