/** RFC 9051 §6.2.2, §6.2.3, RFC 4467 §5, and what servers echo: a canary in any secret position comes out nowhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, latin1, toBase64, utf8 } from "../../../src/core/base/octets.ts";
import { createIntake } from "../../../src/core/intake.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { chunked } from "../../chunks.ts";
import { runs } from "../../runs.ts";

const SECRET = 'Ca"na\\ry7';
const QUOTED = SECRET.replace(/["\\]/g, "\\$&");
const SIZE = SECRET.length;
const b64 = (text: string): string => toBase64(utf8(text));

/** A dialogue, and what is to come out of it. `C: ` and `S: ` lines; `\r\n` is added. */
interface Row {
  readonly name: string;
  readonly said: readonly string[];
  readonly masked: readonly string[];
}

const READY = "S: * OK ready";
const IN = ["C: a0 LOGIN u pw", "S: a0 OK in"];
const IN_MASKED = ["C: a0 LOGIN u xxxxxxxx", "S: a0 OK in"];

const ROWS: readonly Row[] = [
  { name: "LOGIN atom", said: ["C: a LOGIN alice canary7"], masked: ["C: a LOGIN alice xxxxxxxx"] },
  {
    name: "LOGIN in any case, extra spaces",
    said: ["C: a  login  alice   canary7"],
    masked: ["C: a  login  alice xxxxxxxx"],
  },
  { name: "LOGIN quoted", said: [`C: a LOGIN "alice" "${QUOTED}"`], masked: ['C: a LOGIN "alice" xxxxxxxx'] },
  {
    name: "LOGIN unterminated quote",
    said: [`C: a LOGIN alice "${QUOTED}`],
    masked: ["C: a LOGIN alice xxxxxxxx"],
  },
  { name: "LOGIN malformed user", said: ['C: a LOGIN "alice canary7'], masked: ["C: a LOGIN xxxxxxxx"] },
  {
    name: "LOGIN wrong arity",
    said: ["C: a LOGIN alice canary7 extra canary7"],
    masked: ["C: a LOGIN alice xxxxxxxx"],
  },
  {
    name: "LOGIN literals",
    said: [
      "C: a LOGIN {5}",
      "S: + go",
      `C: alice {${SIZE}}`,
      "S: + go",
      `C: ${SECRET}`,
      `S: a NO not ${SECRET}`,
    ],
    masked: ["C: a LOGIN {5}", "S: + go", "C: alice {8}", "S: + go", "C: xxxxxxxx", "S: a NO not xxxxxxxx"],
  },
  {
    name: "LOGIN non-synchronizing literals",
    said: [`C: a LOGIN {5+}`, `C: alice {${SIZE}+}`, `C: ${SECRET}`],
    masked: ["C: a LOGIN {5+}", "C: alice {8+}", "C: xxxxxxxx"],
  },
  {
    name: "LOGIN empty literal",
    said: ["C: a LOGIN alice {0+}", "C: ", "C: b NOOP"],
    masked: ["C: a LOGIN alice {8+}", "C: xxxxxxxx", "C: b NOOP"],
  },
  {
    name: "LOGIN literal refused",
    said: [`C: a LOGIN alice {${SIZE}}`, "S: a NO no", "C: b NOOP"],
    masked: ["C: a LOGIN alice {8}", "S: a NO no", "C: b NOOP"],
  },
  {
    name: "AUTHENTICATE initial response",
    said: [`C: a AUTHENTICATE PLAIN ${b64(`\0u\0${SECRET}`)}`],
    masked: ["C: a AUTHENTICATE PLAIN xxxxxxxx"],
  },
  {
    name: "AUTHENTICATE empty initial response",
    said: ["C: a AUTHENTICATE EXTERNAL =", "S: + "],
    masked: ["C: a AUTHENTICATE EXTERNAL =", "S: + "],
  },
  {
    name: "AUTHENTICATE lines and challenges",
    said: [
      "C: a AUTHENTICATE CRAM-MD5",
      `S: + ${b64("<canary7@host>")}`,
      `C: ${b64("u canary7")}`,
      "S: a NO",
    ],
    masked: ["C: a AUTHENTICATE CRAM-MD5", "S: + xxxxxxxx", "C: xxxxxxxx", "S: a NO"],
  },
  {
    name: "AUTHENTICATE cancelled",
    said: ["C: a AUTHENTICATE PLAIN", "S: +", "C: *", "S: a BAD off"],
    masked: ["C: a AUTHENTICATE PLAIN", "S: +", "C: *", "S: a BAD off"],
  },
  {
    name: "AUTHENTICATE echo of a decoded part",
    said: [
      "C: a AUTHENTICATE PLAIN",
      "S: + ",
      `C: ${b64(`\0alice\0${SECRET}`)}`,
      `S: a NO alice "${QUOTED}"? ${b64(SECRET)}`,
    ],
    masked: ["C: a AUTHENTICATE PLAIN", "S: + ", "C: xxxxxxxx", 'S: a NO alice "xxxxxxxx"? xxxxxxxx'],
  },
  {
    name: "a line before authentication that is no command",
    said: ["C: canary7", "S: canary7 BAD what is canary7"],
    masked: ["C: xxxxxxxx", "S: xxxxxxxx BAD what is xxxxxxxx"],
  },
  {
    name: "what stays of lines that are no command",
    said: ["C: ", "C: =", "C: DONE", "C: *"],
    masked: ["C: ", "C: =", "C: DONE", "C: *"],
  },
  {
    name: "echo in a response code and a malformed line",
    said: ["C: a LOGIN u canary7", 'S: * NO [BADURL "canary7"] no canary7', "S: canary7?"],
    masked: ["C: a LOGIN u xxxxxxxx", 'S: * NO [BADURL "xxxxxxxx"] no xxxxxxxx', "S: xxxxxxxx?"],
  },
  {
    name: "no echo in names and literals",
    said: [
      "C: a LOGIN u INBOX",
      "S: a OK x",
      'S: * LIST () "/" INBOX',
      "S: * 1 FETCH (BODY[] {5}",
      "S: INBOX)",
    ],
    masked: [
      "C: a LOGIN u xxxxxxxx",
      "S: a OK x",
      'S: * LIST () "/" INBOX',
      "S: * 1 FETCH (BODY[] {5}",
      "S: INBOX)",
    ],
  },
  {
    name: "short secrets as whole words only",
    said: ["C: a LOGIN u in", "S: a NO login in vain"],
    masked: ["C: a LOGIN u xxxxxxxx", "S: a NO login xxxxxxxx vain"],
  },
  {
    name: "URLAUTH tokens",
    said: [
      ...IN,
      'C: b URLFETCH "imap://u@h/x;URLAUTH=submit+f:internal:canary7"',
      'S: * URLFETCH "imap://u@h/x;URLAUTH=submit+f:internal:canary7" {3}',
      "S: abc",
      "S: b OK",
    ],
    masked: [
      ...IN_MASKED,
      'C: b URLFETCH "imap://u@h/x;URLAUTH=submit+f:internal:xxxxxxxx"',
      'S: * URLFETCH "imap://u@h/x;URLAUTH=submit+f:internal:xxxxxxxx" {3}',
      "S: abc",
      "S: b OK",
    ],
  },
  {
    name: "URLs as literals of a response",
    said: [...IN, "S: * URLFETCH {7}", "S: canary7 {3}", "S: abc {7}", "S: canary7 NIL"],
    masked: [...IN_MASKED, "S: * URLFETCH {8}", "S: xxxxxxxx {3}", "S: abc {8}", "S: xxxxxxxx NIL"],
  },
  {
    name: "GENURLAUTH reply",
    said: [...IN, 'S: * GENURLAUTH "imap://u@h/x;URLAUTH=anonymous:internal:canary7" {7}', "S: canary7"],
    masked: [
      ...IN_MASKED,
      'S: * GENURLAUTH "imap://u@h/x;URLAUTH=anonymous:internal:xxxxxxxx" {8}',
      "S: xxxxxxxx",
    ],
  },
  {
    name: "CATENATE",
    said: [
      ...IN,
      'C: b APPEND x CATENATE (URL "/x;URLAUTH=a:internal:canary7" TEXT {3+}',
      "C: abc URL {7+}",
      "C: canary7)",
    ],
    masked: [
      ...IN_MASKED,
      'C: b APPEND x CATENATE (URL "/x;URLAUTH=a:internal:xxxxxxxx" TEXT {3+}',
      "C: abc URL {8+}",
      "C: xxxxxxxx)",
    ],
  },
  {
    name: "log-in links",
    said: [
      "S: * NO [WEBALERT https://h/?plt=canary7] Web login",
      "S: * NO [ALERT] see https://h/?plt=canary7 now",
      'S: * JMAPACCESS "https://canary7/"',
    ],
    masked: [
      "S: * NO [WEBALERT xxxxxxxx] Web login",
      "S: * NO [ALERT] see xxxxxxxx now",
      "S: * JMAPACCESS xxxxxxxx",
    ],
  },
  {
    name: "PROXYAUTH and X-MASTERAUTH",
    said: ["C: a PROXYAUTH canary7", "C: b X-MASTERAUTH {7+}", "C: canary7"],
    masked: ["C: a PROXYAUTH xxxxxxxx", "C: b X-MASTERAUTH {8+}", "C: xxxxxxxx"],
  },
  {
    name: "device tokens",
    said: [...IN, "C: b XAPPLEPUSHSERVICE aps-version 2 aps-device-token canary7 mailboxes (INBOX)"],
    masked: [...IN_MASKED, "C: b XAPPLEPUSHSERVICE xxxxxxxx"],
  },
  {
    name: "RESETKEY",
    said: [...IN, "C: b RESETKEY INBOX canary7"],
    masked: [...IN_MASKED, "C: b RESETKEY xxxxxxxx"],
  },
  { name: "bare LF", said: ["C: a LOGIN alice canary7\n"], masked: ["C: a LOGIN alice xxxxxxxx\n"] },
  {
    name: "after authentication an unknown command is no secret",
    said: [...IN, "C: b XYZZY plugh"],
    masked: [...IN_MASKED, "C: b XYZZY plugh"],
  },
];

