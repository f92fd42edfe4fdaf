import assert from "node:assert/strict";
import { test } from "node:test";
import {
  convertedData,
  esearchData,
  searchData,
  threadData,
  vanishedData,
} from "../../../src/core/imap/search-data.ts";
import { defectKinds, plain, serverLexer } from "../../parsed-response.ts";

const SEARCHES: readonly (readonly [
  line: string,
  numbers: readonly number[],
  modSeq: string | undefined,
  kinds?: readonly string[],
])[] = [
  [" 2 3 6", [2, 3, 6], undefined],
  ["", [], undefined],
  [" 2 5 (MODSEQ 90060115194045007)", [2, 5], "90060115194045007"],
  [" 2 x 3", [2, 3], undefined, ["number-invalid"]],
  [" 2  3", [2, 3], undefined, ["server-space"]],
  [" 2 (FOO 1)", [2], undefined, ["response-data-invalid"]],
];

for (const [line, numbers, modSeq, kinds] of SEARCHES) {
  test(`RFC 3501 §7.2.5 SEARCH:${line}`, () => {
    const lexer = serverLexer(line);
    assert.deepEqual(searchData(lexer), { kind: "search", numbers, modSeq });
    assert.deepEqual(defectKinds(lexer), kinds ?? []);
  });
}

test("more numbers than the limit are not kept", () => {
  const lexer = serverLexer(" 7".repeat(100_002));
  const data = searchData(lexer);
  assert.equal(data.kind === "search" ? data.numbers.length : 0, 100_000);
  assert.deepEqual(defectKinds(lexer), ["server-limit"]);
});

test("RFC 9051 §7.3.4 ESEARCH with its correlator and results", () => {
  const lexer = serverLexer(
    '(TAG "t" MAILBOX "&AOk-" UIDVALIDITY 5) UID MIN 1 all 1,3:5 PARTIAL (1:100 5,7) RELEVANCY (4 99)',
  );
  const data = esearchData(lexer);
  assert.equal(data.kind, "esearch");
  if (data.kind !== "esearch") return;
  assert.deepEqual([data.tag, data.mailbox?.name, data.uidValidity, data.uid], ["t", "\u00e9", 5, true]);
  assert.deepEqual(
    [...data.results].map(([name, token]) => [name, plain(token)]),
    [
      ["MIN", "1"],
      ["ALL", "1,3:5"],
      ["PARTIAL", ["1:100", "5,7"]],
      ["RELEVANCY", ["4", "99"]],
    ],
  );
  assert.deepEqual(defectKinds(lexer), []);
});

test("RFC 5267 §4.3: repeated updates are joined", () => {
  const data = esearchData(serverLexer('(TAG "B01") UID ADDTO (1 2733) ADDTO (1 2731:2732)'));
  const token = data.kind === "esearch" ? data.results.get("ADDTO") : undefined;
  assert.deepEqual(token === undefined ? undefined : plain(token), ["1", "2733", "1", "2731:2732"]);
});

test("ESEARCH without correlator, without value, with strange values", () => {
  const lexer = serverLexer("COUNT x (ALL) ALL 0 MIN");
  const data = esearchData(lexer);
  assert.equal(data.kind === "esearch" ? data.tag : "", undefined);
  assert.deepEqual(defectKinds(lexer), [
    "number-invalid",
    "response-data-invalid",
    "set-invalid",
    "response-data-missing",
  ]);
});

test("Exchange answers RETURN () with no result at all", () => {
  const lexer = serverLexer('(TAG "x") UID');
  const data = esearchData(lexer);
  assert.deepEqual(data.kind === "esearch" ? [data.uid, data.results.size] : [], [true, 0]);
  assert.deepEqual(defectKinds(lexer), []);
});

test("RFC 5256 §4 THREAD keeps its nesting", () => {
  const data = threadData(serverLexer("(2)(3 6 (4 23)(44 7 96))"));
  assert.deepEqual(data.kind === "thread" ? data.threads.map(plain) : [], [
    ["2"],
    ["3", "6", ["4", "23"], ["44", "7", "96"]],
  ]);
  const lexer = serverLexer("1 2");
  threadData(lexer);
  assert.deepEqual(defectKinds(lexer), ["response-data-invalid"]);
});

test("RFC 7162 §3.2.10 VANISHED", () => {
  assert.deepEqual(vanishedData(serverLexer("(EARLIER) 300:310,411")), {
    kind: "vanished",
    earlier: true,
    uids: [
      { from: 300, to: 310 },
      { from: 411, to: 411 },
    ],
  });
  const lexer = serverLexer("(X)");
  assert.deepEqual(vanishedData(lexer), { kind: "vanished", earlier: false, uids: [] });
  assert.deepEqual(defectKinds(lexer), ["response-data-invalid", "response-data-missing"]);
});

test("RFC 5259 §9 CONVERTED names the tag of its command", () => {
  const data = convertedData(serverLexer('(TAG "a") (BINARY[1] {2}\r\nxy)'));
  assert.equal(data.kind === "converted" ? data.tag : undefined, "a");
  const lexer = serverLexer("(BINARY[1] x)");
  convertedData(lexer);
  assert.deepEqual(defectKinds(lexer), ["response-data-missing"]);
});
