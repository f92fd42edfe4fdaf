import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed } from "../../parsed-response.ts";

interface Row {
  readonly line: string;
  readonly name: string | undefined;
  readonly arguments?: string;
  readonly text: string;
  readonly kinds?: readonly string[];
}

/** Where the code ends, and what of it is a name (RFC 9051 §7.1). */
const ROWS: readonly Row[] = [
  { line: "* OK [read-only] x", name: "READ-ONLY", arguments: "", text: "x" },
  { line: '* NO [BADURL "a]b\\"]"] x', name: "BADURL", arguments: '"a]b\\"]"', text: "x" },
  {
    line: "* OK [REFERRAL imap://u;AUTH=*@h/a(b] x",
    name: "REFERRAL",
    arguments: "imap://u;AUTH=*@h/a(b",
    text: "x",
  },
  { line: '* NO [BADURL "a] x', name: "BADURL", arguments: '"a', text: "x" },
  {
    line: "* OK [PERMANENTFLAGS ([css3-page] \\*)] x",
    name: "PERMANENTFLAGS",
    arguments: "([css3-page] \\*)",
    text: "x",
    kinds: ["flag-invalid"],
  },
  { line: "* OK [XFOO a  b] x", name: "XFOO", arguments: "a  b", text: "x" },
  {
    line: "* OK [UIDNEXT 5",
    name: "UIDNEXT",
    arguments: "5",
    text: "",
    kinds: ["response-code-invalid", "response-text-missing"],
  },
  { line: "* OK [not a code", name: undefined, text: "[not a code", kinds: ["response-code-invalid"] },
  { line: "* OK [] x", name: "", arguments: "", text: "x", kinds: ["response-code-invalid"] },
  { line: "* OK [ALERT ] x", name: "ALERT", arguments: "", text: "x", kinds: ["response-code-invalid"] },
  { line: "* OK [ALERT]x", name: "ALERT", arguments: "", text: "x", kinds: ["server-space"] },
  { line: "* OK [ALERT]", name: "ALERT", arguments: "", text: "", kinds: ["response-text-missing"] },
];

for (const row of ROWS) {
  test(`code and text: ${row.line}`, () => {
    const { value, kinds } = parsed(row.line);
    assert.equal(value.kind, "status");
    if (value.kind !== "status") return;
    assert.equal(value.code?.name, row.name);
    assert.equal(value.code?.text, row.arguments);
    assert.equal(value.text, row.text);
    assert.deepEqual(kinds, row.kinds ?? []);
  });
}