type Said = { from: "client" | "server"; bytes: Uint8Array };

function saidOf(lines: readonly string[]): Said[] {
  return [READY, ...lines].map((line) => ({
    from: line.startsWith("C") ? ("client" as const) : ("server" as const),
    bytes: utf8(line.slice(3) + (line.endsWith("\n") ? "" : "\r\n")),
  }));
}

function run(said: readonly Said[]): WireEvent[] {
  const events: WireEvent[] = [];
  const intake = createIntake({ keepSecrets: false, emit: (event) => events.push(event) });
  said.forEach(({ from, bytes }, i) => {
    intake.take({ kind: "data", connection: 1, atMicros: i, from, bytes, redacted: [] });
  });
  intake.take({ kind: "close", connection: 1, atMicros: 99, by: "client", reason: "" });
  return events;
}

function octetsBy(from: "client" | "server", events: readonly WireEvent[]): string {
  const runs = events.flatMap((event) => (event.kind === "data" && event.from === from ? [event.bytes] : []));
  return latin1(concat([new Uint8Array(0), ...runs]));
}

/** Everything a reader of the output could look at: the octets, and every Base64 word in them decoded. */
function readable(events: readonly WireEvent[]): string {
  const text = octetsBy("client", events) + octetsBy("server", events);
  const words = text.match(/[A-Za-z0-9+/]{4,}={0,2}/g) ?? [];
  return text + words.map((word) => Buffer.from(word, "base64").toString("latin1")).join(" ");
}

