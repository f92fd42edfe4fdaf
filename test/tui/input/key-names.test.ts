import assert from "node:assert/strict";
import { test } from "node:test";
import { ALT, characterKey, letterKey, modifiersOf, numberKey } from "../../../src/tui/input/key-names.ts";

test("a character is named as it is written, and writes itself", () => {
  for (const character of ["j", "G", "/", "?", "ё", "語", "😀", "<"]) {
    assert.deepEqual(characterKey(character.codePointAt(0) ?? 0), { name: character, text: character });
  }
  assert.deepEqual(characterKey(0x20), { name: "space", text: " " });
});

test("control characters are keys with a name or with C-", () => {
  const names = {
    0: "C-space",
    1: "C-a",
    3: "C-c",
    8: "backspace",
    9: "tab",
    10: "enter",
    13: "enter",
    26: "C-z",
    27: "escape",
    28: "C-\\",
    29: "C-]",
    30: "C-^",
    31: "C-_",
    127: "backspace",
  };
  for (const [code, name] of Object.entries(names)) {
    assert.deepEqual(characterKey(Number(code)), { name, text: undefined });
  }
});

test("what is no character is no key", () => {
  for (const code of [0x80, 0x9b, 0x9f, 0xd800, 0xdfff, 0xfffd, 0x110000, 999_999_999]) {
    assert.equal(characterKey(code), undefined);
  }
});

test("modifiers stand in one order, and a modified key writes nothing but with Shift", () => {
  assert.deepEqual(letterKey("A", modifiersOf("8")), { name: "C-M-S-up", text: undefined });
  assert.deepEqual(letterKey("Z", 0), { name: "S-tab", text: undefined });
  assert.deepEqual(numberKey("5", modifiersOf("5")), { name: "C-pageup", text: undefined });
  assert.deepEqual(characterKey(0x61, ALT), { name: "M-a", text: undefined });
  assert.deepEqual(characterKey(0x61, modifiersOf("2")), { name: "A", text: "A" });
  assert.deepEqual(characterKey(0x20, ALT), { name: "M-space", text: undefined });
});

test("what no table has is no key", () => {
  assert.equal(letterKey("X", 0), undefined);
  assert.equal(numberKey("99", 0), undefined);
});

test("modifiers that are no number are none, and those of locks are left out", () => {
  assert.deepEqual([undefined, "", "0", "x", "1", "65"].map(modifiersOf), [0, 0, 0, 0, 0, 0]);
});
