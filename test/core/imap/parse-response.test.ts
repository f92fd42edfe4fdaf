import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { parseResponse } from "../../../src/core/imap/parse-response.ts";
import type { Response } from "../../../src/core/imap/response.ts";
import { CODE_ENTRIES, RESPONSE_ENTRIES } from "../../../src/core/vocabulary/vocabulary.ts";
import { parsed, serverFrame } from "../../parsed-response.ts";
import { isFull, runs } from "../../runs.ts";

interface Row {
  readonly line: string;
  /** Tag, status or name, number, code and text, as far as the response has them. */
  readonly says: string;
  readonly kinds?: readonly string[];
}

/** A response in one line, for tables. */
function summary(response: Response): string {
  switch (response.kind) {
    case "status":
      return `${response.tag ?? "*"} ${response.status} ${response.code?.name ?? "-"} |${response.text}`;
    case "continuation":
      return `+ ${response.code?.name ?? "-"} |${response.text}`;
    case "data":
      return `* ${response.number ?? "-"} ${response.name} ${response.data.kind}`;
    case "malformed":
      return `? ${response.tag ?? "-"} ${response.name ?? "-"} |${response.text}`;
  }
}

const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  "RFC 9051 §7.1": [
    { line: "* OK IMAP4rev2 Service Ready", says: "* OK - |IMAP4rev2 Service Ready" },
    { line: "a1 OK [READ-WRITE] done", says: "a1 OK READ-WRITE |done" },
    { line: "15.16 no [overquota] full", says: "15.16 NO OVERQUOTA |full" },
    { line: "* PREAUTH hello", says: "* PREAUTH - |hello" },
    { line: "* BYE ", says: "* BYE - |" },
    { line: "* OK quota {5}", says: "* OK - |quota {5}" },
    { line: '* BAD a lone " and ( here', says: '* BAD - |a lone " and ( here' },
    { line: "* OK [HIGHESTMODSEQ 5]", says: "* OK HIGHESTMODSEQ |", kinds: ["response-text-missing"] },
  ],
  "RFC 9051 §7.6": [
    { line: "+ idling", says: "+ - |idling" },
    { line: "+ ", says: "+ - |" },
    { line: "+ [READ-WRITE] go", says: "+ READ-WRITE |go" },
    { line: "+ dXNlcg==", says: "+ - |dXNlcg==" },
    { line: "+", says: "+ - |", kinds: ["server-space"] },
    { line: "+OK", says: "+ - |OK", kinds: ["server-space"] },
  ],
  "RFC 9051 §7.4.1": [
    { line: "* 23 exists", says: "* 23 EXISTS count" },
    { line: "* 0 RECENT", says: "* 0 RECENT count" },
    { line: "* 44 EXPUNGE", says: "* 44 EXPUNGE count" },
    { line: "* EXISTS 93", says: "* 93 EXISTS count", kinds: ["response-data-missing"] },
    { line: "* 5000000000 EXISTS", says: "* 5000000000 EXISTS count", kinds: ["number-invalid"] },
    { line: "* -3 EXISTS", says: "* - EXISTS count", kinds: ["number-invalid"] },
    { line: "* 5 LIST () NIL x", says: "* 5 LIST list", kinds: ["response-data-surplus"] },
    { line: "* FLAGS(\\Seen)", says: "* - FLAGS flags", kinds: ["server-space"] },
    { line: "* FLAGS (\\Seen) x", says: "* - FLAGS flags", kinds: ["response-data-surplus"] },
    {
      line: "* 1 FETCH {2+}\r\nxy",
      says: "* 1 FETCH fetch",
      kinds: ["literal-non-synchronizing-from-server", "response-data-missing", "response-data-invalid"],
    },
  ],
  "RFC 9586 §3.3": [{ line: "* 25 UIDFETCH (FLAGS ())", says: "* 25 UIDFETCH fetch" }],
};

