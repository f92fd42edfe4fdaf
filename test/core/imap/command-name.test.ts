import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { readCommandName, readUidName } from "../../../src/core/imap/command-name.ts";
import { COMMANDS } from "../../../src/core/vocabulary/commands.ts";

test("every command of the vocabulary, in any case", () => {
  for (const { name } of COMMANDS) {
    const uid = name.startsWith("UID ");
    const word = utf8((uid ? name.slice(4) : name).toLowerCase());
    assert.equal((uid ? readUidName : readCommandName)(word, 0, word.length), name);
  }
});

test("names that no command has, and letters that are not US-ASCII", () => {
  const words = utf8("xfoo COMPRE\u00df");
  assert.deepEqual(
    [readCommandName(words, 0, 4), readUidName(words, 0, 4), readCommandName(words, 0, 0)],
    ["XFOO", "UID XFOO", ""],
  );
  assert.notEqual(readCommandName(words, 5, words.length), "COMPRESS");
});
