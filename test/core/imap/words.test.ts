import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import { upperCase } from "../../../src/core/imap/ascii-case.ts";
import { wordReader } from "../../../src/core/imap/words.ts";
import { anyCharacter } from "../../any-character.ts";

const read = wordReader(["FETCH", "EXISTS", "OK", "F@TCH"]);

test("a known word is read in any case, in the middle of a line", () => {
  const line = fromLatin1("* 3 fEtCh (");
  assert.equal(read(line, 4, 9), "FETCH");
});

test("words of the same place and length are told apart", () => {
  for (const word of ["FETCH", "F@TCH", "FENCH", "F`TCH", "F\x45TCH", "", "K"]) {
    assert.equal(read(fromLatin1(word), 0, word.length), upperCase(word));
  }
});

test("law: any octets are read as their letters in upper case", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 8 }).map(octets), (text) => {
      assert.equal(read(fromLatin1(text), 0, text.length), upperCase(text));
    }),
  );
});

function octets(text: string): string {
  return [...text].map((character) => String.fromCharCode(character.charCodeAt(0) & 0xff)).join("");
}
