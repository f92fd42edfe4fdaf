import assert from "node:assert/strict";
import { test } from "node:test";
import type { Token } from "../../../src/core/imap/token.ts";
import {
  formatList,
  formatLiteral,
  formatSet,
  formatToken,
  formatTokens,
  NO_NAMES,
  quoteWhereNeeded,
} from "../../../src/core/text/token.ts";
import { atom, list, literal, literalOf, nil, quoted } from "../../observations.ts";

const ROWS: readonly (readonly [what: string, token: Token, text: string])[] = [
  ["an atom", atom("BODY[HEADER.FIELDS (SUBJECT)]<0.10>"), "BODY[HEADER.FIELDS (SUBJECT)]<0.10>"],
  ["an atom in UTF-8", atom("\xc3\xa9"), "é"],
  [
    "a long set",
    atom("1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,35,37,39"),
    "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31,33,3…",
  ],
  ["a quoted string that needs no quotes", quoted("alice"), "alice"],
  ["one that needs them", quoted("foo bar"), '"foo bar"'],
  ["one with a quote", quoted('a"b\\'), '"a\\"b\\\\"'],
  ["an empty one", quoted(""), '""'],
  ["one that says NIL", quoted("nil"), '"nil"'],
  ["NIL", nil, "NIL"],
  ["a long literal", literal(30_000_000, "From: alice"), "{30,000,000}"],
  ["a short literal", literal(5, "alice"), "alice"],
  ["a short literal with a line end", literal(4, "a\r\nb"), "{4}"],
  ["a short literal that is not whole", literal(5, "al"), "{5}"],
  ["a binary literal", literal(3, "\u0000ab", { literal8: true }), "~{3}"],
  ["a list", list(atom("FLAGS"), list(atom("A"), nil)), "(FLAGS (A NIL))"],
  ["a long list", list(..."ABCDEFGHIJ".split("").map(atom)), "(A B C D E F G H …)"],
  ["a control character", quoted("\u001b[2J"), "␛[2J"],
];

for (const [what, token, text] of ROWS) {
  test(`in short: ${what}`, () => assert.equal(formatToken(token, 200), text));
}

test("strings that stand for a name show the name", () => {
  const names = new Map([["&BBAEQARFBDgEMg-", "Архив"]]);
  assert.equal(formatTokens([quoted("&BBAEQARFBDgEMg-"), atom("x")], names, 80), "Архив x");
});

test("deep and broad tokens cost no more than what is shown", () => {
  let looked = 0;
  const items = new Proxy<Token[]>([], {
    get(target, key) {
      if (typeof key === "string" && /^\d+$/.test(key)) {
        looked++;
        return list(...Array.from({ length: 8 }, () => atom("x")));
      }
      return key === "length" ? 100_000 : Reflect.get(target, key);
    },
  });
  formatTokens(items, NO_NAMES, 80);
  assert.ok(looked < 20, `${looked} items were looked at`);
  const deep = Array.from({ length: 5000 }).reduce<Token>((inner) => list(inner), nil);
  assert.match(formatToken(deep, 80), /^\(+…?/);
});

test("sets keep their first ranges", () => {
  assert.equal(
    formatSet([
      { from: 1, to: 5 },
      { from: 7, to: 7 },
      { from: 9, to: "*" },
    ]),
    "1:5,7,9:*",
  );
  assert.equal(formatSet(Array.from({ length: 9 }, (_, i) => ({ from: i, to: i }))), "0,1,2,3,4,5,…");
});

test("lists, literals and strings by themselves", () => {
  assert.equal(formatList(["a", "b"], 3), "(a b …)");
  assert.equal(formatLiteral(literalOf(1234)), "{1,234}");
  assert.equal(quoteWhereNeeded("Trash"), "Trash");
});
