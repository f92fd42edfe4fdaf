import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { concat, displayText, utf8 } from "../../../src/core/base/octets.ts";
import { encodeHeader, encodeToRuns } from "../../../src/core/capture/encode.ts";
import { checkCapture } from "../../../src/core/check/check.ts";
import { PROBLEMS, type ProblemKind } from "../../../src/core/check/problem.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { HEADER } from "../../wire-events.ts";

const OPEN =
  '{"type":"open","connection":1,"at":1,"client":"127.0.0.1:5","listener":"imaps://127.0.0.1:993","upstream":"imaps://imap.example.org:993"}';
const CLOSE = '{"type":"close","connection":1,"at":900,"by":"client","reason":"closed"}';
const GREETING = said("server", "* OK ready\r\n");

function said(from: "client" | "server", text: string, more: object = {}): string {
  return JSON.stringify({ type: "data", connection: 1, at: 5, from, text, ...more });
}

/** A capture of one connection: line 1 is the header, 2 the opening, 3 the greeting, 4 the first of these. */
function capture(...lines: readonly string[]): Uint8Array {
  return utf8(`${encodeHeader(HEADER)}${[OPEN, GREETING, ...lines, CLOSE].join("\n")}\n`);
}

function found(file: Uint8Array): string[] {
  return checkCapture(file).problems.map(({ line, kind }) => `${line} ${kind}`);
}

/** What both sides say once it is repaired; and a repaired capture has nothing left that could be repaired. */
function repaired(file: Uint8Array): string {
  const made = checkCapture(file).repaired;
  assert.ok(made !== undefined);
  const again = concat([
    utf8(encodeHeader(made.header)),
    ...made.events.flatMap((event) => encodeToRuns(event, { plainOnly: true })),
  ]);
  const left = checkCapture(again).problems.map(({ kind }) => kind);
  for (const kind of ["literal-length", "literal-ambiguous", "bare-lf", "secret", "raw-length"] as const) {
    assert.ok(!left.includes(kind), `${kind} is left`);
  }
  return octetsOf(made.events);
}

function octetsOf(events: readonly WireEvent[]): string {
  return events.map((event) => (event.kind === "data" ? displayText(event.bytes) : "")).join("");
}

const ROWS: readonly (readonly [lines: readonly string[], problem: `${number} ${ProblemKind}`])[] = [
  [["not json"], "4 not-record"],
  [['{"type":"data"'], "4 not-record"],
  [['[{"type":"data"}]'], "4 not-record"],
  [[encodeHeader(HEADER).trim()], "4 joined"],
  [['{"type":"data","connection":1,"at":5,"text":"* OK\\r\\n"}'], "4 field-missing"],
  [['{"type":"data","connection":"1","at":5,"from":"server","text":"* 1 EXISTS\\r\\n"}'], "4 field-invalid"],
  [[said("server", "* 1 EXISTS\r\n", { relaid: false })], "4 field-unknown"],
  [['{"type":"note","connection":1,"at":5}'], "4 type-unknown"],
  [[said("server", "* 1 EXISTS\r\n", { base64: "" })], "4 octets-unclear"],
  [[said("server", "* 1 EXISTS\r\n", { redacted: [[5, 99]] })], "4 spans-invalid"],
  [[said("server", "* 1 EXISTS\r\n", { connection: 2 })], "4 open-missing"],
  [[OPEN.replace('"at":1', '"at":6')], "4 open-twice"],
  [[said("server", "* 1 EXISTS\r\n", { at: 4.5 })], "4 time-back"],
  [
    ['{"type":"end","connection":1,"at":6,"from":"server"}', said("server", "* 1 EXISTS\r\n", { at: 7 })],
    "5 after-end",
  ],
  [['{"type":"end","connection":1,"at":6,"from":"server","closeNotify":true}'], "4 field-invalid"],
  [[said("server", "* 1 EXISTS\n")], "4 bare-lf"],
  [[said("server", "* 1 FETCH (BODY[] {9}\r\nhello)\r\n")], "4 literal-length"],
  [[said("server", "* 1 FETCH (BODY[] {99}\r\nhello\r\n* 2 EXISTS\r\n")], "4 literal-lost"],
  [[said("server", "* 1 EXIS")], "4 unit-cut"],
  [[said("server", "hello\r\n")], "4 response-none"],
  [[said("client", "hello\r\n")], "4 command-none"],
  [
    [said("client", "a NOOP\r\n"), said("client", "a NOOP\r\n"), said("server", "a OK\r\na OK\r\n")],
    "5 tag-twice",
  ],
  [
    [said("client", "a NOOP\r\n"), said("server", "a OK done\r\n"), said("server", "a OK done\r\n")],
    "6 completion-twice",
  ],
  [[said("server", "b OK done\r\n")], "4 completion-unknown"],
  [[said("server", "+ go on\r\n")], "4 continuation-unexpected"],
  [[said("client", "a NOOP\r\nb NOOP\r\n"), said("server", "b OK done\r\n")], "4 unfinished"],
  [[said("client", "a NOOP\r\n")], "4 unfinished-last"],
  [[said("client", "a LOGIN alice open\r\n"), said("server", "a OK in\r\n")], "4 secret"],
];

