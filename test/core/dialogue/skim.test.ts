import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import {
  COMMAND_PREFIX_OCTETS,
  commandLine,
  isCancel,
  isCommand,
  isDone,
  isTag,
  isTls,
  tagOf,
} from "../../../src/core/dialogue/skim.ts";

test("tag and name of a line (RFC 9051 §2.2.1)", () => {
  assert.deepEqual(commandLine(utf8("a1 login alice pw")), {
    tagEnd: 2,
    tagged: true,
    name: "LOGIN",
    rest: 8,
    decided: true,
  });
  assert.deepEqual(commandLine(utf8("a1  uid  fetch 1")), {
    tagEnd: 2,
    tagged: true,
    name: "UID FETCH",
    rest: 14,
    decided: true,
  });
  assert.deepEqual(commandLine(utf8("a1")), { tagEnd: 2, tagged: true, name: "", rest: 2, decided: true });
  for (const [line, tag, name] of [
    ["a1 uid xfoo 1", "a1", "UID XFOO"],
    ["a1 xfoo", "a1", "XFOO"],
    [" noop", "", "NOOP"],
    ["a1 UID", "a1", "UID"],
  ] as const) {
    const seen = commandLine(utf8(line));
    assert.deepEqual([tagOf(utf8(line), seen), seen.name], [tag, name], line);
  }
});

test("a line is a command where it has a tag and a name that is known", () => {
  for (const line of ["a noop", "a1 UID FETCH 1", "a UID  FETCH"]) {
    assert.equal(isCommand(commandLine(utf8(line))), true, line);
  }
  for (const line of ["noop", "+ noop", "* NOOP", " noop", "a xfoo", "a UID", "eHh4", ""]) {
    assert.equal(isCommand(commandLine(utf8(line))), false, line);
  }
});

test("a part of a line is decided once its name cannot grow", () => {
  for (const part of ["", "a", "a1 ", "a1 LOG", "a1 UID", "a1 UID ", "a1 UID FET"]) {
    assert.equal(commandLine(utf8(part), false).decided, false, part);
  }
  assert.equal(commandLine(utf8("a1 LOGIN "), false).decided, true);
  assert.equal(commandLine(utf8("x".repeat(COMMAND_PREFIX_OCTETS)), false).decided, true);
});

test("tags that are tags", () => {
  for (const tag of ["a1", ".", "15.16", "$x", "__proto__", "a]b"]) assert.equal(isTag(utf8(tag)), true, tag);
  for (const tag of ["", "+", "a+", "*", "a b", 'a"', "a{", "(a", "é"])
    assert.equal(isTag(utf8(tag)), false, tag);
});

test("DONE and `*`", () => {
  assert.equal(isDone(utf8("DONE")), true);
  assert.equal(isDone(utf8("done")), true);
  assert.equal(isDone(utf8("DONE x")), false);
  assert.equal(isCancel(utf8("*")), true);
  assert.equal(isCancel(utf8("* ")), false);
});

test("a record of a TLS handshake is known by its first two octets", () => {
  const octets = (...values: number[]) => Uint8Array.from(values);
  assert.equal(isTls(octets(0x16, 0x03, 0x01)), true);
  assert.equal(isTls(octets(0x16, 0x03), false), true);
  assert.equal(isTls(octets(0x16), false), undefined);
  for (const line of [octets(), octets(0x16), octets(0x16, 0x20), utf8("a NOOP")])
    assert.equal(isTls(line), false);
});
