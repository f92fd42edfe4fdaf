import assert from "node:assert/strict";
import { test } from "node:test";
import { OctetBuffer } from "../../../src/core/base/octet-buffer.ts";
import { latin1, utf8 } from "../../../src/core/base/octets.ts";

test("keeps what fits, and the newest octets beyond", () => {
  const buffer = new OctetBuffer(4, 2);
  for (const run of ["ab", "cd", "ef", "g"]) buffer.append(utf8(run));
  assert.equal(buffer.octets, 7);
  assert.equal(latin1(buffer.peek()), "abcd");
  const { bytes, lostOctets } = buffer.take();
  assert.equal(latin1(bytes), "abcdfg");
  assert.equal(lostOctets, 1);
  assert.equal(buffer.octets, 0);
});

test("how octets are appended makes no difference", () => {
  const text = "abcdefghijklmnop";
  const whole = new OctetBuffer(5, 3);
  whole.append(utf8(text));
  const single = new OctetBuffer(5, 3);
  for (const octet of text) single.append(utf8(octet));
  assert.deepEqual(single.take(), whole.take());
});

test("what was cleared is forgotten, and what was taken is not written over", () => {
  const buffer = new OctetBuffer(4000, 2);
  buffer.append(utf8("first"));
  const { bytes } = buffer.take();
  for (const length of [3, 2000, 5000]) {
    buffer.append(utf8("x".repeat(length)));
    buffer.clear();
    assert.equal(buffer.octets, 0);
    buffer.append(utf8("next"));
    assert.equal(latin1(buffer.peek()), "next");
    buffer.clear();
  }
  buffer.append(utf8("other"));
  assert.equal(latin1(bytes), "first");
});
