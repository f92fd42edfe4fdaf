import assert from "node:assert/strict";
import { test } from "node:test";
import { lowerCase, upperCase } from "../../../src/core/imap/ascii-case.ts";

test("only US-ASCII letters change their case", () => {
  assert.equal(upperCase("fetch BODY[1]<0>"), "FETCH BODY[1]<0>");
  assert.equal(lowerCase("TEXT/Plain"), "text/plain");
  assert.equal(upperCase("stra\u00dfe \u00ff"), "STRA\u00dfE \u00ff");
  assert.equal(lowerCase("\u00c4B"), "\u00c4b");
});
