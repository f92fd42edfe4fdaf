import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  concat,
  detach,
  detachText,
  displayText,
  exactUtf8,
  fromBase64,
  fromLatin1,
  isDigit,
  latin1,
  spells,
  toBase64,
  utf8,
} from "../../../src/core/base/octets.ts";

const octets = fc.uint8Array({ maxLength: 300 });

test("ISO-8859-1 is lossless, with and without the native decoder", () => {
  fc.assert(
    fc.property(octets, (bytes) => {
      assert.deepEqual(fromLatin1(latin1(bytes)), bytes);
      assert.equal(latin1(Buffer.from(bytes)), latin1(bytes));
    }),
  );
});

test("a part of the octets can be taken as text", () => {
  for (const bytes of [utf8("a1 NOOP"), Buffer.from("a1 NOOP")]) {
    assert.equal(latin1(bytes, 3, 7), "NOOP");
    assert.deepEqual([spells(bytes, 3, 7, "NOOP"), spells(bytes, 3, 7, "noop")], [true, false]);
    assert.deepEqual([spells(bytes, 3, 6, "NOOP"), spells(bytes, 3, 8, "NOOP")], [false, false]);
  }
});

test("text is exact only where UTF-8 round-trips", () => {
  fc.assert(
    fc.property(octets, (bytes) => {
      const text = exactUtf8(bytes);
      if (text !== undefined) assert.deepEqual(utf8(text), bytes);
    }),
  );
  assert.equal(exactUtf8(utf8("\ufeffPosteingänge 受信")), "\ufeffPosteingänge 受信");
  assert.equal(exactUtf8(Uint8Array.of(0x66, 0xfc, 0x72)), undefined);
  assert.equal(exactUtf8(Uint8Array.of(0xc0, 0x80)), undefined);
});

test("display text replaces what is not UTF-8", () => {
  assert.equal(displayText(Uint8Array.of(0x66, 0xfc, 0x72)), "f\ufffdr");
});

test("Base64 is lossless, also over the size of one call's arguments", () => {
  fc.assert(fc.property(octets, (bytes) => assert.deepEqual(fromBase64(toBase64(bytes)), bytes)));
  const many = Uint8Array.from({ length: 0x2000 * 3 + 5 }, (_, at) => at & 0xff);
  assert.equal(toBase64(many), Buffer.from(many).toString("base64"));
});

test("what is not Base64 is undefined", () => {
  for (const text of ["abc", "ab=c", "ab c", "a===", "äbcd"]) assert.equal(fromBase64(text), undefined, text);
});

test("runs are joined in order, a single one without a copy", () => {
  const one = utf8("one");
  assert.equal(concat([one]), one);
  assert.deepEqual(concat([one, utf8(" "), utf8("two")]), utf8("one two"));
  assert.deepEqual(concat([]), new Uint8Array(0));
});

test("a text of its own is the same text", () => {
  for (const text of ["", "abc", "\u00e9\u{1f600}", `long ${"x".repeat(1000)}`])
    assert.equal(detachText(text), text);
});

test("a detached copy has memory of its own", () => {
  const read = utf8("a1 NOOP");
  const copy = detach(read.subarray(3));
  read.fill(0);
  assert.equal(latin1(copy), "NOOP");
  assert.equal(copy.buffer.byteLength, 4);
});

test("digits are 0 to 9", () => {
  const digits = Array.from({ length: 256 }, (_, octet) => octet).filter(isDigit);
  assert.deepEqual(
    digits,
    [..."0123456789"].map((digit) => digit.charCodeAt(0)),
  );
  assert.equal(isDigit(undefined), false);
});
