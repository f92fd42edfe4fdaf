/** From the octets of a session to the lines that a person reads, with nothing made up between. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { utf8 } from "../src/core/base/octets.ts";
import { observationsOf } from "../src/core/observe.ts";
import { createMatcher } from "../src/core/query/matcher.ts";
import { parseFilter } from "../src/core/query/parse.ts";
import type { WireEvent } from "../src/core/wire/event.ts";
import { createJsonPrinter } from "../src/print/json-printer.ts";
import { createLinePrinter } from "../src/print/line-printer.ts";
import { createTranscriptPrinter } from "../src/print/transcript-printer.ts";
import { validate } from "./json-schema.ts";

const SCHEMA = JSON.parse(readFileSync(new URL("../docs/json.schema.json", import.meta.url), "utf8"));

/** Who sends what, at which millisecond. */
const SESSION: readonly (readonly [ms: number, from: "client" | "server", text: string])[] = [
  [10, "server", "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] ready\r\n"],
  [20, "client", "a1 LOGIN alice xxxxxxxx\r\n"],
  [35, "server", "a1 OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] Logged in\r\n"],
  [40, "client", 'a2 SELECT "&BBAEQARFBDgEMg-"\r\n'],
  [
    42,
    "server",
    "* 3 EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 9] ok\r\n",
  ],
  [43, "server", "* OK [PERMANENTFLAGS (\\Seen \\*)] ok\r\na2 OK [READ-WRITE] selected\r\n"],
  [50, "client", "a3 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER])\r\n"],
  [60, "server", "* 1 FETCH (UID 4 FLAGS (\\Seen) BODY[HEADER] {18}\r\nSubject: Hello\r\n\r\n)\r\n"],
  [61, "server", "a3 OK done\r\n"],
  [70, "client", "a4 IDLE\r\n"],
  [71, "server", "+ idling\r\n"],
  [3000, "server", "* 4 EXISTS\r\n"],
  [4000, "client", "DONE\r\n"],
  [4002, "server", "a4 OK done\r\n"],
  [4010, "client", "a5 UID COPY 4 Nowhere\r\n"],
  [4020, "server", "a5 NO [TRYCREATE] No such mailbox\r\n"],
  [4030, "client", "a6 LOGOUT\r\n"],
  [4031, "server", "* BYE bye\r\na6 OK bye\r\n"],
];

const EVENTS: readonly WireEvent[] = [
  {
    kind: "open",
    connection: 1,
    atMicros: 1000,
    client: "127.0.0.1:53422",
    listener: "imap://127.0.0.1:1143",
    upstream: "imap://127.0.0.1:143",
    midway: false,
  },
  ...SESSION.map(
    ([ms, from, text]): WireEvent => ({
      kind: "data",
      connection: 1,
      atMicros: ms * 1000,
      from,
      bytes: utf8(text),
      redacted: [],
    }),
  ),
  { kind: "close", connection: 1, atMicros: 4_040_000, by: "client", reason: "end of stream" },
];

const OBSERVATIONS = observationsOf(EVENTS);

function printed(options: { verbose?: boolean; filter?: string } = {}): string[] {
  const lines: string[] = [];
  const printer = createLinePrinter({
    write: (line) => lines.push(line.slice(0, -1)),
    colour: false,
    columns: 120,
    verbose: options.verbose ?? false,
    startedAt: undefined,
    matches: createMatcher(parseFilter(options.filter ?? "").filter ?? assert.fail()),
  });
  for (const observation of OBSERVATIONS) printer.print(observation);
  printer.finish();
  return lines;
}

