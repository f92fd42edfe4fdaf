import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readNumberSet, setContains } from "../../../src/core/imap/number-set.ts";
import {
  flagText,
  mailboxText,
  monthText,
  octetsText,
  patternText,
  quoted,
  setText,
} from "../../../src/core/replay/field-values.ts";

test("sets are sorted and merged, and `*` stays", () => {
  for (const [written, canonical] of [
    ["5:3", "3:5"],
    ["1,2,3", "1:3"],
    ["7,1:3,2:5", "1:5,7"],
    ["*:4", "4:*"],
    ["*", "*"],
    ["*:*", "*"],
    ["9,1:*,4", "4,9,1:*"],
    ["1,1", "1"],
    ["$", "$"],
    ["x1", "X1"],
    ["0", "0"],
  ] as const)
    assert.equal(setText(written), canonical, written);
});

test("the canonical set names the same messages, whatever `*` is", () => {
  const member = fc.oneof(fc.integer({ min: 1, max: 12 }).map(String), fc.constant("*"));
  const range = fc.oneof(
    member,
    fc.tuple(member, member).map(([a, b]) => `${a}:${b}`),
  );
  fc.assert(
    fc.property(
      fc.array(range, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 14 }),
      (ranges, last) => {
        const written = ranges.join(",");
        const canonical = setText(written);
        for (let number = 1; number <= 14; number++)
          assert.equal(
            setContains(readNumberSet(canonical).set, number, last),
            setContains(readNumberSet(written).set, number, last),
          );
        assert.equal(setText(ranges.toReversed().join(",")), canonical);
        assert.equal(setText(canonical), canonical);
      },
    ),
  );
});

test("a mailbox has one name in modified UTF-7 and in UTF-8", () => {
  assert.equal(mailboxText("Entw&APw-rfe"), "Entwürfe");
  assert.equal(mailboxText("Entw\xc3\xbcrfe"), "Entwürfe");
  assert.equal(mailboxText("inbox"), "INBOX");
  assert.notEqual(mailboxText("\xff"), mailboxText("\xfe"));
  assert.equal(patternText("INbox"), "INBOX");
  assert.equal(patternText("&APw-*"), "ü*");
});

test("a text in quotes cannot be taken for two, for a list or for NIL", () => {
  assert.equal(quoted("a"), "a");
  assert.equal(quoted("a b"), '"a b"');
  assert.equal(quoted('a"b\\'), '"a\\"b\\\\"');
  assert.equal(quoted(""), '""');
  assert.equal(quoted("NIL"), '"NIL"');
  assert.equal(quoted("(a)"), '"(a)"');
});

test("flags have their usual case, months one capital, and octets are read as UTF-8 unless decoded already", () => {
  assert.equal(flagText("\\SEEN"), "\\Seen");
  assert.equal(flagText("$forwarded"), "$Forwarded");
  assert.equal(flagText("MyFlag"), "myflag");
  assert.equal(monthText("1-FEB-2026"), "1-Feb-2026");
  assert.equal(octetsText("\xc3\xbc"), "ü");
  assert.equal(octetsText("Ā"), "Ā");
});
