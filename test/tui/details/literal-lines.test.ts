import assert from "node:assert/strict";
import { test } from "node:test";
import type { Literal } from "../../../src/core/imap/frame.ts";
import { literalLine, previewOf, writeLiteral } from "../../../src/tui/details/literal-lines.ts";
import type { LiteralSort } from "../../../src/tui/details/literals.ts";
import type { DecodedMail } from "../../../src/tui/details/mail.ts";
import type { DetailOptions } from "../../../src/tui/details/material.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { literalOf } from "../../observations.ts";
import { lines, options, shown, text } from "./shown.ts";

function written(
  literal: Literal,
  sort: LiteralSort,
  mail?: DecodedMail,
  fields: Partial<DetailOptions> = {},
): string {
  return shown(
    writeDetails(options({ columns: 44, ...fields }), (writer) =>
      writeLiteral(writer, literal, "f", sort, mail),
    ),
  );
}

const MAIL: DecodedMail = {
  headers: [
    { name: "Received", value: "from a by b" },
    { name: "From", value: "Анна <anna@example.org>" },
    { name: "Subject", value: "件名はとても長くて一行には収まらないものです" },
    { name: "X-Spam", value: "no" },
  ],
  text: "Grüße\nשלום עולם\n",
  fromHtml: false,
  attachments: [{ name: "a.pdf", type: "application/pdf", octets: 1234 }],
};

test("of a decoded mail the headers that people look for come first, the others are folded, then its text", () => {
  assert.equal(
    written(literalOf(30_000, "x".repeat(8192)), "mail", MAIL),
    lines(`
      │ Subject: 件名はとても長くて一行には収まら
      │   ないものです
      │ From: Анна <anna@example.org>
      ▸ 2 more headers
      │
      │ Grüße
      │ שלום עולם
      │ + application/pdf a.pdf, 1,234 octets of
      │   it
      │ the first 8,192 of 30,000 octets kept: it ends here
    `),
  );
});

test("until it is decoded, and where it is no mail, octets stand as they came", () => {
  const literal = literalOf(12, "A: b\r\n\r\nText");
  assert.equal(
    written(literal, "mail"),
    "│ as it came, until it is decoded:\n│ A: b\n│\n│ Text\n│ all of its 12 octets",
  );
  assert.equal(written(literal, "text"), "│ A: b\n│\n│ Text\n│ all of its 12 octets");
  const nothing: DecodedMail = { headers: [], text: undefined, fromHtml: false, attachments: [] };
  assert.equal(written(literal, "mail", nothing), written(literal, "text"));
});

test("on a shared screen nothing is left but sizes", () => {
  assert.equal(
    written(literalOf(30_000, "Subject: x"), "mail", MAIL, { hidden: true }),
    "│ content is hidden\n│ the first 10 of 30,000 octets kept: it ends here",
  );
});

test("what did not come or was not kept is said", () => {
  assert.match(
    written(literalOf(300, "abc", { received: 55 }), "text"),
    /of 300 octets kept, of which 55 came/,
  );
  assert.match(written(literalOf(300, ""), "text"), /none of 300 octets kept/);
});

const decodeWords = (written: string): string => written.replace("=?utf-8?Q?=C3=A4?=", "ä");

const PREVIEWS: readonly (readonly [head: string, sort: LiteralSort, preview: string])[] = [
  ["From: a\r\nSUBJECT: one\r\n two\r\nTo: b\r\n", "mail", "one two"],
  ["Subject: =?utf-8?Q?=C3=A4?=\r\n", "mail", "ä"],
  ["From: a\r\n\r\nno subject", "mail", "From: a"],
  ["\r\n\r\nfirst\r\nsecond", "text", "first"],
  ["", "text", ""],
];

for (const [head, sort, preview] of PREVIEWS) {
  test(`${JSON.stringify(head)} folded shows "${preview}"`, () =>
    assert.equal(previewOf(literalOf(head.length, head), sort, decodeWords), preview));
}

test("the line of a fold has size and preview, and on a shared screen the size alone", () => {
  const literal = literalOf(9, "Subject: x");
  const seen: string[] = [];
  for (const hidden of [false, true]) {
    writeDetails(options({ hidden }), (writer) => seen.push(text(literalLine(literal, "mail", writer, ""))));
  }
  assert.deepEqual(seen, ["{9} mail: x", "{9}"]);
  writeDetails(options(), (writer) =>
    assert.match(text(literalLine(literalOf(4, "\0\0\0\0"), "text", writer, "")), /data, 4 kept/),
  );
});

test("a mail of very many lines and headers stays bounded", () => {
  const many: DecodedMail = {
    ...MAIL,
    headers: Array.from({ length: 5000 }, (_none, i) => ({ name: `X-${i}`, value: "y".repeat(2000) })),
    text: "line\n".repeat(5000),
  };
  assert.ok(written(literalOf(9, ""), "mail", many).split("\n").length < 100);
});