test("each fault is found in its line", () => {
  for (const [lines, problem] of ROWS)
    assert.deepEqual(
      found(capture(...lines)).filter((each) => each === problem),
      [problem],
      lines.join("\n"),
    );
});

test("a fault is told once, with what to do, and what is not wrong is not told", () => {
  assert.deepEqual(found(capture()), []);
  const [one, ...more] = checkCapture(
    capture(said("server", "* 1 FETCH (BODY[] {9}\r\nhello)\r\n")),
  ).problems;
  assert.deepEqual(more, []);
  assert.equal(one?.text, "the literal of the server is announced with 9 octets and has 5");
  assert.equal(one?.hint, "Write {5} in its place; --fix does.");
  assert.equal(one?.connection, 1);
});

test("a file that is no capture is told, whatever it holds", () => {
  for (const file of ["", "hello\n", "\n", '{"type":"open"}\n', "{}"])
    assert.deepEqual(found(utf8(file)), ["1 header-missing"]);
  assert.deepEqual(found(utf8(`${encodeHeader({ ...HEADER, version: 2 })}nonsense\n`)), ["1 version-newer"]);
});

test("captures that imapscope recorded have no faults", () => {
  assert.deepEqual(found(readFileSync(new URL("../../../demo/session.imapcap", import.meta.url))), []);
});

test("literal lengths of either side are repaired, several in one response, split over records", () => {
  const fetched = [
    said("server", "* 1 FETCH (FLAGS () BODY[HEADER] {1"),
    said("server", "00}\r\nSubject: hi (you)\r\n\r\n"),
    said("server", " BODY[TEXT] {2}\r\nhello\r\nworld\r\n)\r\n* 2 FETCH (BODY[] {3}\r\nabc)\r\n"),
  ];
  assert.match(
    repaired(capture(...fetched)),
    /\{21\}\r\nSubject: hi \(you\)\r\n\r\n BODY\[TEXT\] \{14\}\r\nhello[^{]*\{3\}\r\nabc\)/,
  );
  const appended = [
    said("client", "a APPEND INBOX {3}\r\n"),
    said("server", "+ go on\r\n"),
    said("client", "Dear Sir\r\nBob Smith\r\n\r\nb NOOP\r\n"),
    said("server", "a OK done\r\nb OK done\r\n"),
  ];
  assert.match(repaired(capture(...appended)), /\{21\}\r\n/);
});

test("octets are counted, not characters, and the length of a mask is known", () => {
  assert.match(repaired(capture(said("server", "* 1 FETCH (BODY[] {5}\r\nПривет)\r\n"))), /\{12\}/);
  const masked = [
    said("client", "a LOGIN {5}\r\n"),
    said("server", "+ go on\r\n"),
    said("client", "alice {5}\r\n"),
    said("server", "+ go on\r\n"),
    said("client", "xxxxxxxx\r\n", { redacted: [[0, 8]] }),
    said("server", "a OK in\r\n"),
  ];
  assert.match(repaired(capture(...masked)), /alice \{8\}\r\n/);
});

test("where a literal may end in two places, that is said, and one of them is taken", () => {
  const lines = [said("server", "* 1 FETCH (BODY[TEXT] {99}\r\nabc FLAGS (\\Seen))\r\n")];
  const [one] = checkCapture(capture(...lines)).problems;
  assert.match(one?.text ?? "", /it may have 3, or 17$/);
  assert.match(repaired(capture(...lines)), /\{3\}/);
});

test("a literal that was refused, and braces in free text, are no faults", () => {
  const refused = [
    said("client", "a APPEND INBOX {310}\r\n"),
    said("server", "a NO no such mailbox {5}\r\n"),
    said("client", "b NOOP\r\n"),
    said("server", "b OK done {9}\r\n"),
  ];
  assert.deepEqual(found(capture(...refused)), []);
});

test("line ends are repaired outside of literals only, and masked spans move with them", () => {
  const lines = [
    said("server", "* 1 FETCH (BODY[] {4}\na\nb\n)\n"),
    said("client", "a NOOP\nb LOGIN alice xxxxxxxx\r\n", { redacted: [[21, 29]] }),
    said("server", "a OK\r\nb OK\r\n"),
  ];
  const made = checkCapture(capture(...lines)).repaired?.events ?? [];
  assert.match(octetsOf(made), /\{4\}\r\na\nb\n\)\r\na NOOP\r\nb LOGIN/);
  const login = made.find((event) => event.kind === "data" && event.from === "client");
  assert.deepEqual(login?.kind === "data" && login.redacted, [[22, 30]]);
});

