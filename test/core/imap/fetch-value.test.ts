import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, NO_OCTETS } from "../../../src/core/base/octets.ts";
import { fetchValue, isItemName } from "../../../src/core/imap/fetch-value.ts";
import type { FetchValue } from "../../../src/core/imap/response.ts";
import { dataLexer, defectKinds, itemOf, plain } from "../../parsed-response.ts";

type Row = readonly [item: string, value: FetchValue, kinds?: readonly string[]];
const octets = (text: string): FetchValue => ({
  kind: "octets",
  octets: text.length,
  head: fromLatin1(text),
});
const NO_TEXT: FetchValue = { kind: "text", text: null };
const NO_BODY: FetchValue = { kind: "octets", octets: 0, head: null };

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  "RFC 9051 §7.5.2": [
    ["FLAGS (\\Seen x)", { kind: "flags", flags: ["\\Seen", "x"] }],
    ["UID 4294967295", { kind: "number", value: "4294967295" }],
    ["RFC822.SIZE 44827", { kind: "number", value: "44827" }],
    ['INTERNALDATE "17-Jul-1996 02:44:25 -0700"', { kind: "text", text: "17-Jul-1996 02:44:25 -0700" }],
    ["BODY[] {5}\r\na\r\nb)", octets("a\r\nb)")],
    ["BODY[1]<0> {0}\r\n", { kind: "octets", octets: 0, head: NO_OCTETS }],
    ['BODY[TEXT] "a\\"b"', octets('a"b')],
    ["BODY[2] NIL", NO_BODY],
    ["BINARY[1] ~{3}\r\na\0b", octets("a\0b")],
    ["BINARY.SIZE[1] 7", { kind: "number", value: "7" }],
    ["RFC822.HEADER {2}\r\n\r\n", octets("\r\n")],
    ["BODY[1] atom", octets("atom"), ["response-data-invalid"]],
    ["INTERNALDATE NIL", NO_TEXT, ["nil-unexpected"]],
  ],
  "RFC 7162 §3.1": [
    ["MODSEQ (90060115194045007)", { kind: "number", value: "90060115194045007" }],
    ["MODSEQ (0)", { kind: "number", value: "0" }, ["number-invalid"]],
    ["MODSEQ (-1)", { kind: "number", value: "-1" }, ["number-invalid"]],
    ["MODSEQ 5", { kind: "number", value: "5" }, ["response-data-invalid"]],
    ["MODSEQ ()", NO_TEXT, ["response-data-missing"]],
    ["MODSEQ NIL", NO_TEXT, ["nil-unexpected"]],
  ],
  "RFC 8474 §7": [
    ["EMAILID (M6d99ac3275bb4e)", { kind: "text", text: "M6d99ac3275bb4e" }],
    ["THREADID NIL", NO_TEXT],
    ["EMAILID x", { kind: "text", text: "x" }, ["response-data-invalid"]],
  ],
  "RFC 8970 §4": [
    ['PREVIEW "caf\xc3\xa9"', { kind: "text", text: "caf\u00e9" }, ["server-8bit"]],
    ["PREVIEW NIL", NO_TEXT],
  ],
  "RFC 8514 §4.2": [["SAVEDATE NIL", NO_TEXT]],
  "RFC 9051 §9": [
    ["UID NIL", NO_TEXT, ["nil-unexpected"]],
    ["RFC822.SIZE 9.3736e+06", { kind: "number", value: "9373600" }, ["number-invalid"]],
    ["X-GM-MSGID 1278455344230334865", { kind: "number", value: "1278455344230334865" }],
    ['X-GM-LABELS ("\\\\Important" a)', { kind: "flags", flags: ["\\Important", "a"] }],
    ["X-GM-LABELS NIL", { kind: "flags", flags: [] }, ["nil-unexpected"]],
  ],
};

for (const [section, rows] of Object.entries(SECTIONS)) {
  for (const [item, value, kinds] of rows) {
    test(`${section}: ${JSON.stringify(item)}`, () => {
      const found = itemOf(item);
      assert.deepEqual(found.value, value);
      assert.deepEqual(found.kinds, kinds ?? []);
    });
  }
}

test("items of no RFC keep their value as a token", () => {
  const { value, kinds } = itemOf("XAOL.THING (a b)");
  assert.deepEqual(value?.kind === "tokens" ? value.tokens.map(plain) : [], [["a", "b"]]);
  assert.deepEqual(kinds, []);
  assert.deepEqual([isItemName("UID"), isItemName("BODY["), isItemName("XAOL.THING")], [true, true, false]);
});

test("shallow: nested values are passed over, however broken their strings are", () => {
  for (const value of ['("a" "b "c" d")', '("x\\")', "NIL", '(("a)" "b"))', "{3}\r\n)))"]) {
    for (const name of ["ENVELOPE", "BODY", "BODYSTRUCTURE"]) {
      const lexer = dataLexer(`${value} UID 5`);
      assert.deepEqual(fetchValue(lexer, name, "shallow"), { kind: "tokens", tokens: [] });
      assert.equal(fetchValue(lexer, "UID", "shallow").kind, "tokens");
      assert.deepEqual(fetchValue(lexer, "UID", "shallow"), { kind: "number", value: "5" });
    }
  }
});

test("a missing nested value is reported at both depths", () => {
  for (const depth of ["full", "shallow"] as const) {
    const lexer = dataLexer(")");
    assert.deepEqual(fetchValue(lexer, "BODYSTRUCTURE", depth).kind, "tokens");
    assert.deepEqual(defectKinds(lexer), ["response-data-missing"]);
  }
});

test("the head of a long quoted string is bounded like that of a literal", () => {
  const { value } = itemOf(`BODY[] "${"x".repeat(10_000)}"`);
  assert.equal(value?.kind === "octets" ? value.octets : 0, 10_000);
  assert.equal(value?.kind === "octets" ? value.head?.length : 0, 8192);
});
