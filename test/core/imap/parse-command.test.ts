import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import type { DefectKind } from "../../../src/core/imap/defect.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { parseCommand } from "../../../src/core/imap/parse-command.ts";
import { defectKinds, parsed, unfinished } from "../../parsed-command.ts";
import { runs } from "../../runs.ts";

test("tag and name are read, the name in upper case, the tag as it stands", () => {
  const rows: readonly [line: string, tag: string, name: string, uid: boolean][] = [
    ["a1 NOOP", "a1", "NOOP", false],
    ["A1.2 noop", "A1.2", "NOOP", false],
    ["15.16 Select INBOX", "15.16", "SELECT", false],
    ["$x uid fetch 1 FLAGS", "$x", "UID FETCH", true],
    ["__proto__ UID expunge 1:*", "__proto__", "UID EXPUNGE", true],
    ["a] Logout", "a]", "LOGOUT", false],
  ];
  for (const [line, tag, name, uid] of rows) {
    const { value, defects } = parsed(line);
    assert.deepEqual([value.tag, value.name, value.uid, defects], [tag, name, uid, []], line);
  }
});

test("what is wrong with tag, name, spaces and octets is one defect each", () => {
  const rows: readonly [line: string, kinds: readonly DefectKind[]][] = [
    // RFC 9051 §2.2.1: the tag
    ["+ NOOP", ["tag-invalid"]],
    ["* NOOP", ["tag-invalid"]],
    ["a+1 NOOP", ["tag-invalid"]],
    ["(a NOOP", ["tag-invalid"]],
    ["a{1 NOOP", ["tag-invalid"]],
    ['"a" NOOP', ["tag-invalid"]],
    ["\xe9 NOOP", ["tag-invalid"]],
    ["a\t NOOP", ["tag-invalid"]],
    [" NOOP", ["tag-invalid"]],
    ["", ["tag-invalid"]],
    // and the name
    ["a1", ["command-missing"]],
    ["a1 FROBNICATE", ["command-unknown"]],
    ["a1 XPIG-LATIN x y", ["command-unknown"]],
    ["a1 NOOP()", ["command-unknown"]],
    ["a1 UID", ["argument-missing"]],
    ["a1 UID NOOP", ["command-unknown"]],
    // RFC 9051 §9: spaces
    ["a1  NOOP", ["client-space"]],
    ["a1 NOOP ", ["client-space"]],
    ["a1 SELECT  INBOX", ["client-space"]],
    ["a1 UID  FETCH 1 FLAGS", ["client-space"]],
    ["a1 STATUS INBOX ( MESSAGES)", ["client-space"]],
    ["a1 STATUS INBOX (MESSAGES )", ["client-space"]],
    ["a1 FETCH 1(FLAGS)", ["argument-invalid"]],
    ["a1 SEARCH (SEEN)(DRAFT)", ["argument-invalid"]],
    // RFC 9051 §2.2, §4.3: octets
    ["a1 SELECT a\rb", ["client-bare-cr"]],
    ['a1 SELECT "a\rb"', ["client-bare-cr"]],
    ["a1 SELECT a\x00b", ["client-nul"]],
    ["a1 SELECT {3}\r\na\x00b", ["client-nul"]],
    ["a1 APPEND INBOX ~{3}\r\na\x00b", []],
    ['a1 SELECT "caf\xc3\xa9"', ["client-8bit"]],
    ["a1 SELECT a\tb", ["argument-invalid"]],
    // RFC 9051 §9: quotes and parentheses
    ['a1 SELECT "INBOX', ["client-unbalanced"]],
    ["a1 FETCH 1 (FLAGS", ["client-unbalanced"]],
    ["a1 FETCH 1 (FLAGS))", ["client-unbalanced"]],
    ["a1 FETCH 1 BODY[HEADER", ["client-unbalanced"]],
    // RFC 3501 §5.1.3
    ["a1 SELECT &AOk", ["mailbox-name-utf7"]],
    ["a1 SELECT &-", []],
    // RFC 7162 §4
    [`a1 SEARCH SUBJECT "${"x".repeat(8192)}"`, ["command-line-too-long"]],
    [`a1 SEARCH SUBJECT {9000}\r\n${"x".repeat(9000)}`, []],
  ];
  for (const [line, kinds] of rows)
    assert.deepEqual(defectKinds(line), kinds, JSON.stringify(line.slice(0, 80)));
});

test("8-bit octets and modified UTF-7 are judged only as likely, because UTF8=ACCEPT is not known here", () => {
  for (const line of ['a1 SELECT "\xc3\xa9"', "a1 SELECT &AOk"]) {
    assert.deepEqual(
      parsed(line).defects.map(({ certainty }) => certainty),
      ["likely"],
    );
  }
});

