import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import { loadMailReader } from "../../../src/tui/details/read-mail.ts";

const { read, decodeWords } = await loadMailReader();

function mail(...rows: readonly string[]): Uint8Array {
  return fromLatin1(rows.join("\r\n"));
}

test("headers come in their order, unfolded, with encoded words decoded", async () => {
  const { headers } = await read(
    mail(
      "From: =?utf-8?B?0JDQvdC90LA=?= <anna@example.org>",
      "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=",
      " aus",
      "X-A: 1",
      "X-A: 2",
      "",
      "",
    ),
  );
  assert.deepEqual(headers, [
    { name: "From", value: "Анна <anna@example.org>" },
    { name: "Subject", value: "Grüße aus" },
    { name: "X-A", value: "1" },
    { name: "X-A", value: "2" },
  ]);
});

const TEXTS: readonly (readonly [what: string, rows: readonly string[], text: string])[] = [
  [
    "quoted-printable in KOI8-R",
    [
      "Content-Type: text/plain; charset=koi8-r",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "=F0=D2=C9=D7=C5=D4",
    ],
    "Привет",
  ],
  [
    "Base64 that was cut in the middle",
    ["Content-Transfer-Encoding: base64", "", "SGVsbG8gd29ybGQgdGhpcyBpcyBhbg"],
    "Hello world this is an",
  ],
  [
    "the first text of several parts, the last of which was cut",
    [
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/plain; charset=utf-8",
      "",
      "Hi",
      "--b",
      "Content-Type: image/png; name=a.png",
      "Content-Transfer-Encoding: base64",
      "",
      "iVBORw0KGgo",
    ],
    "Hi",
  ],
];

for (const [what, rows, text] of TEXTS) {
  test(`the text is decoded: ${what}`, async () =>
    assert.equal((await read(mail(...rows))).text?.trimEnd(), text));
}

test("text that is there as HTML only is told to be that, and other parts are listed", async () => {
  const { fromHtml, text, attachments } = await read(
    mail(
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/html",
      "",
      "<b>Hi</b>",
      "--b",
      "Content-Type: application/pdf; name=a.pdf",
      "",
      "%PDF",
      "--b--",
      "",
    ),
  );
  assert.equal(fromHtml, true);
  assert.match(text ?? "", /Hi/);
  assert.deepEqual(
    attachments.map(({ name, type }) => [name, type]),
    [["a.pdf", "application/pdf"]],
  );
});

const HOSTILE: readonly string[] = [
  "",
  "\0\0\0",
  "no header at all",
  `Content-Type: multipart/mixed; boundary=b\r\n\r\n${"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(150)}`,
  `${"X: y\r\n".repeat(1300)}\r\n`,
  "Subject: =?x?Q?y?= =?utf-8?B?////?=\r\n\r\n",
  "Content-Type: text/plain; charset=__proto__\r\n\r\n\u00ff",
];

test("octets that are no mail are read without a fault", async () => {
  for (const octets of HOSTILE) assert.ok(Array.isArray((await read(fromLatin1(octets))).headers));
});

test("encoded words are decoded also where other words are not", () => {
  assert.equal(decodeWords("=?utf-8?B?0JDQvdC90LA=?= =?bogus?X?y?="), "Анна =?bogus?X?y?=");
});
