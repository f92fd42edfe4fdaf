import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyStructureOf } from "../../../src/core/imap/body-structure.ts";
import type { BodyStructure, SinglePartBody } from "../../../src/core/imap/message-data.ts";
import { readToken } from "../../../src/core/imap/read-token.ts";
import { dataLexer, defectKinds } from "../../parsed-response.ts";

function structure(text: string): { readonly value: BodyStructure; readonly kinds: readonly string[] } {
  const lexer = dataLexer(text);
  lexer.stringsOnly = true;
  const value = bodyStructureOf(lexer, readToken(lexer));
  return { value, kinds: defectKinds(lexer) };
}

const TEXT: SinglePartBody = {
  kind: "part",
  type: "text/plain",
  parameters: new Map([["charset", "US-ASCII"]]),
  id: null,
  description: null,
  encoding: "7bit",
  octets: 3028,
  lines: 92,
  message: undefined,
  md5: null,
  disposition: null,
  language: [],
  location: null,
  extension: [],
};
const PLAIN = '("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92)';

test("RFC 9051 §7.5.2: a simple text", () => {
  assert.deepEqual(structure(PLAIN), { value: TEXT, kinds: [] });
});

test("RFC 9051 §7.5.2: a multipart with all extension data", () => {
  const { value, kinds } = structure(
    `(${PLAIN}("IMAGE" "png" NIL "<id>" "desc" "BASE64" 4 "md5" ("attachment" ("filename" "a.png")) ("en" "de") "loc" (1 (2))) "MIXED" ("BOUNDARY" "b") ("inline" NIL) "en" "loc")`,
  );
  assert.deepEqual(kinds, []);
  assert.equal(value.kind, "multipart");
  if (value.kind !== "multipart") return;
  assert.equal(value.type, "multipart/mixed");
  assert.deepEqual(value.disposition, { type: "inline", parameters: new Map() });
  assert.deepEqual([value.language, value.location], [["en"], "loc"]);
  const [text, image] = value.parts;
  assert.deepEqual(text, TEXT);
  assert.equal(image?.kind === "part" ? image.md5 : "", "md5");
  assert.equal(image?.disposition?.parameters.get("filename"), "a.png");
  assert.deepEqual(image?.language, ["en", "de"]);
  assert.equal(image?.extension.length, 1);
});

test("RFC 9051 §7.5.2: an attached message", () => {
  const envelope = '("d" "s" NIL NIL NIL NIL NIL NIL NIL "<i@d>")';
  const { value, kinds } = structure(
    `("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 50 ${envelope} ${PLAIN} 7 NIL NIL)`,
  );
  assert.deepEqual(kinds, []);
  assert.equal(value.kind === "part" ? value.message?.envelope.subject : "", "s");
  assert.deepEqual(value.kind === "part" ? value.message?.body : "", TEXT);
  assert.equal(value.kind === "part" ? value.lines : 0, 7);
});

interface Quirk {
  readonly server: string;
  readonly text: string;
  readonly has: Readonly<Record<string, unknown>>;
  readonly kinds: readonly string[];
}

const QUIRKS: readonly Quirk[] = [
  {
    server: "Gmail",
    text: '("ALTERNATIVE")',
    has: { kind: "multipart", type: "multipart/alternative", parts: [] },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "QQ",
    text: '("MIXED" ("BOUNDARY" "x") NIL NIL)',
    has: { kind: "multipart", type: "multipart/mixed", parameters: new Map([["boundary", "x"]]) },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "Gmail",
    text: '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5 NIL NIL 3)',
    has: { type: "message/rfc822", lines: 3 },
    kinds: ["nil-unexpected", "nil-unexpected"],
  },
  {
    server: "Exchange",
    text: '("A" "B" NIL NIL NIL "7BIT" -1 NIL "inline")',
    has: { octets: 0, disposition: { type: "inline", parameters: new Map() } },
    kinds: ["number-invalid", "body-structure-invalid"],
  },
  {
    server: "Exchange",
    text: "(NIL NIL NIL NIL NIL NIL NIL)",
    has: { kind: "part", type: "", octets: 0 },
    kinds: ["nil-unexpected", "nil-unexpected", "nil-unexpected", "nil-unexpected"],
  },
  {
    server: "mail.ru",
    text: '("TEXT" "PLAIN" ("boundary" NIL) NIL NIL "7BIT" 9.3736e+06 1)',
    has: { octets: 9373600, parameters: new Map([["boundary", ""]]) },
    kinds: ["nil-unexpected", "number-invalid"],
  },
  {
    server: "various",
    text: `(${PLAIN} ${PLAIN} "MIXED")`,
    has: { parts: [TEXT, TEXT] },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "various",
    text: `(${PLAIN})`,
    has: { parts: [TEXT], type: "multipart/" },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "various",
    text: '("A" "B" ("x") NIL NIL "7BIT" 1)',
    has: { type: "a/b" },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "various",
    text: '("A" "B" NIL NIL NIL "7BIT" 1 NIL (NIL NIL))',
    has: { disposition: null },
    kinds: ["body-structure-invalid"],
  },
  {
    server: "various",
    text: '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 5 NIL ("inline" NIL))',
    has: { message: undefined, md5: null },
    kinds: [],
  },
  { server: "various", text: "()", has: { type: "", octets: 0 }, kinds: ["body-structure-invalid"] },
];

for (const { server, text, has, kinds } of QUIRKS) {
  test(`body structure of ${server}: ${text.slice(0, 60)}`, () => {
    const found = structure(text);
    const value = new Map<string, unknown>(Object.entries(found.value));
    for (const [field, expected] of Object.entries(has)) assert.deepEqual(value.get(field), expected, field);
    assert.deepEqual(found.kinds, kinds);
  });
}
