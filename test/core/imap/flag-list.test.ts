import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilities, flags, labels } from "../../../src/core/imap/flag-list.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { parseResponse } from "../../../src/core/imap/parse-response.ts";
import { readToken, readTokens } from "../../../src/core/imap/read-token.ts";
import { dataLexer, defectKinds, serverLexer } from "../../parsed-response.ts";

interface Row {
  readonly server?: string;
  readonly list: string;
  readonly flags: readonly string[];
  readonly kinds?: readonly string[];
}

const FLAGS: readonly Row[] = [
  { list: "(\\Seen $Forwarded \\*)", flags: ["\\Seen", "$Forwarded", "\\*"] },
  { list: "()", flags: [] },
  { server: "various", list: '("\\\\Seen")', flags: ["\\Seen"], kinds: ["flag-invalid"] },
  { server: "various", list: "(NIL)", flags: [], kinds: ["nil-unexpected"] },
  { server: "various", list: "NIL", flags: [], kinds: ["nil-unexpected"] },
  { server: "Gmail", list: "(a]b)", flags: ["a]b"], kinds: ["flag-invalid"] },
  {
    server: "Gmail",
    list: "([Errors Or More] \\Seen)",
    flags: ["[Errors Or More]", "\\Seen"],
    kinds: ["flag-invalid"],
  },
  { list: "([open \\Seen)", flags: ["[open", "\\Seen"] },
  { list: "(\\)", flags: ["\\"], kinds: ["flag-invalid"] },
  { list: "\\Seen", flags: ["\\Seen"], kinds: ["flag-invalid"] },
];

for (const row of FLAGS) {
  test(`RFC 9051 §2.3.2 flags${row.server === undefined ? "" : ` of ${row.server}`}: ${row.list}`, () => {
    const lexer = serverLexer(row.list);
    assert.deepEqual(flags(lexer, readToken(lexer)), row.flags);
    assert.deepEqual(defectKinds(lexer), row.kinds ?? []);
  });
}

test("Gmail's labels are any astrings", () => {
  const lexer = dataLexer('("\\\\Important" foo {3}\r\na b "&AOk-")');
  assert.deepEqual(labels(lexer, readToken(lexer)), ["\\Important", "foo", "a b", "&AOk-"]);
  assert.deepEqual(defectKinds(lexer), []);
});

test("RFC 9051 §7.2.2 capabilities are upper case; `LITERAL +` is LITERAL+", () => {
  const lexer = serverLexer('IMAP4rev1 Literal + "x" (y)');
  assert.deepEqual(capabilities(lexer, readTokens(lexer)), ["IMAP4REV1", "LITERAL+", "X", "Y"]);
  assert.deepEqual(defectKinds(lexer), ["server-space", "response-data-invalid", "response-data-invalid"]);
});

test("a list that was read before is the same list, and one with a defect has its defect each time", () => {
  const read = (line: string) => parseResponse(frameOf("server", `${line}\r\n`));
  const flagsOf = (line: string) => {
    const { value } = read(line);
    const item = value.kind === "data" && value.data.kind === "fetch" ? value.data.items[0] : undefined;
    return item?.value.kind === "flags" ? item.value.flags : undefined;
  };
  assert.deepEqual(flagsOf("* 1 FETCH (FLAGS (\\Seen $Known))"), ["\\Seen", "$Known"]);
  assert.equal(
    flagsOf("* 2 FETCH (FLAGS (\\Seen $Known) UID 7)"),
    flagsOf("* 1 FETCH (FLAGS (\\Seen $Known))"),
  );
  for (const n of [1, 2]) {
    assert.deepEqual(
      read(`* ${n} FETCH (FLAGS (\\Seen NIL))`).defects.map(({ kind }) => kind),
      ["nil-unexpected"],
    );
  }
});
