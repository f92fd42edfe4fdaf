import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../src/core/imap/frame.ts";
import type { Reply } from "../../../src/core/replay/script.ts";
import { readRecord, type StepRecord, writeRecord } from "../../../src/core/replay/step-record.ts";
import { framed } from "../../requests.ts";

function recordOf(octets: string, more: Partial<StepRecord> = {}): StepRecord {
  const { frame, prints } = framed(octets);
  return { atMicros: 5_000_000_123, tag: "a1", replies: [], frame, prints, authenticated: true, ...more };
}

const REPLIES: readonly Reply[] = [
  {
    ...{ cue: "command", delayMicros: 0, run: { connection: 3, from: 7_000_000_000, to: 7_000_000_040 } },
    ...{ name: "FETCH", tagged: false, tagAt: undefined, line: undefined },
  },
  {
    ...{ cue: "done", delayMicros: 12, run: { connection: 3, from: 7_000_000_050, to: 7_000_000_051 } },
    ...{ name: "", tagged: false, tagAt: 300, line: undefined },
  },
  {
    ...{
      cue: "after",
      delayMicros: 86_400_000_000,
      run: { connection: 3, from: 7_000_000_051, to: 7_000_000_099 },
    },
    ...{ name: "OK", tagged: true, tagAt: 0, line: Uint8Array.of(42, 13, 10) },
  },
];

test("the replies are read as they were, wherever in the stream they stand", () => {
  const read = readRecord(writeRecord(recordOf("a1 NOOP\r\n", { replies: REPLIES })), 3);
  assert.deepEqual([read.atMicros, read.tag, read.replies], [5_000_000_123, "a1", REPLIES]);
});

/** Commands with literals of all kinds, short and long, whole and not. */
const COMMANDS: readonly string[] = [
  "a1 NOOP\r\n",
  "a1 NOOP\n",
  "a1 STATUS {5}\r\nINBOX (MESSAGES)\r\n",
  "a1 LOGIN {5+}\r\nalice {8}\r\nxxxxxxxx\r\n",
  `a1 APPEND INBOX (\\Seen) {${3000}}\r\n${"x".repeat(3000)}\r\n`,
  `a1 APPEND INBOX ~{100000}\r\n${"yz\r\n".repeat(25_000)}\r\n`,
  "a1 APPEND INBOX {0}\r\n\r\n",
  "a1 APPEND INBOX {10}\r\nabc",
  `a1 SEARCH TEXT "${"é".repeat(10)}"\r\n`,
];

for (const octets of COMMANDS) {
  test(`the command is read as it was: ${JSON.stringify(octets.slice(0, 40))}`, () => {
    for (const authenticated of [true, false]) {
      const { frame, prints, request } = framed(octets, authenticated);
      const again = readRecord(writeRecord(recordOf(octets, { frame, prints, authenticated })), 1).request();
      assert.deepEqual(
        [again.exact, again.octets, again.fields, again.command.name, again.command.detail],
        [request.exact, request.octets, request.fields, request.command.name, request.command.detail],
      );
    }
  });
}

test("a literal without a print is known by what its frame kept of it", () => {
  const { frame } = framed(`a1 APPEND INBOX {${20_000}}\r\n${"x".repeat(20_000)}\r\n`);
  const { fields } = readRecord(writeRecord(recordOf("a1 NOOP\r\n", { frame, prints: [] })), 1).request();
  const print = fields.find(({ name }) => name === "message 1")?.print;
  assert.deepEqual([print?.octets, print?.head.length, print?.digest], [20_000, 8192, undefined]);
});

test("how a frame ended is kept", () => {
  for (const end of ["crlf", "lf", "refused", "cut"] as const) {
    const frame: Frame = { ...framed("a1 NOOP\r\n").frame, end };
    const { exact } = readRecord(writeRecord(recordOf("a1 NOOP\r\n", { frame })), 1).request();
    assert.equal(exact.endsWith("\n"), end === "lf");
  }
});