test("a line end and a length in the same line are repaired together", () => {
  const lines = [said("server", "* 1 FETCH (UID 7 BODY[] {9}\n1\n2\n FLAGS ())\n* 2 EXISTS\n")];
  assert.match(repaired(capture(...lines)), /BODY\[\] \{4\}\r\n1\n2\n FLAGS \(\)\)\r\n\* 2 EXISTS\r\n$/);
});

test("law: in a recorded session, whatever wrong length a literal is given, its repair gives back what was recorded", () => {
  const lines = readFileSync(new URL("../../../demo/session.imapcap", import.meta.url), "utf8").split("\n");
  const octets = octetsOf(checkCapture(utf8(lines.join("\n"))).repaired?.events ?? []);
  let tried = 0;
  for (const [i, line] of lines.entries()) {
    const record = line === "" ? {} : JSON.parse(line);
    const header = /\{(\d+)\+?\}/.exec(record.text ?? "");
    if (header === null) continue;
    for (const wrong of [0, 1, Number(header[1]) - 3, Number(header[1]) + 7, 999_999]) {
      const text = record.text.replace(header[0], header[0].replace(/\d+/, String(wrong)));
      const edited = [...lines];
      edited[i] = JSON.stringify({ ...record, text });
      const { problems, repaired } = checkCapture(utf8(edited.join("\n")));
      assert.equal(octetsOf(repaired?.events ?? []), octets, `line ${i + 1}: ${wrong} for ${header[0]}`);
      assert.ok(problems.some(({ kind, line }) => kind === "literal-length" && line === i + 1));
      tried++;
    }
  }
  assert.ok(tried >= 20);
});

test("secrets are masked, and the header says so from then on", () => {
  const lines = [
    said("client", 'a LOGIN alice "open sesame"\r\n'),
    said("server", "a NO wrong\r\n"),
    said("client", "b AUTHENTICATE PLAIN AGFsaWNlAG9wZW4=\r\n"),
    said("server", "b OK in\r\n"),
  ];
  const kept = utf8(displayText(capture(...lines)).replace('["credentials"]', "[]"));
  assert.deepEqual(found(kept), ["1 secrets-kept"]);
  const made = checkCapture(kept).repaired;
  assert.deepEqual(made?.header.redacted, ["credentials"]);
  assert.match(repaired(kept), /a LOGIN alice xxxxxxxx\r\na NO wrong\r\nb AUTHENTICATE PLAIN xxxxxxxx\r\n/);
});

test("raw octets that an editor has changed are found again", () => {
  const record = '{"type":"data","connection":1,"at":5,"from":"server","octets":20}';
  const whole = `${record}\n* 1 EXISTS\r\n* 2 EXISTS\r\n`;
  assert.deepEqual(found(capture(whole)), ["4 raw-length"]);
  assert.match(repaired(capture(whole)), /\* 1 EXISTS\r\n\* 2 EXISTS\r\n/);
  assert.deepEqual(found(capture(`${record}\n* 1 EXISTS\r\n`)), ["4 raw-length"]);
  assert.deepEqual(
    found(capture(`${record.replace("20", "24")}\n* 1 EXISTS\r\n* 2 EXISTS\r\n`, "{nonsense")),
    ["8 not-record"],
  );
});

test("nothing is repaired where a record would be lost", () => {
  for (const line of [
    "not json",
    '{"type":"data","connection":1,"at":5,"text":"* OK\\r\\n"}',
    '{"type":"open"}',
  ]) {
    assert.equal(checkCapture(capture(line)).repaired, undefined, line);
  }
});

test("a long line without an end of the literal in it costs no more than its length", () => {
  const lines = [said("server", `* 1 FETCH (BODY[] {9}\r\n${" ".repeat(200_000)}\r\n* 2 EXISTS\r\n`)];
  const { user } = process.cpuUsage();
  assert.deepEqual(found(capture(...lines)), ["4 literal-lost"]);
  assert.ok(process.cpuUsage().user - user < 5e6);
});

test("any octets at all are checked without an exception", () => {
  const base = capture(
    said("client", "a LOGIN {5}\r\n"),
    said("server", "* 1 FETCH (BODY[] {5}\r\nhello)\r\n"),
  );
  for (let at = 0; at < base.length; at++) {
    checkCapture(base.subarray(0, at));
    checkCapture(concat([base.subarray(0, at), utf8("}{\n\u0000"), base.subarray(at + 3)]));
  }
});

test("docs/fixtures.md names every problem with its level", () => {
  const page = readFileSync(new URL("../../../docs/fixtures.md", import.meta.url), "utf8");
  for (const [kind, { level, text }] of Object.entries(PROBLEMS)) {
    assert.ok(page.includes(`| \`${kind}\` | ${level} | ${text.replaceAll("`", "")} |`), kind);
  }
});

test("every problem says what to do in a sentence", () => {
  for (const { text, hint } of Object.values(PROBLEMS)) {
    assert.ok(text.length > 0 && !text.endsWith("."));
    assert.ok(/[.?]$/.test(hint), hint);
  }
});
