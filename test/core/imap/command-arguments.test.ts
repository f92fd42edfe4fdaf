import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Arguments,
  optionNames,
  refuseRest,
  takeAstring,
  takeMailbox,
  takeOptionalList,
  takeSet,
  takeWord,
} from "../../../src/core/imap/command-arguments.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { formatNumberSet } from "../../../src/core/imap/number-set.ts";
import { parsed } from "../../parsed-command.ts";

/** Arguments as the lexer gives them, behind an unknown command so that no grammar looks at them. */
function argumentsOf(text: string): { args: Arguments; kinds: DefectKind[] } {
  const kinds: DefectKind[] = [];
  const tokens = parsed(`a1 XTEST ${text}`).value.arguments;
  return { args: { name: "XTEST", tokens, at: 0, lacking: false, blame: (kind) => kinds.push(kind) }, kinds };
}

test("an astring is an atom, a quoted string or a whole literal (RFC 9051 §9)", () => {
  const rows: readonly [text: string, value: string | undefined, kinds: readonly DefectKind[]][] = [
    ["atom", "atom", []],
    ["a]b", "a]b", []],
    ['"quo\\"ted"', 'quo"ted', []],
    ["{3}\r\nabc", "abc", []],
    ["NIL", "NIL", []],
    ["a*b", "a*b", ["argument-invalid"]],
    ["(a)", undefined, ["argument-invalid"]],
    ["", undefined, ["argument-missing"]],
  ];
  for (const [text, value, kinds] of rows) {
    const { args, kinds: found } = argumentsOf(text);
    assert.deepEqual([takeAstring(args, "a value"), found], [value, kinds], text);
  }
});

test("sets are kept as written and never expanded (RFC 9051 §4.1.1, RFC 5182 §2.1)", () => {
  const rows: readonly [text: string, set: unknown, kinds: readonly DefectKind[]][] = [
    ["1:4294967295", [{ from: 1, to: 4294967295 }], []],
    ["*", [{ from: "*", to: "*" }], []],
    [
      "5:3,7,*:4",
      [
        { from: 5, to: 3 },
        { from: 7, to: 7 },
        { from: "*", to: 4 },
      ],
      [],
    ],
    ["$", "$", []],
    ["0", undefined, ["argument-invalid"]],
    ["1,", undefined, ["argument-invalid"]],
    ["4294967296", undefined, ["argument-invalid"]],
    ["-1:-100", undefined, ["argument-invalid"]],
    ['"1"', undefined, ["argument-invalid"]],
  ];
  for (const [text, set, kinds] of rows) {
    const { args, kinds: found } = argumentsOf(text);
    assert.deepEqual([takeSet(args), found], [set, kinds], text);
  }
});

test("mailbox names are decoded", () => {
  assert.deepEqual(takeMailbox(argumentsOf("inbox").args), { raw: "inbox", name: "INBOX" });
  assert.deepEqual(takeMailbox(argumentsOf('"Entw&APw-rfe"').args), {
    raw: "Entw&APw-rfe",
    name: "Entwürfe",
  });
});

test("options give their names without values (RFC 4466 §3)", () => {
  const list = takeOptionalList(argumentsOf('(MIN PARTIAL -1:-100 update ("x") 17 "s" {1}\r\nz)').args);
  assert.deepEqual(optionNames(list ?? []), ["MIN", "PARTIAL", "UPDATE"]);
});

test("words are compared without case and only as atoms", () => {
  assert.equal(takeWord(argumentsOf("return").args, "RETURN"), true);
  assert.equal(takeWord(argumentsOf('"RETURN"').args, "RETURN"), false);
});

test("what is left over is one defect, however much it is", () => {
  const { args, kinds } = argumentsOf("a b c");
  takeAstring(args, "a value");
  refuseRest(args);
  assert.deepEqual(kinds, ["argument-surplus"]);
});

const MEMBER = fc.oneof(fc.integer({ min: 1, max: 0xffffffff }), fc.constant("*" as const));

test("law: a printed set is read again as it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ from: MEMBER, to: MEMBER }), { minLength: 1, maxLength: 20 }),
      (members) => {
        const set = members.map(({ from, to }) => ({ from, to }));
        const { args, kinds } = argumentsOf(formatNumberSet(set));
        assert.deepEqual([takeSet(args), kinds], [set, []]);
      },
    ),
  );
});
