import assert from "node:assert/strict";
import { test } from "node:test";
import { listing, statusData } from "../../../src/core/imap/mailbox-data.ts";
import { dataLexer, defectKinds, plain, serverLexer } from "../../parsed-response.ts";

interface Row {
  readonly server?: string;
  readonly line: string;
  readonly attributes?: readonly string[];
  readonly delimiter?: string | null;
  readonly name: string;
  readonly kinds?: readonly string[];
}

const LISTS: readonly Row[] = [
  { line: '(\\Noselect) "/" ~/Mail/foo', attributes: ["\\Noselect"], name: "~/Mail/foo" },
  { line: '() NIL "&U,BTFw-"', delimiter: null, name: "\u53f0\u5317" },
  { line: '() "/" {3}\r\na b', name: "a b" },
  { server: "Domino", line: '() "\\\\" INBOX', delimiter: "\\", name: "INBOX" },
  { line: '() "\\" foo', delimiter: "\\", name: "foo", kinds: ["quoted-invalid"] },
  { line: "() / foo", name: "foo", kinds: ["response-data-invalid"] },
  { line: '() "" foo', delimiter: null, name: "foo", kinds: ["response-data-invalid"] },
  { server: "Exchange", line: '() "/" a\tb', name: "a\tb", kinds: ["server-control"] },
  { line: '() "/" my folder (x)', name: "my folder (x)", kinds: ["response-data-invalid"] },
  {
    server: "various",
    line: '(\\HasChildren \\hasnochildren) "/" x',
    attributes: ["\\HasChildren", "\\hasnochildren"],
    name: "x",
    kinds: ["list-attributes-contradict"],
  },
  {
    line: '(Marked NIL) "/" x',
    attributes: ["Marked"],
    name: "x",
    kinds: ["flag-invalid", "nil-unexpected"],
  },
  { line: '() "/"', name: "", kinds: ["response-data-missing"] },
];

for (const row of LISTS) {
  test(`RFC 9051 §7.3.1 LIST${row.server === undefined ? "" : ` of ${row.server}`}: ${JSON.stringify(row.line)}`, () => {
    const lexer = dataLexer(row.line);
    const data = listing(lexer);
    assert.equal(data.kind, "list");
    if (data.kind !== "list") return;
    assert.deepEqual(data.attributes, row.attributes ?? []);
    assert.equal(data.delimiter, row.delimiter === undefined ? "/" : row.delimiter);
    assert.equal(data.mailbox.name, row.name);
    assert.deepEqual(defectKinds(lexer), row.kinds ?? []);
  });
}

test("RFC 5258 §6: extended data by name", () => {
  const lexer = serverLexer('() "/" "Foo" ("childinfo" ("SUBSCRIBED") "OLDNAME" ("Bar"))');
  const data = listing(lexer);
  const extended =
    data.kind === "list" ? [...data.extended].map(([name, token]) => [name, plain(token)]) : [];
  assert.deepEqual(extended, [
    ["CHILDINFO", ["SUBSCRIBED"]],
    ["OLDNAME", ["Bar"]],
  ]);
  assert.deepEqual(defectKinds(lexer), []);
});

test("extended data in parentheses of their own, and without a value", () => {
  const lexer = serverLexer('() "/" Foo (("OLDNAME" ("Bar")) "X")');
  const data = listing(lexer);
  assert.deepEqual(data.kind === "list" ? [...data.extended.keys()] : [], ["OLDNAME"]);
  assert.deepEqual(defectKinds(lexer), ["response-data-invalid", "response-data-missing"]);
});

const STATUSES: readonly (readonly [
  line: string,
  name: string,
  items: readonly (readonly [string, string])[],
  kinds?: readonly string[],
])[] = [
  [
    "blurdybloop (MESSAGES 231 UIDNEXT 44292)",
    "blurdybloop",
    [
      ["MESSAGES", "231"],
      ["UIDNEXT", "44292"],
    ],
  ],
  [
    "x (HighestModSeq 90060115194045007 MAILBOXID (F1))",
    "x",
    [
      ["HIGHESTMODSEQ", "90060115194045007"],
      ["MAILBOXID", "F1"],
    ],
  ],
  ["x ()", "x", []],
  ["my box (UNSEEN 1)", "my box", [["UNSEEN", "1"]], ["response-data-invalid"]],
  [
    "x (UIDVALIDITY 0 SIZE 9.5e3)",
    "x",
    [
      ["UIDVALIDITY", "0"],
      ["SIZE", "9500"],
    ],
    ["uidvalidity-invalid", "number-invalid"],
  ],
  ["x (MESSAGES)", "x", [], ["response-data-missing"]],
  ["x", "x", [], ["response-data-missing"]],
];

for (const [line, name, items, kinds] of STATUSES) {
  test(`RFC 9051 §7.3.4 STATUS: ${line}`, () => {
    const lexer = serverLexer(line);
    const data = statusData(lexer);
    assert.equal(data.kind, "status");
    if (data.kind !== "status") return;
    assert.equal(data.mailbox.name, name);
    assert.deepEqual([...data.items], items);
    assert.deepEqual(defectKinds(lexer), kinds ?? []);
  });
}
