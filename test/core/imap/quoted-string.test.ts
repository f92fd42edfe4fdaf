import assert from "node:assert/strict";
import { test } from "node:test";
import { skipQuoted, takeQuoted } from "../../../src/core/imap/quoted-string.ts";
import { defectKinds, serverLexer } from "../../parsed-response.ts";

interface Row {
  readonly line: string;
  readonly text: string;
  readonly rest: string;
  readonly kinds?: readonly string[];
  readonly stringsOnly?: boolean;
}

const ROWS: readonly Row[] = [
  { line: '"" x', text: "", rest: " x" },
  { line: '"a b" x', text: "a b", rest: " x" },
  { line: '"a\\"b\\\\") x', text: 'a"b\\', rest: ") x" },
  { line: '"""" NIL', text: '""', rest: " NIL", kinds: ["quoted-invalid"] },
  { line: '"a "b" c")', text: 'a "b" c', rest: ")", kinds: ["quoted-invalid"] },
  { line: '"<"x"@y>" NIL)', text: '<"x"@y>', rest: " NIL)", kinds: ["quoted-invalid"], stringsOnly: true },
  { line: '"a" b" "c")', text: 'a" b', rest: ' "c")', kinds: ["quoted-invalid"], stringsOnly: true },
  { line: '"a" b', text: "a", rest: " b" },
  { line: '"sina.com\\") ("x" NIL)', text: "sina.com\\", rest: ') ("x" NIL)', kinds: ["quoted-invalid"] },
  { line: '"a\\qb"', text: "a\\qb", rest: "", kinds: ["quoted-invalid"] },
  { line: '"a"b', text: "a", rest: "b", kinds: ["quoted-invalid"] },
  { line: '"never', text: "never", rest: "", kinds: ["server-unbalanced"] },
  { line: '"caf\xc3\xa9"', text: "caf\xc3\xa9", rest: "", kinds: ["server-8bit"] },
  { line: '"a\tb\0"', text: "a\tb\0", rest: "", kinds: ["server-control", "server-nul"] },
];

for (const { line, text, rest, kinds, stringsOnly } of ROWS) {
  test(`RFC 9051 §4.3 quoted: ${JSON.stringify(line)}`, () => {
    const lexer = serverLexer(line);
    lexer.stringsOnly = stringsOnly ?? false;
    assert.equal(takeQuoted(lexer), text);
    assert.equal(line.slice(lexer.at), rest);
    assert.deepEqual(defectKinds(lexer), kinds ?? []);
    const skipping = serverLexer(line);
    skipping.stringsOnly = stringsOnly ?? false;
    skipQuoted(skipping);
    assert.equal(skipping.at, lexer.at);
  });
}

test("an 8-bit octet is only likely a defect, because UTF8=ACCEPT may be on (RFC 9755 §3)", () => {
  const lexer = serverLexer('"\xc3\xa9"');
  takeQuoted(lexer);
  assert.equal(lexer.defects[0]?.certainty, "likely");
});