test("lines", () => {
  assert.deepEqual(printed(), [
    "  time         #   tag    status command                                 mailbox       untag    up  down    wait   total",
    "+       +0.001 #1  open          127.0.0.1:53422 -> imap://127.0.0.1:143 (at imap://127.0.0.1:1143)",
    "*       +0.010 #1  greet         OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] ready                        49",
    "!       +0.020 #1  defect        cleartext-credentials by the client in a1 LOGIN: LOGIN without TLS (RFC 9051 §6.2.3)",
    ">       +0.035 #1  state         notAuthenticated -> authenticated",
    "        +0.035 #1  a1     OK     LOGIN alice xxxxxxxx  !1 [CAPABILITY …]                   0    25    54 15.0 ms 15.0 ms",
    ">       +0.043 #1  state         authenticated -> selected Архив",
    "        +0.043 #1  a2     OK     SELECT Архив  [READ-WRITE]              Архив             6    30   153 2.00 ms 3.00 ms",
    "        +0.061 #1  a3     OK     UID FETCH 1:* (FLAGS BODY.PEEK[HEADER]) Архив             1    44    83 10.0 ms 11.0 ms",
    "~       +1.070 #1  a4     idle   IDLE  idling                            Архив                                     1.0 s",
    "*       +3.000 #1  push          4 EXISTS  during a4 IDLE                Архив                        12",
    "        +4.002 #1  a4     OK     IDLE                                    Архив             0    15    22 2.00 ms   3.9 s",
    "x       +4.020 #1  a5     NO     UID COPY 4 Nowhere  [TRYCREATE] No such mailbox           0    23    35 10.0 ms 10.0 ms",
    ">       +4.031 #1  state         selected -> logout",
    "        +4.031 #1  a6     OK     LOGOUT                                  Архив             1    11    22 1.00 ms 1.00 ms",
    "-       +4.040 #1  close         by the client: end of stream",
    "1 connection, 6 exchanges (5 OK, 1 NO)",
    "1 push, 1 defect, 148 up, 381 down",
  ]);
});

test("the dialogue beneath", () => {
  assert.deepEqual(printed({ verbose: true, filter: "cmd:fetch or push" }), [
    "  time         #   tag    status command                                 mailbox       untag    up  down    wait   total",
    "        +0.061 #1  a3     OK     UID FETCH 1:* (FLAGS BODY.PEEK[HEADER]) Архив             1    44    83 10.0 ms 11.0 ms",
    "        +0.000 C: a3 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER])",
    "       +10.000 S: * 1 FETCH (UID 4 FLAGS (\\Seen) BODY[HEADER] {18}",
    "       +10.000 S: | {18 octets}",
    "       +10.000 S: )",
    "       +11.000 S: a3 OK done",
    "*       +3.000 #1  push          4 EXISTS  during a4 IDLE                Архив                        12",
    "        +3.000 S: * 4 EXISTS",
    "0 connections, 1 exchange (1 OK)",
    "1 push, 0 defects, 44 up, 95 down",
  ]);
});

test("a filter finds an exchange by the text of a literal", () => {
  const lines = printed({ filter: 'text:"subject: h*o"' });
  assert.equal(lines.length, 4);
  assert.match(lines[1] ?? "", /a3 +OK +UID FETCH/);
});

test("JSON fits its schema", () => {
  const kinds: string[] = [];
  const printer = createJsonPrinter({
    write: (line) => {
      const object = JSON.parse(line);
      kinds.push(object.kind);
      assert.deepEqual(validate(SCHEMA, object), [], line);
    },
  });
  for (const observation of OBSERVATIONS) printer.print(observation);
  assert.equal(kinds.filter((kind) => kind === "exchange").length, 6);
});

test("the transcript is the session", () => {
  let text = "";
  const printer = createTranscriptPrinter({
    write: (line) => (text += line),
    colour: false,
    previewLines: 0,
  });
  for (const observation of OBSERVATIONS) printer.print(observation);
  const sent = SESSION.flatMap(([, from, lines]) =>
    lines
      .replace(/\{18\}\r\n[\s\S]*?\r\n\r\n\)/, "{18}\r\n| {18 octets}\r\n)")
      .split("\r\n")
      .slice(0, -1)
      .map((line) => `${from === "client" ? "C" : "S"}: ${line}`),
  );
  assert.deepEqual(text.split("\n").slice(1, -1), sent);
});
