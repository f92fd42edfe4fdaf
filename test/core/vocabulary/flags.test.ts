import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAGS } from "../../../src/core/vocabulary/flags.ts";

test("system flags and mailbox attributes begin with a backslash, keywords do not (RFC 9051 §2.3.2, §7.3.1)", () => {
  for (const { name, uses } of FLAGS) assert.equal(name.startsWith("\\"), !uses.includes("keyword"), name);
});

test("the system flags and the special uses are there once each (RFC 9051 §2.3.2, RFC 6154 §2)", () => {
  const names = FLAGS.map(({ name }) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length);
  for (const name of ["\\seen", "\\answered", "\\flagged", "\\deleted", "\\draft", "\\recent"]) {
    assert.ok(names.includes(name), name);
  }
  for (const name of ["\\all", "\\archive", "\\drafts", "\\junk", "\\sent", "\\trash", "\\important"]) {
    assert.ok(names.includes(name), name);
  }
});

test("every row has its sentence", () => {
  for (const { name, words } of FLAGS) assert.match(words, /^[A-Z].*\.$/, name);
});