for (const row of ROWS) {
  test(`masked: ${row.name}`, () => {
    const said = saidOf(row.said);
    const whole = run(said);
    for (const from of ["client", "server"] as const) {
      const expected = saidOf(row.masked).filter((line) => line.from === from);
      assert.equal(
        octetsBy(from, whole),
        latin1(concat(expected.map((line) => line.bytes).concat(new Uint8Array(0)))),
      );
    }
    assert.doesNotMatch(readable(whole), /canary7|Ca"na\\ry7|Ca\\"na\\\\ry7/);
    const octetByOctet = run(
      said.flatMap(({ from, bytes }) =>
        Array.from(bytes, (_, i) => ({ from, bytes: bytes.subarray(i, i + 1) })),
      ),
    );
    for (const from of ["client", "server"] as const)
      assert.equal(octetsBy(from, octetByOctet), octetsBy(from, whole));
  });
}

test("law: however the reads fall, no canary comes out", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ROWS),
      fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
      (row, sizes) => {
        const events = run(
          saidOf(row.said).flatMap(({ from, bytes }) =>
            chunked(bytes, sizes).map((part) => ({ from, bytes: part })),
          ),
        );
        assert.doesNotMatch(readable(events), /canary7|Ca"na\\ry7|Ca\\"na\\\\ry7/);
      },
    ),
    { numRuns: runs(300) },
  );
});

