import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import {
  COMMAND_PREFIX_OCTETS,
  commandLine,
  isCancel,
  isDone,
  isTag,
} from "../../../src/core/dialogue/skim.ts";

test("tag and name of a line (RFC 9051 §2.2.1)", () => {
  assert.deepEqual(commandLine(utf8("a1 login alice pw")), {
    tag: "a1",
    name: "LOGIN",
    rest: 8,
    decided: true,
  });
  assert.deepEqual(commandLine(utf8("a1  uid  fetch 1")), {
    tag: "a1",
    name: "UID FETCH",
    rest: 14,
    decided: true,
  });
  assert.deepEqual(commandLine(utf8("a1")), { tag: "a1", name: "", rest: 2, decided: true });
});

test("a part of a line is decided once its name cannot grow", () => {
  for (const part of ["", "a", "a1 ", "a1 LOG", "a1 UID", "a1 UID ", "a1 UID FET"]) {
    assert.equal(commandLine(utf8(part), false).decided, false, part);
  }
  assert.equal(commandLine(utf8("a1 LOGIN "), false).decided, true);
  assert.equal(commandLine(utf8("x".repeat(COMMAND_PREFIX_OCTETS)), false).decided, true);
});

test("tags that are tags", () => {
  for (const tag of ["a1", ".", "15.16", "$x", "__proto__", "a]b"]) assert.equal(isTag(tag), true, tag);
  for (const tag of ["", "+", "a+", "*", "a b", 'a"', "a{", "(a", "é"]) assert.equal(isTag(tag), false, tag);
});

test("DONE and `*`", () => {
  assert.equal(isDone(utf8("DONE")), true);
  assert.equal(isDone(utf8("done")), true);
  assert.equal(isDone(utf8("DONE x")), false);
  assert.equal(isCancel(utf8("*")), true);
  assert.equal(isCancel(utf8("* ")), false);
});