/** What servers were seen to send (the names are those of the servers). */
const QUIRKS: Readonly<Record<string, readonly Row[]>> = {
  "Exchange, O365": [
    { line: "[COPYUID 55 31 6]", says: "* OK COPYUID |", kinds: ["response-text-missing", "status-missing"] },
    {
      line: "* OK [COPYUID 701  ]",
      says: "* OK COPYUID |",
      kinds: ["server-space", "set-invalid", "set-invalid", "response-text-missing"],
    },
    {
      line: 'A1 OK [Error="WrongServerException: a [b] c" Proxy=x Service=Imap4] AUTHENTICATE completed.',
      says: "A1 OK ERROR |AUTHENTICATE completed.",
      kinds: ["response-code-invalid"],
    },
    {
      line: "CAPABILITY completed.",
      says: "? CAPABILITY COMPLETED. |CAPABILITY completed.",
      kinds: ["response-malformed"],
    },
  ],
  "home.pl": [{ line: "* [COPYUID 55 31 6] x", says: "* OK COPYUID |x", kinds: ["status-missing"] }],
  iCloud: [
    { line: "* CAPABILITY IMAP4rev1 IDLE ", says: "* - CAPABILITY capabilities", kinds: ["server-space"] },
  ],
  Yandex: [{ line: "a OK [APPENDUID 5 none] x", says: "a OK APPENDUID |x", kinds: ["set-invalid"] }],
  Dovecot: [
    {
      line: "a OK Fetch completed (0.001 + 1.006 secs).",
      says: "a OK - |Fetch completed (0.001 + 1.006 secs).",
    },
  ],
  Courier: [
    {
      line: "* 0 FETCH (UID 16334 FLAGS ())",
      says: "* 0 FETCH fetch",
      kinds: ["sequence-number-out-of-range"],
    },
  ],
  DavMail: [{ line: "*  1688 EXISTS", says: "* 1688 EXISTS count", kinds: ["server-space"] }],
  "wp.pl": [{ line: "A6 BYE logging out", says: "A6 BYE - |logging out", kinds: ["tagged-status-invalid"] }],
  "Proton Bridge": [
    {
      line: "a BAD [Error offset=15]: unknown search key",
      says: "a BAD ERROR |: unknown search key",
      kinds: ["server-space"],
    },
  ],
  Yahoo: [{ line: "* NO [UNAVAILABLE] x", says: "* NO UNAVAILABLE |x" }],
  Xeams: [
    {
      line: " UID 5 FLAGS ())",
      says: "? UID - |UID 5 FLAGS ())",
      kinds: ["server-space", "response-malformed"],
    },
    { line: ")", says: "? - - |)", kinds: ["response-malformed"] },
  ],
  various: [
    { line: "\0\0* OK hi", says: "* OK - |hi", kinds: ["server-nul"] },
    { line: "A6 OK", says: "A6 OK - |", kinds: ["response-text-missing"] },
    { line: "* XSOMETHING a (b)", says: "* - XSOMETHING tokens", kinds: ["response-unknown"] },
    { line: "*OK hi", says: "? - - |*OK hi", kinds: ["response-malformed"] },
    { line: "* 5", says: "? - - |5", kinds: ["response-malformed"] },
    { line: "[not] (a code", says: "* OK NOT |(a code", kinds: ["status-missing"] },
    { line: "[ oops", says: "? - - |[ oops", kinds: ["response-code-invalid", "response-malformed"] },
    { line: "", says: "? - - |" },
  ],
};

for (const [title, rows] of [...Object.entries(SECTIONS), ...Object.entries(QUIRKS)]) {
  for (const { line, says, kinds } of rows) {
    test(`${title}: ${JSON.stringify(line)}`, () => {
      const found = parsed(line);
      assert.equal(summary(found.value), says);
      assert.deepEqual(found.kinds, kinds ?? []);
    });
  }
}

