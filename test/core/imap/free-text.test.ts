/** RFC 9051 §7.1, §7.6: free text opens no literal. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { isFreeText, serverLine, tagIn } from "../../../src/core/imap/free-text.ts";

test("what a server line is", () => {
  assert.deepEqual(serverLine(utf8("* 5 exists")), {
    kind: "untagged",
    tagStart: 0,
    tagEnd: 0,
    name: "EXISTS",
    start: 2,
    rest: 10,
  });
  assert.deepEqual(serverLine(utf8("a1 no [X] y")), {
    kind: "tagged",
    tagStart: 0,
    tagEnd: 2,
    name: "NO",
    start: 3,
    rest: 5,
  });
  assert.equal(serverLine(utf8("+ go")).kind, "continuation");
  assert.equal(serverLine(utf8("+ go")).rest, 1);
  const behindNul = utf8("\0a6 bye");
  assert.equal(tagIn(behindNul, serverLine(behindNul)), "a6");
  assert.equal(serverLine(utf8("\0\0* OK")).kind, "untagged");
  assert.equal(serverLine(utf8("a6 bye")).kind, "tagged");
  assert.equal(serverLine(utf8("CAPABILITY completed.")).kind, "malformed");
  assert.equal(serverLine(utf8("*OK")).kind, "malformed");
  assert.equal(serverLine(utf8("")).kind, "blank");
});

test("literals open in data only", () => {
  for (const line of ["* OK x {5}", "* [COPYUID 1 2 3] {5}", "a NO {5}", "+ {5}", "hello {5}", "* bye {5}"]) {
    assert.equal(isFreeText(utf8(line)), true, line);
  }
  for (const line of ["* 1 FETCH (BODY[] {5}", '* LIST () "/" {5}', "* XNEW {5}"])
    assert.equal(isFreeText(utf8(line)), false, line);
});

test("a hostile first word costs no more than its bound", () => {
  const line = utf8(`${"x".repeat(1_000_000)} OK`);
  assert.equal(serverLine(line).kind, "malformed");
});
