import assert from "node:assert/strict";
import { test } from "node:test";
import { reportLines, reportText } from "../../../src/core/replay/report-text.ts";
import { playOf, recorded } from "../../played.ts";
import { stepOf } from "../../requests.ts";

test("the text says first whether it passed, then what failed with all that explains it", () => {
  const steps = [
    stepOf(2, "SELECT INBOX"),
    stepOf(3, "UID FETCH 1:3 (FLAGS UID ENVELOPE)"),
    stepOf(4, "EXPUNGE"),
  ];
  const { maker, send } = playOf(steps, {}, ["Octets of connection 2 are opaque."]);
  maker.opened(1);
  send("SELECT INBOX", recorded(stepOf(2, "SELECT INBOX")));
  send("UID FETCH 1:4 (FLAGS)", "miss");
  send("CAPABILITY", { kind: "synthesised", how: "of what was recorded" });
  assert.equal(
    reportText(maker.read()),
    [
      "Replay failed: 1 command had no recorded answer. 2 recorded exchanges went unused.",
      "1 connection, 3 commands: 1 as recorded (0 of them again), 0 altered, 1 made up, 1 without answer, 0 refused.",
      "Cannot be played: Octets of connection 2 are opaque.",
      "",
      "No recorded answer:",
      "  connection 1 at 0.003 s: UID FETCH 1:4 (FLAGS)",
      "    after exchange 2 (SELECT INBOX)",
      "    the nearest is exchange 3 (UID FETCH 1:3 (FLAGS UID ENVELOPE))",
      "      set: 4 too much",
      "      items: ENVELOPE missing",
      "    Send the set (1:3) and the items (ENVELOPE FLAGS) as recorded; or, if the client is right, record the session anew.",
      "",
      "Recorded, and not asked for:",
      "  exchange 3 of connection 1: UID FETCH 1:3 (FLAGS UID ENVELOPE)",
      "  exchange 4 of connection 1: EXPUNGE",
      "",
      "Made up:",
      "  connection 1 at 0.004 s: CAPABILITY (of what was recorded)",
      "",
    ].join("\n"),
  );
});

test("a recorded exchange that went unused has what was asked for in its place, and greetings what was altered", () => {
  const steps = [stepOf(2, "UID FETCH 1:3 (FLAGS)")];
  const { maker, send } = playOf(steps);
  maker.greetingAltered(1, 2000, ["AUTH=GSSAPI left out"]);
  send("UID FETCH 1:2 (FLAGS)", "lessMade");
  maker.failed("No client came in 5 s.");
  assert.deepEqual(reportLines(maker.read()), [
    "Replay failed: No client came in 5 s. 1 recorded exchange went unused.",
    "1 connection, 1 command: 0 as recorded (0 of them again), 1 altered, 1 made up, 0 without answer, 0 refused.",
    "",
    "Recorded, and not asked for:",
    "  exchange 2 of connection 1: UID FETCH 1:3 (FLAGS)",
    "    asked for was UID FETCH 1:2 (FLAGS): set: 3 missing",
    "",
    "Made up:",
    "  connection 1 at 0.002 s: UID FETCH 1:2 (FLAGS) (of less)",
    "",
    "Altered:",
    "  connection 1 at 0.002 s: the greeting (AUTH=GSSAPI left out)",
  ]);
});

test("what fails the play again and again is told once, with how often", () => {
  const { maker } = playOf([]);
  for (let client = 1; client <= 500; client++) maker.failed("A client said nothing for 5 s.");
  maker.failed("No client came in 5 s.");
  assert.deepEqual(maker.read().failures, [
    "A client said nothing for 5 s. (500 times)",
    "No client came in 5 s.",
  ]);
});

test("no control character and no secret of a client gets into the text", () => {
  const { maker, send } = playOf([stepOf(1, "SEARCH SUBJECT x"), stepOf(2, "LOGIN joe x")]);
  maker.opened(1);
  send("SEARCH SUBJECT {4}\r\n\x1b[2J", "miss");
  send("LOGIN jim Tr0ub4dor", "miss");
  send("LOGIN (jim Tr0ub4dor", "miss");
  send("AUTHENTICATE Tr0ub4dor==", "miss");
  maker.ended({ client: 1, atMicros: 1, how: "\x1b" });
  const lines = reportLines(maker.read());
  assert.ok(lines.length > 8);
  for (const line of lines) assert.match(line, /^[^\0-\x1f\x7f]*$/);
  assert.ok(!JSON.stringify(maker.read()).includes("Tr0ub4dor"));
});
