import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSafe, safe, safeBytes } from "../../../src/core/text/safe.ts";
import { anyCharacter } from "../../any-character.ts";

const ROWS: readonly (readonly [what: string, text: string, shown: string])[] = [
  ["plain text", "INBOX/Work 100%", "INBOX/Work 100%"],
  ["other scripts", "Архив 日本語 ümlaut 😀", "Архив 日本語 ümlaut 😀"],
  ["a terminal sequence", "\u001b]0;pwned\u0007", "␛]0;pwned␇"],
  ["line ends", "a\r\nb\tc\0", "a␍␊b␉c␀"],
  ["DEL", "\u007f", "␡"],
  ["C1 controls", "\u009b31m\u009d", "<9B>31m<9D>"],
  ["line and paragraph separators", "a\u2028b\u2029", "a<2028>b<2029>"],
  ["bidirectional overrides", "\u202egnp.exe\u2066", "<202E>gnp.exe<2066>"],
  ["zero-width characters", "a\u200b\u200d\ufeffb", "a<200B><200D><FEFF>b"],
  ["tag characters", "\u{e0041}", "<E0041>"],
  ["half a surrogate pair", "a\ud83d", "a<D83D>"],
  ["private use and unassigned", "\ue000\u0378", "\ue000\u0378"],
];

for (const [what, text, shown] of ROWS) {
  test(`safe text: ${what}`, () => {
    assert.equal(safe(text), shown);
    assert.equal(isSafe(text), text === shown);
  });
}

test("octets are shown as UTF-8, wrong ones as U+FFFD", () => {
  assert.equal(safeBytes(Uint8Array.of(0xc3, 0xa9, 0x1b, 0xff)), "é␛\ufffd");
});

test("law: nothing unsafe comes out, and what is safe stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const shown = safe(text);
      assert.ok(isSafe(shown));
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      assert.equal(safe(shown), shown);
    }),
  );
});
