import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS, commandEntry, isKnownCommand } from "../../../src/core/vocabulary/commands.ts";
import {
  CAPABILITY_ENTRIES,
  CODE_ENTRIES,
  RESPONSE_ENTRIES,
} from "../../../src/core/vocabulary/vocabulary.ts";

test("commands are found in any case, and UID only with its second word", () => {
  assert.equal(commandEntry("uid fetch")?.name, "UID FETCH");
  for (const name of ["LOGIN", "login", "Uid Expunge", "XAPPLEPUSHSERVICE"])
    assert.ok(isKnownCommand(name), name);
  for (const name of ["UID", "", "UID  FETCH", "UID NOOP", "FETCH ", "toString", "__proto__"]) {
    assert.ok(!isKnownCommand(name), name);
  }
});

test("every command is there once, under its name in upper case", () => {
  assert.equal(new Set(COMMANDS.map(({ name }) => name)).size, COMMANDS.length);
  for (const { name } of COMMANDS) assert.equal(name, name.toUpperCase());
});

test("what a command's row names has a row of its own", () => {
  const names = (entries: readonly { readonly name: string }[]) =>
    new Set(entries.map(({ name }) => name.toUpperCase()));
  const responses = names(RESPONSE_ENTRIES);
  const codes = names(CODE_ENTRIES);
  const capabilities = names(CAPABILITY_ENTRIES);
  // SORT= stands for SORT=DISPLAY.
  const known = (name: string) =>
    capabilities.has(name) || [...capabilities].some((each) => each.startsWith(name));
  for (const { name, ...row } of COMMANDS) {
    assert.deepEqual(
      row.solicits.filter((each) => !responses.has(each)),
      [],
      name,
    );
    assert.deepEqual(
      row.codes.filter((each) => !codes.has(each)),
      [],
      name,
    );
    assert.deepEqual(
      row.capabilities.filter((each) => !known(each)),
      [],
      name,
    );
  }
});

test("the words of every row are a plain sentence of 6 to 20 words", () => {
  for (const { name, words } of [...COMMANDS, ...RESPONSE_ENTRIES, ...CODE_ENTRIES, ...CAPABILITY_ENTRIES]) {
    assert.match(words, /^[A-Z][^\n]*\.$/, name);
    const count = words.split(" ").length;
    assert.ok(count >= 6 && count <= 20, `${name}: ${count} words`);
  }
});

test("EXPUNGE is forbidden during the plain forms that carry or give message sequence numbers (RFC 9051 §7.5.1)", () => {
  const forbidden = COMMANDS.filter((row) => row.states.includes("selected") && !row.mayExpunge);
  assert.deepEqual(forbidden.map(({ name }) => name).sort(), [
    "CONVERT",
    "FETCH",
    "PARTIAL",
    "SEARCH",
    "SORT",
    "STORE",
    "THREAD",
  ]);
});
