import assert from "node:assert/strict";
import { test } from "node:test";
import { displayText, utf8 } from "../../../src/core/base/octets.ts";
import { escapeAscii, MOST_ESCAPED } from "../../../src/core/capture/escape.ts";

test("every ASCII octet is escaped exactly as JSON.stringify does it", () => {
  const into = new Uint8Array(1 + MOST_ESCAPED);
  for (let octet = 0; octet < 0x7f; octet++) {
    const end = escapeAscii(Uint8Array.of(octet), into, 1);
    const expected = JSON.stringify(String.fromCharCode(octet)).slice(1, -1);
    assert.equal(displayText(into.subarray(1, end)), expected, `octet ${octet}`);
  }
});

test("a run of octets keeps its order, from where it is told to write", () => {
  const into = new Uint8Array(64);
  const end = escapeAscii(utf8('a1 LOGIN "x\\y"\r\n'), into, 5);
  assert.equal(displayText(into.subarray(5, end)), 'a1 LOGIN \\"x\\\\y\\"\\r\\n');
});

test("what is not ASCII, and DEL, is left to others", () => {
  for (const octet of [0x7f, 0x80, 0xff]) {
    assert.equal(escapeAscii(Uint8Array.of(0x61, octet), new Uint8Array(12), 0), -1);
  }
});