test("a user's literal that was announced too long does not carry the password out", () => {
  const whole = run(saidOf(["C: a LOGIN {25+}", "C: alice canary7", "C: b NOOP", "C: c NOOP"]));
  assert.equal(octetsBy("client", whole), `a LOGIN {25+}\r\nalice${"x".repeat(20)}xxxxxxxx\r\n`);
});

test("the redacted spans are exactly the masks", () => {
  const events = run(saidOf(["C: a LOGIN alice canary7", "S: a NO canary7 and canary7"]));
  const spans = events.flatMap((event) => (event.kind === "data" ? [event.redacted] : []));
  assert.deepEqual(spans, [
    [],
    [[14, 22]],
    [
      [5, 13],
      [18, 26],
    ],
  ]);
});

test("the mask stands in the read in which the secret ended", () => {
  const reads: Said[] = [
    { from: "server", bytes: utf8("* OK\r\n") },
    { from: "client", bytes: utf8("a LOGIN alice can") },
    { from: "client", bytes: utf8("ary7\r\n") },
  ];
  const texts = run(reads).flatMap((event) => (event.kind === "data" ? [latin1(event.bytes)] : []));
  assert.deepEqual(texts, ["* OK\r\n", "a LOGIN alice ", "xxxxxxxx\r\n"]);
});

test("a secret over every bound is masked, in linear time", () => {
  const long = "canary7".repeat(200_000);
  for (const line of [`a LOGIN u ${long}`, `a LOGIN "${long}`, long, `a AUTHENTICATE PLAIN ${long}`]) {
    const events = run([
      { from: "client", bytes: utf8(line) },
      { from: "client", bytes: utf8("\r\nb NOOP\r\n") },
    ]);
    assert.doesNotMatch(readable(events), /canary7/);
    assert.match(octetsBy("client", events), /xxxxxxxx\r\nb NOOP\r\n$/);
  }
});

test("a client that types slowly does not hold back the server's records without bound", () => {
  const events: WireEvent[] = [];
  const intake = createIntake({ keepSecrets: false, emit: (event) => events.push(event) });
  const data = (from: "client" | "server", text: string): void => {
    intake.take({ kind: "data", connection: 1, atMicros: 0, from, bytes: utf8(text), redacted: [] });
  };
  data("client", "canary7");
  for (let i = 0; i < 40; i++) data("server", `* OK ${"x".repeat(64 * 1024)}\r\n`);
  assert.ok(events.length > 10);
  assert.doesNotMatch(readable(events), /canary7/);
});