test("every name and every code of the vocabulary is recognised, in any case", () => {
  for (const { name, form } of RESPONSE_ENTRIES) {
    const { value, kinds } = parsed(`* ${form === "number" ? "1 " : ""}${name.toLowerCase()} x`);
    const found = value.kind === "data" ? value.name : value.kind === "status" ? value.status : undefined;
    assert.equal(found, name);
    assert.ok(!kinds.includes("response-unknown"), name);
  }
  for (const { name } of CODE_ENTRIES) {
    const { value } = parsed(`* OK [${name.toLowerCase()}] x`);
    assert.equal(value.kind === "status" ? value.code?.name : undefined, name);
  }
});

test("shallow leaves nested values unread and everything else as it is", () => {
  const line = '* 1 FETCH (UID 5 ENVELOPE ("d" "s" NIL NIL NIL NIL NIL NIL NIL "i") FLAGS (\\Seen))';
  const { value, defects } = parseResponse(serverFrame(line), "shallow");
  assert.deepEqual(value.kind === "data" && value.data.kind === "fetch" ? value.data.items : [], [
    { name: "UID", value: { kind: "number", value: "5" } },
    { name: "ENVELOPE", value: { kind: "tokens", tokens: [] } },
    { name: "FLAGS", value: { kind: "flags", flags: ["\\Seen"] } },
  ]);
  assert.deepEqual(defects, []);
});

/** Octets that come near to what the parser branches on. */
const GRAMMAR = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "* ",
        "+ ",
        "a1 ",
        "OK ",
        "[",
        "] ",
        "(",
        ")",
        '"',
        "\\",
        "NIL",
        " ",
        "{3}\r\n",
        "{1+}\r\n",
        "\0",
        "\xe9",
      ),
      fc.constantFrom(...RESPONSE_ENTRIES.map(({ name }) => `${name} `)),
      fc.constantFrom(...CODE_ENTRIES.map(({ name }) => `[${name} `)),
      fc.constantFrom(
        "1 FETCH (",
        "BODY[",
        "BODYSTRUCTURE (",
        "ENVELOPE (",
        "MODSEQ (",
        "UID ",
        "1:*",
        "-1",
        "\\Seen",
      ),
      fc.string({ unit: "binary-ascii", maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

test("law: any octets give a value, and places within the frame", () => {
  fc.assert(
    fc.property(
      GRAMMAR,
      fc.constantFrom("", "* ", "* 1 FETCH (", "* OK ["),
      fc.constantFrom("full", "shallow"),
      (text, head, depth) => {
        const frame = frameOf("server", fromLatin1(`${head}${text}\r\n`));
        const { defects } = parseResponse(frame, depth);
        assert.ok(defects.length <= LIMITS.frameDefects);
        for (const { offset } of defects)
          assert.ok(offset === undefined || (offset >= 0 && offset <= frame.octets));
      },
    ),
    { numRuns: runs(3000) },
  );
});

test("law: a long line of anything takes linear time", () => {
  const heads = [
    "",
    "* X ",
    "* 1 FETCH (ENVELOPE (",
    "* OK [",
    "* FLAGS (",
    "* LIST () ",
    "* STATUS x ",
    "* SEARCH ",
  ];
  const fillers = [
    "(",
    '"',
    "{",
    ")",
    "[",
    "BODY[",
    '"a"b ',
    '")\\"',
    '"\\")',
    '("',
    'BODY["',
    "1 ",
    "\\",
    "\0",
    "[a ",
  ];
  const time = (line: string) => {
    const frame = frameOf("server", fromLatin1(line));
    const started = performance.now();
    parseResponse(frame);
    return performance.now() - started;
  };
  const octets = isFull() ? 2 ** 20 : 2 ** 16;
  for (const head of heads) {
    for (const filler of fillers) {
      const line = `${head}${filler.repeat(octets / filler.length)}\r\n`;
      let milliseconds = time(line);
      // A busy machine may have taken the processor away.
      for (let again = 0; again < 3 && milliseconds >= 2000; again++) milliseconds = time(line);
      assert.ok(milliseconds < 2000, `${head}${filler}: ${milliseconds} ms`);
    }
  }
});
