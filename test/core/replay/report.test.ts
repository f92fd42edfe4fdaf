import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { differenceLines } from "../../../src/core/replay/report.ts";
import type { Reply } from "../../../src/core/replay/script.ts";
import { playOf, recorded } from "../../played.ts";
import { stepOf } from "../../requests.ts";

const LOGIN = stepOf(1, "LOGIN joe x");
const SELECT = stepOf(2, "SELECT INBOX");
const STORE = stepOf(3, "STORE 1 +FLAGS (\\Seen)");

test("a play of all that was recorded passes, whatever it left of transport and preamble", () => {
  const { maker, send } = playOf([LOGIN, SELECT, STORE, stepOf(4, "LOGOUT"), stepOf(5, 'LIST "" ""')]);
  maker.opened(1);
  send("NOOP", { kind: "synthesised", how: "NOOP needs no answer" });
  send("SELECT INBOX", recorded(SELECT));
  send("SELECT INBOX", recorded(SELECT, { repeated: true }));
  send("STORE 1 +FLAGS (\\Seen)", recorded(STORE, { altered: ["CAPABILITY lost AUTH=GSSAPI"] }));
  maker.ended({ client: 1, atMicros: 9000, how: "The client closed the connection." });
  const report = maker.read();
  assert.equal(report.passed, true);
  assert.deepEqual(report.failures, []);
  assert.deepEqual(report.counts, {
    ...{ clients: 1, commands: 4, recorded: 3, repeated: 1, altered: 1 },
    ...{ synthesised: 1, miss: 0, refused: 0, used: 2, failed: 0 },
  });
  assert.deepEqual(
    report.unusedOptional.entries.map(({ exchange }) => exchange),
    [1, 4, 5],
  );
  assert.deepEqual(report.altered.entries[0]?.note, "CAPABILITY lost AUTH=GSSAPI");
  assert.deepEqual(report.clients.entries, [
    {
      client: 1,
      commands: 4,
      misses: 0,
      startedMicros: 1500,
      endedMicros: 9000,
      end: "The client closed the connection.",
    },
  ]);
});

test("what went unused makes it fail, unless that is allowed", () => {
  for (const [allowUnused, passed] of [
    [false, false],
    [true, true],
  ] as const) {
    const { maker, send } = playOf([SELECT, STORE], { allowUnused });
    send("SELECT INBOX", recorded(SELECT));
    const report = maker.read();
    assert.equal(report.passed, passed);
    assert.deepEqual(report.unused.entries, [
      { exchange: 3, connection: 1, command: "STORE 1 +FLAGS (\\Seen)", note: undefined },
    ]);
    assert.deepEqual(report.failures, passed ? [] : ["1 recorded exchange went unused."]);
  }
});

const REPLY: Reply = {
  ...{ cue: "command", delayMicros: 0, name: "EXISTS", tagged: false, tagAt: undefined, line: undefined },
  run: { connection: 1, from: 0, to: 10 },
};

test("who looks less often than was recorded and would have seen the same passes, but in order", () => {
  const other = { ...REPLY, run: { connection: 2, from: 100, to: 110 } };
  const tagged = { ...REPLY, name: "OK", tagged: true };
  const steps = [
    stepOf(1, "SELECT INBOX", { replies: [REPLY, tagged] }),
    stepOf(2, "STATUS INBOX (UNSEEN)", { replies: [REPLY] }),
    stepOf(3, "STORE 1 +FLAGS (a)"),
    // The same to be seen, whenever it came and however long it took.
    stepOf(4, "select inbox", {
      ...{ connection: 2, replies: [other, { ...tagged, run: { ...other.run, to: 200 } }] },
    }),
    stepOf(5, "STATUS INBOX (UNSEEN)", { replies: [other] }),
    // Something else to be seen, or done.
    stepOf(6, "STATUS INBOX (UNSEEN)", { replies: [{ ...REPLY, run: { ...REPLY.run, to: 11 } }] }),
    stepOf(7, "STATUS INBOX (UNSEEN)", { status: "NO", replies: [REPLY] }),
    stepOf(8, "STORE 1 +FLAGS (a)"),
    stepOf(9, "FETCH 1 FLAGS"),
  ];
  for (const [sequence, unused] of [
    ["state", [6, 7, 8, 9]],
    ["order", [4, 5, 6, 7, 8, 9]],
  ] as const) {
    const { maker, send } = playOf(steps, { sequence });
    for (const step of steps.slice(0, 3)) send("SELECT INBOX", recorded(step));
    const report = maker.read();
    assert.deepEqual(
      report.unused.entries.map(({ exchange }) => exchange),
      unused,
    );
  }
});

test("an exchange that was played by asking less of it is used", () => {
  const fetch = stepOf(3, "UID FETCH 1 (FLAGS BODY)");
  const { maker, send } = playOf([fetch]);
  send("UID FETCH 1 FLAGS", { kind: "synthesised", how: "exchange 3", step: fetch });
  assert.deepEqual(maker.read().failures, []);
});

test("a miss makes it fail, and is explained", () => {
  const { maker, send } = playOf([SELECT, STORE], { allowUnused: true });
  maker.opened(1);
  send("STORE 1 +FLAGS (\\Answered)", "miss");
  const report = maker.read();
  assert.deepEqual(report.failures, ["1 command had no recorded answer."]);
  const [miss] = report.misses.entries;
  assert.equal(miss?.command, "STORE 1 +FLAGS (\\Answered)");
  assert.equal(miss?.nearest, 3);
  assert.equal(miss?.because, "differs");
  assert.equal(miss?.reason, "the nearest is exchange 3 (STORE 1 +FLAGS (\\Seen))");
  assert.deepEqual(miss === undefined ? [] : differenceLines(miss), [
    "flags: \\Seen missing, \\Answered too much",
  ]);
  assert.match(miss?.behind ?? "", /^exchange 2 \(SELECT INBOX\)$/);
  assert.match(miss?.remedy ?? "", /^Send the flags \(.*\) as recorded/);
  assert.equal(report.clients.entries[0]?.misses, 1);
});

test("a refusal makes it fail", () => {
  const { maker, send } = playOf([]);
  send("XFOO", { kind: "refused", why: "It is no command." });
  assert.deepEqual(maker.read().failures, ["1 command had to be refused."]);
});

test("lists are bounded however much clients send, and the rest is counted", () => {
  const { maker, send } = playOf([STORE]);
  const count = LIMITS.reportEntries + 5;
  for (let client = 1; client <= count; client++) {
    maker.opened(client);
    send("STORE 1 +FLAGS (\\Draft)", "miss", client);
    send("X", { kind: "refused", why: "No." }, client);
    send("NOOP", { kind: "synthesised", how: "how" }, client);
    maker.ended({ client, atMicros: 1, how: "gone" });
  }
  const report = maker.read();
  for (const list of [report.clients, report.misses, report.refused, report.synthesised]) {
    assert.equal(list.entries.length, LIMITS.reportEntries);
    assert.equal(list.leftOut, 5);
  }
  assert.equal(report.counts.clients, count);
});

test("a report is a value: what comes later does not change it", () => {
  const { maker, send } = playOf([]);
  maker.opened(1);
  const before = maker.read();
  const copy = structuredClone(before);
  send("XFOO", "miss");
  maker.ended({ client: 1, atMicros: 1, how: "gone" });
  assert.deepEqual(before, copy);
});
