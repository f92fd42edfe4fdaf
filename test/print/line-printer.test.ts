import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../src/core/observation.ts";
import { cellWidth } from "../../src/core/text/cells.ts";
import { createLinePrinter, type LinePrinterOptions } from "../../src/print/line-printer.ts";
import { anyCharacter } from "../any-character.ts";
import {
  closed,
  code,
  command,
  completed,
  data,
  defectFound,
  frame,
  mailbox,
  notice,
  opened,
  push,
  request,
  response,
  started,
  state,
  status,
  TIMINGS,
  tlsBegun,
} from "../observations.ts";

const STARTED_AT = new Date(2026, 10, 22, 19, 0, 0);

function printed(observations: readonly Observation[], options: Partial<LinePrinterOptions> = {}): string[] {
  let text = "";
  const printer = createLinePrinter({
    write: (lines) => {
      text += lines;
    },
    colour: false,
    columns: 100,
    verbose: false,
    startedAt: STARTED_AT,
    ...options,
  });
  for (const observation of observations) printer.print(observation);
  printer.finish();
  assert.ok(text.endsWith("\n"));
  return text.slice(0, -1).split("\n");
}

const UNSOLICITED = response("* 12 EXISTS", {
  atMicros: 3_000_000,
  response: data("EXISTS", { kind: "count" }, 12),
  attribution: { certainty: "unsolicited", exchange: undefined, candidates: [], during: 3 },
  frame: frame("server", "* 12 EXISTS", { startMicros: 3_000_000 }),
});
const GREETING = response("* OK ready", {
  response: status({ text: "ready" }),
  role: "greeting",
  attribution: { certainty: "greeting", exchange: undefined, candidates: [], during: undefined },
});

const SESSION: readonly Observation[] = [
  opened(),
  tlsBegun(),
  GREETING,
  started(),
  request("a1 UID FETCH 1:50 (FLAGS ENVELOPE)"),
  response("* 1 FETCH (FLAGS (\\Seen))"),
  response("a1 OK Fetch completed."),
  completed(),
  completed({
    id: 2,
    command: command("UID COPY", ["1:5", "Trash"], { kind: "copy", set: "$", mailbox: mailbox("Trash") }),
    status: "NO",
    code: code("TRYCREATE"),
    text: "No such mailbox",
  }),
  state(),
  started({ id: 3, command: command("IDLE"), timings: { ...TIMINGS, sentMicros: 1_500_000 } }),
  UNSOLICITED,
  push({ response: UNSOLICITED.response, during: 3 }),
  completed({
    id: 3,
    command: command("IDLE"),
    attributed: { certain: 0, likely: 0, ambiguous: 0 },
    timings: {
      ...TIMINGS,
      sentMicros: 1_500_000,
      completedMicros: 8_000_000,
      idleMicros: 6_400_000,
      idleEndMicros: 900,
    },
  }),
  defectFound(),
  notice("The observer was too slow."),
  closed(),
];

test("a session at a glance", () => {
  assert.deepEqual(printed(SESSION), [
    "  time         #   tag    status command                  mailbox  untag    up  down    wait   total",
    "+ 19:00:00.012 #1  open          127.0.0.1:53422 -> imaps://imap.example.org:993 (at imaps://127.0.…",
    "^ 19:00:00.031 #1  tls           server leg: TLSv1.3 TLS_AES_256_GCM_SHA384, for imap.example.org",
    "* 19:00:01.001 #1  greet         OK ready                                         12",
    "  19:00:01.045 #1  a1     OK     UID FETCH 1:50 (FLAGS E… INBOX       50    34 12.3k 1.23 ms 45.0 ms",
    "x 19:00:01.045 #1  a1     NO     UID COPY 1:5 … INBOX  [TRYCREATE]    50    34 12.3k 1.23 ms 45.0 ms",
    "> 19:00:02.000 #1  state         authenticated -> selected INBOX",
    "~ 19:00:02.500 #1  a1     idle   IDLE  idling             INBOX                                1.0 s",
    "* 19:00:03.000 #1  push          12 EXISTS  during a1 ID… INBOX                   13",
    "  19:00:08.000 #1  a1     OK     IDLE                     INBOX        0    34 12.3k  900 µs   6.4 s",
    "! 19:00:02.500 #1  defect        client-bare-lf by the client: A line ended in LF. (RFC 9051 §2.2)",
    "i 19:00:02.600 #1  notice        The observer was too slow.",
    "- 19:00:09.000 #1  close         by the client: end of stream",
    "1 connection, 3 exchanges (2 OK, 1 NO)",
    "1 push, 1 defect, 102 up, 37.0k down",
  ]);
});

