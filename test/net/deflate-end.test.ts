import assert from "node:assert/strict";
import { test } from "node:test";
import { DeflateEnd } from "../../src/net/deflate-end.ts";

const octets = (text: string) => Buffer.from(text, "latin1");
const FLUSH = "\0\0\xff\xff";

test("text behind a flush is found, also where a read begins within the flush", () => {
  const end = new DeflateEnd();
  const squeezed = `abc\x01${FLUSH}`;
  assert.equal(end.border(octets(`${squeezed}a NOOP\r\n`)), squeezed.length);
  for (const whole of [squeezed, "abc", "", `${FLUSH}abc\x01`, `${FLUSH}caf\xe9`])
    assert.equal(end.border(octets(whole)), whole.length, JSON.stringify(whole));
  end.inflated(octets("abc\x01\0\0\xff"));
  assert.equal(end.border(octets("\xffa NOOP\r\n")), 1);
  end.inflated(octets("\xff"));
  assert.equal(end.border(octets("a NOOP\r\n")), 0);
});

test("text is clear behind UNAUTHENTICATE and its flush, until that is refused", () => {
  const end = new DeflateEnd();
  const text = octets("a NOOP\r\n");
  end.inflated(octets(FLUSH));
  assert.equal(end.isBehind(text), false);
  end.ask();
  assert.equal(end.isAsked(), true);
  assert.equal(end.isBehind(text), true);
  assert.equal(end.isBehind(octets("a\x01")), false);
  end.inflated(octets("a\x01"));
  assert.equal(end.isBehind(text), false);
  end.inflated(octets(FLUSH));
  end.refuse();
  assert.equal(end.isBehind(text), false);
});

test("what follows an accepted UNAUTHENTICATE is clear, but for the rest of the flush", () => {
  const end = new DeflateEnd();
  end.end();
  assert.deepEqual([end.isOver(), end.isFlushed()], [true, false]);
  assert.equal(end.isBehind(octets(FLUSH)), false);
  assert.equal(end.isBehind(octets("a caf\xe9")), true);
  end.inflated(octets(FLUSH));
  assert.equal(end.isFlushed(), true);
  assert.equal(end.isBehind(octets("\xe9")), true);
});
