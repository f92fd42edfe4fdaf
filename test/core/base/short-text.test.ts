import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, utf8 } from "../../../src/core/base/octets.ts";
import { ShortText, viewOf } from "../../../src/core/base/short-text.ts";

const LETTERS = "ABCDEFGHIJKLMNOP";

for (let octets = 4; octets <= LETTERS.length; octets++) {
  test(`a text of ${octets} octets stands only where each of its octets does`, () => {
    const text = LETTERS.slice(0, octets);
    const short = new ShortText(text);
    const line = utf8(`..${text}..`);
    assert.equal(short.octets, octets);
    assert.equal(short.stands(viewOf(line), 2, line.length), true);
    for (let i = 0; i < octets; i++) {
      const other = Uint8Array.from(line);
      other[2 + i] = 0xff;
      assert.equal(short.stands(viewOf(other), 2, other.length), false);
    }
  });
}

test("what octets end within does not stand there", () => {
  const line = utf8("..UID ");
  const uid = new ShortText("UID ");
  assert.equal(uid.stands(viewOf(line), 2, line.length), true);
  assert.equal(uid.stands(viewOf(line), 3, line.length), false);
  assert.equal(uid.stands(viewOf(line), 2, line.length - 1), false);
  assert.equal(uid.stands(viewOf(line), 99, line.length), false);
});

test("a part of a larger buffer is read as that part", () => {
  const part = concat([utf8("before"), utf8("UID 5")]).subarray(6);
  assert.equal(new ShortText("UID ").stands(viewOf(part), 0, part.length), true);
});

test("what is too short or too long for it is refused", () => {
  assert.throws(() => new ShortText("abc"), RangeError);
  assert.throws(() => new ShortText(`${LETTERS}Q`), RangeError);
});