test("a defect says where it is", () => {
  assert.equal(parsed("a1 SELECT  INBOX").defects[0]?.offset, 9);
  assert.equal(parsed("a1 NOOP x").defects[0]?.offset, 8);
  assert.equal(parsed("a1 LOGIN {3}\r\nabc x y").defects[0]?.offset, 20);
  assert.equal(parsed("a1 SELECT a\rb").defects[0]?.offset, 11);
  assert.equal(parsed("a1 SELECT {3}\r\na\x00b").defects[0]?.offset, 16);
});

test("an unfinished frame lacks nothing, and keeps what is wrong for itself", () => {
  const rows: readonly [line: string, octets: number, kinds: readonly DefectKind[]][] = [
    ["a1 LOGIN {5}", 5, []],
    ["a1 LOGIN alice {8}", 8, []],
    ["a1 APPEND INBOX (\\Seen) {100}", 100, []],
    ["a1 APPEND INBOX CATENATE (TEXT {10}", 10, []],
    ["a1 SEARCH OR SUBJECT {4}", 4, []],
    ["a1 FROB {4}", 4, ["command-unknown"]],
    ["+ APPEND INBOX {4}", 4, ["tag-invalid"]],
  ];
  for (const [line, octets, kinds] of rows) {
    for (const end of ["refused", "cut"] as const) {
      const { defects } = parseCommand(unfinished(line, octets, end));
      assert.deepEqual(
        defects.map(({ kind }) => kind),
        kinds,
        line,
      );
    }
  }
  for (const cut of ["a1", "a1 ", "a1 SEL", "a1 SELECT", "a1 SELECT ", 'a1 SELECT "INB', "a1 FETCH 1 (FLA"]) {
    assert.deepEqual(parseCommand(frameOf("client", cut)).defects, [], cut);
  }
  assert.deepEqual(
    parseCommand(frameOf("client", "a1 FROB x")).defects.map(({ kind }) => kind),
    ["command-unknown"],
  );
});

test("masking makes no defect", () => {
  for (const line of [
    "a1 LOGIN alice xxxxxxxx",
    "a1 LOGIN xxxxxxxx",
    "a1 LOGIN alice {8}\r\nxxxxxxxx",
    'a1 LOGIN "alice" "xxxxxxxx"',
    "a1 AUTHENTICATE PLAIN xxxxxxxx",
    "a1 PROXYAUTH xxxxxxxx",
    "a1 X-MASTERAUTH xxxxxxxx",
    "a1 XAPPLEPUSHSERVICE xxxxxxxx",
    "a1 RESETKEY xxxxxxxx",
    'a1 URLFETCH "imap://a/INBOX/;uid=1;urlauth=anonymous:internal:xxxxxxxx"',
  ]) {
    assert.deepEqual(parsed(line).defects, [], line);
  }
  for (const line of ["xxxxxxxx", "xxxxxxxx {8}\r\nxxxxxxxx"]) {
    const found = parsed(line).defects.map(({ kind, certainty }) => [kind, certainty]);
    assert.deepEqual(found, [["command-unknown", "likely"]], line);
  }
});

const GRAMMATICAL = fc.stringMatching(
  /^(a1|\+|)( {1,2}(UID |)(FETCH|STORE|SEARCH|APPEND|LIST|NOTIFY|SORT|LOGIN|xx))?$/,
);
const ODDITIES = fc.constantFrom(
  " ",
  "(",
  ")",
  '"',
  "\\",
  "{3}\r\nabc",
  "{5+}\r\nab\x00cd",
  "~{0}\r\n",
  "NIL",
  "1:*",
  "1:4294967295",
  "-1:-100",
  "$",
  "BODY[",
  "]",
  "RETURN",
  "CATENATE",
  "CHARSET",
  "\r",
  "\x00",
  "\xff",
  "&AOk-",
  "x",
);

test("law: any octets give a command and defects, never an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      parseCommand(frameOf("client", octets));
    }),
  );
  fc.assert(
    fc.property(GRAMMATICAL, fc.array(ODDITIES, { maxLength: 30 }), (start, rest) => {
      const { value, defects } = parseCommand(frameOf("client", fromLatin1(`${start} ${rest.join("")}\r\n`)));
      assert.ok(value.arguments.length <= rest.join("").length + 1);
      for (const { offset } of defects) assert.ok(offset === undefined || offset >= 0);
    }),
    { numRuns: runs(500) },
  );
});

test("law: time grows with the octets only", () => {
  const deep = `a1 SEARCH ${"(".repeat(200_000)}`;
  const sets = `a1 FETCH ${Array.from({ length: 200_000 }, () => "1:4294967295").join(",")} FLAGS`;
  const quotes = `a1 SEARCH ${'"'.repeat(200_000)}`;
  for (const line of [deep, sets, quotes]) {
    const { value } = parsed(line);
    assert.ok(value.name === "SEARCH" || value.name === "FETCH");
  }
});
