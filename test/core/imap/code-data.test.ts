import assert from "node:assert/strict";
import { test } from "node:test";
import { hasShape, isZero } from "../../../src/core/imap/code-data.ts";
import type { CodeData } from "../../../src/core/imap/response.ts";
import { codeOf, plain } from "../../parsed-response.ts";

const one = (number: number) => ({ from: number, to: number });

interface Row {
  readonly code: string;
  readonly data: CodeData;
  readonly kinds?: readonly string[];
}

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  "RFC 9051 §7.1": [
    { code: "ALERT", data: { kind: "none" } },
    { code: "capability imap4rev2", data: { kind: "capabilities", capabilities: ["IMAP4REV2"] } },
    { code: "PERMANENTFLAGS (\\Deleted \\*)", data: { kind: "flags", flags: ["\\Deleted", "\\*"] } },
    { code: "UIDNEXT 4392", data: { kind: "number", value: "4392" } },
    { code: "UIDVALIDITY 0", data: { kind: "number", value: "0" }, kinds: ["uidvalidity-invalid"] },
    { code: "UIDNEXT 0", data: { kind: "number", value: "0" }, kinds: ["uidvalidity-invalid"] },
    { code: "UNSEEN 0", data: { kind: "number", value: "0" }, kinds: ["number-invalid"] },
    { code: "UIDNEXT", data: { kind: "none" }, kinds: ["response-data-missing"] },
  ],
  "RFC 4315 §3": [
    { code: "APPENDUID 38505 3955", data: { kind: "appendUid", uidValidity: 38505, uids: [one(3955)] } },
    {
      code: "COPYUID 38505 304,319:320 3956:3958",
      data: {
        kind: "copyUid",
        uidValidity: 38505,
        from: [one(304), { from: 319, to: 320 }],
        to: [{ from: 3956, to: 3958 }],
      },
    },
    {
      code: "COPYUID 5 1:3 4",
      data: { kind: "copyUid", uidValidity: 5, from: [{ from: 1, to: 3 }], to: [one(4)] },
      kinds: ["copyuid-sizes-differ"],
    },
  ],
  "RFC 7162 §3.1": [
    { code: "HIGHESTMODSEQ 90060115194045007", data: { kind: "number", value: "90060115194045007" } },
    { code: "MODIFIED 7,9", data: { kind: "set", set: [one(7), one(9)] } },
    { code: "MODIFIED", data: { kind: "set", set: [] }, kinds: ["set-invalid"] },
  ],
  "RFC 5267 §4.3": [
    { code: 'NOUPDATE "B02"', data: { kind: "tag", tag: "B02" } },
    { code: "NOUPDATE", data: { kind: "none" }, kinds: ["response-code-invalid"] },
  ],
  "RFC 9585 §4": [
    { code: 'INPROGRESS ("A1" 175 1000)', data: { kind: "progress", tag: "A1", done: 175, total: 1000 } },
    { code: "INPROGRESS (NIL 1 NIL)", data: { kind: "progress", tag: undefined, done: 1, total: undefined } },
    { code: "INPROGRESS", data: { kind: "progress", tag: undefined, done: undefined, total: undefined } },
  ],
};

for (const [section, rows] of Object.entries(SECTIONS)) {
  for (const { code, data, kinds } of rows) {
    test(`${section}: [${code}]`, () => {
      const found = codeOf(`* OK [${code}] text`);
      assert.deepEqual(found.data, data);
      assert.deepEqual(found.kinds, kinds ?? []);
    });
  }
}

test("arguments without a shape of their own stay tokens", () => {
  for (const [code, tokens] of [
    ["MAILBOXID (F2212ea87)", [["F2212ea87"]]],
    ["METADATA LONGENTRIES 2199", ["LONGENTRIES", "2199"]],
    ["MESSAGELIMIT 1000 23221", ["1000", "23221"]],
    ['BADURL "/INBOX;UIDVALIDITY=1"', ["/INBOX;UIDVALIDITY=1"]],
    ["BADCHARSET (US-ASCII UTF-8)", [["US-ASCII", "UTF-8"]]],
    ["NEWNAME a b", ["a", "b"]],
  ] as const) {
    const { data, kinds } = codeOf(`* NO [${code}] text`);
    assert.equal(data?.kind, "tokens");
    assert.deepEqual(data?.kind === "tokens" ? data.tokens.map(plain) : [], tokens);
    assert.deepEqual(kinds, []);
  }
  assert.equal(hasShape("BADURL"), false);
  assert.equal(hasShape("COPYUID"), true);
  assert.equal(isZero("000"), true);
});