test("the dialogue beneath, each line with its time", () => {
  const lines = printed(SESSION, { verbose: true }).filter((line) => / [CS]: /.test(line));
  assert.deepEqual(lines, [
    "  19:00:01.001 S: * OK ready",
    "        +0.000 C: a1 UID FETCH 1:50 (FLAGS ENVELOPE)",
    "        +1.330 S: * 1 FETCH (FLAGS (\\Seen))",
    "        +1.330 S: a1 OK Fetch completed.",
    "  19:00:03.000 S: * 12 EXISTS",
  ]);
});

test("the dialogue of a push stands beneath its line, also with a defect between", () => {
  const lines = printed([UNSOLICITED, defectFound(), push({ response: UNSOLICITED.response }), notice("x")], {
    verbose: true,
  });
  assert.deepEqual(
    lines.slice(1, 5).map((line) => line.slice(0, 27).trimEnd()),
    [
      "! 19:00:02.500 #1  defect",
      "* 19:00:03.000 #1  push",
      "  19:00:03.000 S: * 12 EXIS",
      "i 19:00:02.600 #1  notice",
    ],
  );
});

test("a response that belongs to nothing is shown too", () => {
  const lines = printed([UNSOLICITED], { verbose: true });
  assert.equal(lines[0], "  19:00:03.000 S: * 12 EXISTS");
});

test("a response that may belong to several stands under the oldest, with a question mark", () => {
  const attribution = { certainty: "ambiguous", exchange: undefined, candidates: [1, 2], during: 1 } as const;
  const lines = printed([started(), response("* 5 EXISTS", { attribution }), completed()], { verbose: true });
  assert.equal(lines[2], "        +1.330 S: * 5 EXISTS (?)");
});

test("a push names the exchange that was running", () => {
  const lines = printed(
    [started({ id: 3, command: command("IDLE") }), push({ during: 3, atMicros: 1_500_000 })],
    {
      columns: 140,
    },
  );
  assert.match(lines[1] ?? "", /12 EXISTS {2}during a1 IDLE/);
});

test("ticks say what is in flight, the same as observations would", () => {
  let text = "";
  const printer = createLinePrinter({
    write: (lines) => {
      text += lines;
    },
    colour: false,
    columns: 100,
    verbose: false,
    startedAt: undefined,
  });
  printer.print(started());
  printer.tick(1_999_999);
  assert.equal(text, "");
  printer.tick(2_100_000);
  printer.tick(2_200_000);
  assert.equal(
    text.split("\n")[1],
    "~       +2.000 #1  a1     open   UID FETCH 1:50 … INBOX  in flight                             1.0 s",
  );
  assert.equal(text.split("\n").length, 3);
});

test("a filter sees everything once, and hides lines, dialogue and what is in flight", () => {
  const asked: string[] = [];
  const matches = (observation: Observation): boolean => {
    asked.push(observation.kind);
    return observation.kind === "push";
  };
  const lines = printed(SESSION, { verbose: true, matches });
  assert.equal(asked.length, SESSION.length);
  assert.deepEqual(
    lines.map((line) => line.slice(0, 24).trimEnd()),
    [
      "  time         #   tag",
      "* 19:00:03.000 #1  push",
      "  19:00:03.000 S: * 12 E",
      "0 connections, 0 exchang",
      "1 push, 0 defects, 0 up,",
    ],
  );
});

test("colour adds nothing but colour", () => {
  const coloured = printed(SESSION, { colour: true, verbose: true });
  assert.ok(coloured.some((line) => line.includes("\u001b[")));
  const plain = coloured.map((line) => line.replace(/\u001b\[\d+m/g, "").trimEnd());
  assert.deepEqual(plain, printed(SESSION, { verbose: true }));
});

test("law: no line is longer than the columns, and none holds a control character", () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 80 });
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 80, max: 200 }), (a, b, c, columns) => {
      const hostile = [
        completed({
          command: { ...command("UID FETCH", [a]), tag: b },
          mailbox: c,
          status: "NO",
          code: code(a, b),
          text: c,
        }),
        push({ response: status({ text: a, code: code(b, c) }), mailbox: c }),
        push({ response: data(a, { kind: "flags", flags: [b, c] }) }),
        state({ mailbox: a }),
        notice(b),
        { ...GREETING, response: status({ text: c }) },
        defectFound("client-bare-lf", { defect: { ...defectFound().defect, detail: a } }),
      ];
      for (const line of printed(hostile, { columns })) {
        assert.ok(cellWidth(line) <= columns, line);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    }),
  );
});
