import assert from "node:assert/strict";
import { test } from "node:test";
import { createMessages } from "../../../src/tui/run/messages.ts";
import { play, SELECTED_PRELUDE } from "../../playbook.ts";

const FETCHED = `
  C: b1 FETCH 1:4 (UID FLAGS)
  S: * 1 FETCH (UID 10 FLAGS (\\Seen))
  S: * 2 FETCH (UID 20 FLAGS ())
  S: * 3 FETCH (UID 30 FLAGS (\\Deleted))
  S: * 4 FETCH (UID 40 FLAGS (\\Flagged $Work))
  S: b1 OK done`;
const ALL = ["1/10 \\Seen", "2/20 ", "3/30 \\Deleted", "4/40 \\Flagged $Work"];

/** What is said behind the fetch of four messages, and the messages then: `number/uid flags`. */
const TABLE: readonly (readonly [what: string, said: string, messages: readonly string[]])[] = [
  ["as they were told", "", ALL],
  [
    "flags that change keep the UID",
    "S: * 2 FETCH (FLAGS (\\Answered))",
    ["1/10 \\Seen", "2/20 \\Answered", "3/30 \\Deleted", "4/40 \\Flagged $Work"],
  ],
  [
    "behind an EXPUNGE the others move down",
    "S: * 2 EXPUNGE",
    ["1/10 \\Seen", "2/30 \\Deleted", "3/40 \\Flagged $Work"],
  ],
  [
    "each EXPUNGE counts anew",
    "S: * 1 EXPUNGE\nS: * 1 EXPUNGE\nS: * 2 FETCH (FLAGS (\\Seen))",
    ["1/30 \\Deleted", "2/40 \\Seen"],
  ],
  [
    "VANISHED names UIDs, in any order and with those that nobody knows",
    "S: * VANISHED 30,5,10:15",
    ["1/20 ", "2/40 \\Flagged $Work"],
  ],
  ["VANISHED (EARLIER) is about what has no number here", "S: * VANISHED (EARLIER) 50:60", ALL],
  ["what has no flags is not listed", "C: b2 FETCH 5 (UID)\nS: * 5 FETCH (UID 50)\nS: b2 OK done", ALL],
  ["another mailbox has other messages", "C: b2 SELECT Other\nS: * 2 EXISTS\nS: b2 OK [READ-WRITE] done", []],
];

for (const [what, said, messages] of TABLE) {
  test(`messages of the selected mailbox: ${what}`, () => {
    const folded = createMessages();
    for (const seen of play(`${SELECTED_PRELUDE}${FETCHED}\n${said}`).observations) folded.take(seen);
    assert.deepEqual(
      folded.all(100).map(({ number, uid, flags }) => `${number}/${uid} ${flags.join(" ")}`),
      messages,
    );
  });
}

test("no more are given than are asked for", () => {
  const folded = createMessages();
  for (const seen of play(`${SELECTED_PRELUDE}${FETCHED}`).observations) folded.take(seen);
  assert.equal(folded.all(2).length, 2);
});

test("very many that vanish or are expunged take no long time", () => {
  const count = 20_000;
  const lines = Array.from({ length: count }, (_, i) => `S: * ${i + 1} FETCH (UID ${i + 1} FLAGS ())`);
  const gone = Array.from({ length: count / 2 }, () => "S: * 1 EXPUNGE");
  const said = [`C: b1 FETCH 1:* (FLAGS)`, ...lines, "S: b1 OK done", ...gone, `S: * VANISHED 1:${count}`];
  const { observations } = play(`${SELECTED_PRELUDE}${said.join("\n")}`);
  const folded = createMessages();
  const { user } = process.cpuUsage();
  for (const seen of observations) folded.take(seen);
  assert.equal(folded.all(10).length, 0);
  const ms = (process.cpuUsage().user - user) / 1000;
  assert.ok(ms < 4000, `${ms} ms`);
});
