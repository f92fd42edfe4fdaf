import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchData } from "../../../src/core/imap/fetch-data.ts";
import { dataLexer, defectKinds } from "../../parsed-response.ts";

interface Row {
  readonly server?: string;
  readonly line: string;
  readonly names: readonly string[];
  readonly kinds?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    line: "(flags (\\seen) uid 5 body[header.fields (subject)]<0> NIL)",
    names: ["FLAGS", "UID", "BODY[HEADER.FIELDS (SUBJECT)]<0>"],
  },
  { line: "()", names: [] },
  {
    server: "Domino",
    line: '(UID 1 (ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL "i")) BODYSTRUCTURE ("A" "B" NIL NIL NIL "7BIT" 5))',
    names: ["UID", "ENVELOPE", "BODYSTRUCTURE"],
    kinds: ["server-unbalanced"],
  },
  {
    server: "Proton Bridge",
    line: "(UID, NIL RFC822.SIZE 9537)",
    names: ["UID", "RFC822.SIZE"],
    kinds: ["response-data-invalid", "nil-unexpected"],
  },
  {
    server: "Yandex",
    line: "(BODY[2] )",
    names: ["BODY[2]"],
    kinds: ["response-data-missing", "server-space"],
  },
  {
    server: "Yandex",
    line: "(BODY[2] UID 5 RFC822.SIZE FLAGS FLAGS ())",
    names: ["BODY[2]", "UID", "RFC822.SIZE", "FLAGS", "FLAGS"],
    kinds: ["response-data-missing", "response-data-missing", "response-data-missing"],
  },
  {
    server: "Xeams",
    line: "(BODY[] {5}\r\nhello) UID 5",
    names: ["BODY[]", "UID"],
    kinds: ["response-data-surplus"],
  },
  {
    server: "various",
    line: "(BODY[] {5}\r\nhello world) UID 5)",
    names: ["BODY[]", "WORLD", "UID"],
    kinds: ["response-data-missing", "response-data-surplus", "server-unbalanced"],
  },
  {
    server: "various",
    line: "(BODY[] {5}\r\nhelloX UID 5)",
    names: ["BODY[]", "X", "UID"],
    kinds: ["literal-length-suspect", "response-data-missing"],
  },
  {
    server: "various",
    line: "(BODY[] {5}\r\nhello",
    names: ["BODY[]"],
    kinds: ["server-unbalanced", "literal-length-suspect"],
  },
  { line: "(UID 5", names: ["UID"], kinds: ["server-unbalanced"] },
  { line: "UID 5", names: ["UID"], kinds: ["response-data-missing"] },
  { line: '("x" UID 5)', names: ["UID"], kinds: ["response-data-invalid"] },
  { line: "(NIL UID 5)", names: ["UID"], kinds: ["nil-unexpected"] },
];

for (const row of ROWS) {
  test(`RFC 9051 §7.5.2 FETCH${row.server === undefined ? "" : ` of ${row.server}`}: ${JSON.stringify(row.line)}`, () => {
    const lexer = dataLexer(row.line);
    const data = fetchData(lexer, "full");
    assert.deepEqual(
      data.items.map(({ name }) => name),
      row.names,
    );
    assert.deepEqual(defectKinds(lexer), row.kinds ?? []);
  });
}

test("a missing value is the empty one of its item", () => {
  const data = fetchData(dataLexer("(BODY[2] UID FLAGS UID 5)"), "full");
  assert.deepEqual(
    data.items.map(({ value }) => value),
    [
      { kind: "octets", octets: 0, head: null },
      { kind: "text", text: null },
      { kind: "flags", flags: [] },
      { kind: "number", value: "5" },
    ],
  );
});
