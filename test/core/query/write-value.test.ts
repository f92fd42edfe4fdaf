import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseFilter } from "../../../src/core/query/parse.ts";
import { createPattern } from "../../../src/core/query/pattern.ts";
import { writeValue } from "../../../src/core/query/write-value.ts";
import { anyCharacter } from "../../any-character.ts";

const ROWS: readonly (readonly [value: string, written: string])[] = [
  ["INBOX", "INBOX"],
  ["UID FETCH", '"UID FETCH"'],
  ["", '""'],
  ["a(b)", '"a(b)"'],
  ['say "x"', '"say \\"x\\""'],
  ["50*", "50\\*"],
  ["a\\b", "a\\\\b"],
  ["a\u00a0b", '"a\u00a0b"'],
  ["a\r\nb", "a*b"],
  ["a\u2028b", "a*b"],
  ["почта/收件箱", "почта/收件箱"],
];

for (const [value, written] of ROWS) {
  test(`writes ${JSON.stringify(value)}`, () => assert.equal(writeValue(value), written));
}

test("within quotes that are open, the value is closed by one of its own", () => {
  assert.equal(writeValue("INBOX", true), '"INBOX"');
});

test("law: what is written matches the value, and can be read by itself", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: anyCharacter }),
        fc.string({ unit: fc.constantFrom("a", "\\", "*", '"', " ", "(", "\n") }),
      ),
      fc.boolean(),
      (value, quoted) => {
        const { filter } = parseFilter(`mailbox:${writeValue(value, quoted)}`);
        assert.ok(filter?.kind === "text");
        assert.ok(createPattern(filter.pattern).covers(value.toLowerCase()));
      },
    ),
  );
});
