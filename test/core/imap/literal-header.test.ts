/** RFC 9051 §4.3, RFC 7888 §3, RFC 3516 §4.4. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { literalHeader } from "../../../src/core/imap/literal-header.ts";

test("headers at the end of a line", () => {
  assert.deepEqual(literalHeader(utf8("a X {12}")), {
    octets: 12,
    synchronizing: true,
    literal8: false,
    start: 4,
  });
  assert.deepEqual(literalHeader(utf8("{0+}")), {
    octets: 0,
    synchronizing: false,
    literal8: false,
    start: 0,
  });
  assert.deepEqual(literalHeader(utf8("(~{7}")), {
    octets: 7,
    synchronizing: true,
    literal8: true,
    start: 1,
  });
  assert.equal(literalHeader(utf8("{00042}"))?.octets, 42);
  assert.equal(literalHeader(utf8(`{${"0".repeat(400)}5}`))?.octets, 5);
  assert.ok((literalHeader(utf8("{9223372036854775807}"))?.octets ?? 0) > Number.MAX_SAFE_INTEGER);
});

test("what is none", () => {
  for (const line of [
    "",
    "}",
    "{}",
    "{+}",
    "{1",
    "1}",
    "{1-}",
    "{-1}",
    "{1}x",
    "{a}",
    "{1++}",
    "{9223372036854775808}",
    "{99999999999999999999}",
  ]) {
    assert.equal(literalHeader(utf8(line)), undefined, line);
  }
});
