import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1 } from "../../../src/core/base/octets.ts";
import { createScriptBuilder } from "../../../src/core/replay/build-script.ts";
import { ClientFrames } from "../../../src/core/replay/client-frames.ts";
import { IGNORE_RULES, ignoresField, readIgnored, withoutPatterns } from "../../../src/core/replay/ignore.ts";
import { createMatcher } from "../../../src/core/replay/match.ts";
import { readRequest } from "../../../src/core/replay/request.ts";
import { areSame, ignoring } from "../../requests.ts";

function append(message: string, before = ""): string {
  return `APPEND a ${before}{${message.length}}\r\n${message}`;
}

/** Rule, two commands that it makes the same, and one that it does not. */
const ROWS: readonly (readonly [rule: string | RegExp, one: string, same: string, other: string])[] = [
  [
    "date",
    append("Date: 1\r\nSubject: s\r\n\r\nx"),
    append("date: 2\r\n folded\r\nSubject: s\r\n\r\nx"),
    append("Date: 1\r\nSubject: t\r\n\r\nx"),
  ],
  ["date", append("A: b\r\n\r\nDate: 1"), append("A: b\r\n\r\nDate: 1"), append("A: b\r\n\r\nDate: 2")],
  [
    "message-id",
    append("Message-ID: <a>\r\n\r\n"),
    append("Message-Id: <bcd>\r\n\r\n"),
    append("Message-IDs: <a>\r\n\r\n"),
  ],
  [
    "boundary",
    append('Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n'),
    append("Content-Type: multipart/mixed; boundary=bcd\r\n\r\n--bcd\r\n\r\nx\r\n--bcd--\r\n"),
    append("Content-Type: multipart/mixed; boundary=bcd\r\n\r\n--bcd\r\n\r\ny\r\n--bcd--\r\n"),
  ],
  [
    "internaldate",
    append("x", '"01-Jan-2026 00:00:00 +0000" '),
    append("x", '"02-Jan-2026 00:00:00 +0000" '),
    append("y", '"01-Jan-2026 00:00:00 +0000" '),
  ],
  ["internaldate", append("x", '"01-Jan-2026 00:00:00 +0000" '), append("x"), append("x", "(\\Seen) ")],
  [
    "search-date",
    "UID SEARCH SINCE 1-Jan-2026",
    "UID SEARCH since 02-FEB-2027",
    "UID SEARCH BEFORE 1-Jan-2026",
  ],
  [
    "search-date",
    'SEARCH OR SENTON 1-Jan-2026 NOT BEFORE 2-Jan-2026 SUBJECT "SINCE 1-Jan-2026"',
    'SEARCH OR NOT BEFORE 3-Jan-2026 SENTON 4-Jan-2026 SUBJECT "since 1-jan-2026"',
    'SEARCH OR SENTON 1-Jan-2026 NOT BEFORE 2-Jan-2026 SUBJECT "SINCE 2-Jan-2026"',
  ],
  [
    "header:X-Mailer",
    append("X-Mailer: a\r\n\r\n"),
    append("x-mailer: b\r\n\r\n"),
    append("X-Mail: a\r\n\r\n"),
  ],
  ["field:parameters", "SELECT a (CONDSTORE)", "SELECT a", "SELECT b"],
  ["field:select.parameters", "SELECT a (CONDSTORE)", "SELECT a", "EXAMINE a (CONDSTORE)"],
  [/\d{8}T\d+/, "SELECT t20260101T1", "SELECT t20260102T22", "SELECT t2026"],
  [
    "/id-[0-9a-f]+/i",
    append("ID-12\r\n\r\nid-ab x"),
    append("id-3\r\n\r\nid-c x"),
    append("id-3\r\n\r\nid-c y"),
  ],
];

test("a rule leaves out what it names on both sides, and nothing else", () => {
  for (const [rule, one, same, other] of ROWS) {
    const ignored = ignoring(rule);
    assert.ok(areSame(one, same, ignored), `${rule}: ${one} is ${same}`);
    assert.ok(!areSame(one, other, ignored), `${rule}: ${one} is not ${other}`);
    if (one !== same) assert.ok(!areSame(one, same), `${rule} is needed: ${one}`);
  }
});

test("every rule with a name can be read, and what is no rule is told", () => {
  for (const name of IGNORE_RULES.keys()) assert.equal(readIgnored([name]).problem, undefined, name);
  for (const rule of ["", "dat", "header:", "header:a b", "field:", "/(/", "//"])
    assert.match(readIgnored([rule]).problem ?? "", /is no rule/, rule);
});

test("a rule for a field holds for all commands, or for the one it names", () => {
  const ignored = ignoring("field:flags", "field:STATUS.items");
  assert.ok(ignoresField(ignored, "APPEND", "flags 2"));
  assert.ok(ignoresField(ignored, "STATUS", "items"));
  assert.ok(!ignoresField(ignored, "FETCH", "items"));
});

test("a pattern is taken out wherever it matches, whatever state it is in", () => {
  const pattern = /b/g;
  pattern.lastIndex = 5;
  const ignored = ignoring(pattern);
  assert.equal(withoutPatterns(ignored, "abcb"), "ac");
  assert.equal(withoutPatterns(ignored, "abcb"), "ac");
});

test("rules hold for a message of any length, from the capture and from the client", () => {
  const message = (date: string, end: string) => `Date: ${date}\r\n\r\n${"x".repeat(200_000)}${end}`;
  const ignored = ignoring("date");
  const builder = createScriptBuilder(ignored);
  const recorded = message("Monday", "a");
  const said = (from: "client" | "server", text: string) =>
    builder.take({ kind: "data", connection: 1, atMicros: 1, from, bytes: fromLatin1(text), redacted: [] });
  builder.take({
    kind: "open",
    connection: 1,
    atMicros: 0,
    client: "",
    listener: "",
    upstream: "",
    midway: false,
  });
  said("server", "* PREAUTH hi\r\n");
  said("client", `a APPEND INBOX {${recorded.length}+}\r\n${recorded}\r\n`);
  said("server", "a OK\r\n");
  const step = builder.finish().connections[0]?.steps[0];
  assert.ok(step !== undefined);
  for (const [date, end, does] of [
    ["Tuesday afternoon", "a", true],
    ["Monday", "b", false],
  ] as const) {
    const text = message(date, end);
    const frames = new ClientFrames({ opensLiterals: () => true, onWaiting: () => "continued", ignored });
    frames.take(fromLatin1(`b APPEND INBOX {${text.length}+}\r\n${text}\r\n`), 0);
    const found = frames.next();
    assert.ok(found !== undefined);
    const asked = readRequest(found.frame, found.prints, true);
    assert.equal(createMatcher("canonical", ignored).matches(asked, step.request), does);
  }
});
