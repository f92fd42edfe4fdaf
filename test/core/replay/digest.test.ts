import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Digest, digestOf } from "../../../src/core/replay/digest.ts";
import { chunked } from "../../chunks.ts";

test("any chunking gives the same digest", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(20)), (bytes, sizes) => {
      const digest = new Digest();
      for (const run of chunked(bytes, sizes.values(), 7)) {
        digest.update(run);
        digest.toString();
      }
      assert.equal(digest.toString(), digestOf(bytes));
      assert.equal(digest.octets, bytes.length);
    }),
  );
});

test("every octet and every length counts", () => {
  const bytes = new Uint8Array(64);
  const digests = new Set([digestOf(bytes)]);
  for (let at = 0; at < bytes.length; at++) {
    for (const octet of [1, 0x80, 0xff])
      digests.add(digestOf(bytes.map((old, index) => (index === at ? octet : old))));
    digests.add(digestOf(bytes.subarray(0, at)));
  }
  assert.equal(digests.size, 1 + bytes.length * 4);
});

test("half of the bits change with each bit of the octets", () => {
  const bytes = new Uint8Array(40).fill(0x41);
  const before = BigInt(`0x${digestOf(bytes)}`);
  for (let at = 0; at < bytes.length; at++) {
    const after = BigInt(`0x${digestOf(bytes.map((old, index) => (index === at ? old ^ 1 : old)))}`);
    const changed = [...(before ^ after).toString(2)].filter((bit) => bit === "1").length;
    assert.ok(changed > 12 && changed < 52, `${changed} bits at ${at}`);
  }
});
