import assert from "node:assert/strict";
import { test } from "node:test";
import { readToken } from "../../../src/core/imap/read-token.ts";
import {
  astring,
  decimal,
  decimalOf,
  integer,
  listFollows,
  listItems,
  listItemsOrNil,
  mailbox,
  nstring,
  numberSet,
  rawText,
  requiredToken,
  takeNumber,
} from "../../../src/core/imap/token-value.ts";
import { dataLexer, defectKinds, serverLexer } from "../../parsed-response.ts";

const NUMBERS: readonly (readonly [text: string, value: string | undefined, kinds: readonly string[]])[] = [
  ["12", "12", []],
  ["90060115194045007", "90060115194045007", []],
  ["-1", "-1", ["number-invalid"]],
  ["9.3736e+06", "9373600", ["number-invalid"]],
  ['"7"', "7", ["number-invalid"]],
  ["NIL", undefined, ["nil-unexpected"]],
  ["x", undefined, ["number-invalid"]],
  ["()", undefined, ["number-invalid"]],
  ["", undefined, ["response-data-missing"]],
];

for (const [text, value, kinds] of NUMBERS) {
  test(`RFC 9051 §9 number: ${JSON.stringify(text)}`, () => {
    const lexer = serverLexer(text);
    assert.equal(decimal(lexer, readToken(lexer), "n"), value);
    assert.deepEqual(defectKinds(lexer), kinds);
  });
}

test("a number over 2^53 or below 0 is no JavaScript number", () => {
  for (const text of ["9007199254740993", "-1"]) {
    const lexer = serverLexer(text);
    assert.equal(integer(lexer, readToken(lexer), "n"), undefined);
    assert.deepEqual(defectKinds(lexer), ["number-invalid"]);
  }
  assert.equal(decimalOf("1e400"), undefined);
  assert.equal(decimalOf("9".repeat(41)), undefined);
});

test("nstrings: NIL is null, other things give their text", () => {
  const rows: readonly (readonly [text: string, value: string | null, kinds: readonly string[]])[] = [
    ['"a"', "a", []],
    ["NIL", null, []],
    ["{1}\r\nb", "b", []],
    ["atom", "atom", ["response-data-invalid"]],
    ["(a (b))", "a (b)", ["response-data-invalid"]],
    ["", null, ["response-data-missing"]],
  ];
  for (const [text, value, kinds] of rows) {
    const lexer = dataLexer(text);
    assert.equal(nstring(lexer, readToken(lexer), "it"), value);
    assert.deepEqual(defectKinds(lexer), kinds);
  }
});

test("an astring NIL is the atom of that name", () => {
  const lexer = serverLexer("NIL (x)");
  assert.equal(astring(lexer, readToken(lexer), "it"), "NIL");
  assert.equal(astring(lexer, readToken(lexer), "it"), "x");
  assert.equal(astring(lexer, undefined, "it"), "");
  assert.deepEqual(defectKinds(lexer), ["response-data-invalid", "response-data-missing"]);
});

test("NIL for a list is an empty one, with a defect where the grammar has no NIL", () => {
  const lexer = serverLexer('NIL "x"');
  const nil = readToken(lexer);
  assert.deepEqual(listItemsOrNil(lexer, nil, "it"), []);
  assert.deepEqual(defectKinds(lexer), []);
  assert.deepEqual(listItems(lexer, nil, "it"), []);
  assert.deepEqual(listItems(lexer, readToken(lexer), "it").map(rawText), ["x"]);
  assert.deepEqual(listItems(lexer, undefined, "it"), []);
  assert.deepEqual(defectKinds(lexer), ["nil-unexpected", "response-data-invalid", "response-data-missing"]);
});

test("mailboxes and sets report what is wrong with them at their place", () => {
  const lexer = serverLexer('X "&AOk" 1,0');
  readToken(lexer);
  assert.deepEqual(mailbox(lexer, readToken(lexer)), { raw: "&AOk", name: "&AOk" });
  assert.deepEqual(numberSet(lexer, readToken(lexer), "it"), [{ from: 1, to: 1 }]);
  assert.deepEqual(
    lexer.defects.map(({ kind, offset }) => [kind, offset]),
    [
      ["server-mailbox-name-utf7", 2],
      ["set-invalid", 9],
    ],
  );
});

test("numbers are taken without tokens, or not at all", () => {
  const lexer = serverLexer("12 1x 99999999999999999999");
  assert.equal(takeNumber(lexer), 12);
  lexer.at = 3;
  assert.equal(takeNumber(lexer), undefined);
  assert.equal(lexer.at, 3);
  lexer.at = 6;
  assert.equal(takeNumber(lexer), undefined);
});

test("what must stand somewhere is reported where it is missing", () => {
  const lexer = serverLexer("  (a) ");
  assert.equal(listFollows(lexer), true);
  assert.equal(requiredToken(lexer, "it")?.kind, "list");
  assert.equal(listFollows(lexer), false);
  assert.equal(requiredToken(lexer, "it"), undefined);
  assert.deepEqual(defectKinds(lexer), ["server-space", "response-data-missing"]);
});
