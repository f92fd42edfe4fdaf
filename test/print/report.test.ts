import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../src/core/observation.ts";
import { formatReport } from "../../src/print/report.ts";
import { play } from "../playbook.ts";

const STARTED = new Date("2026-11-29T08:00:00.000Z");

/** From the beginning of an exchange to its end. */
function seenOf(transcript: string, tag: string): readonly Observation[] {
  const { observations } = play(transcript);
  const is = (kind: string, each: Observation): boolean =>
    each.kind === kind &&
    "exchange" in each &&
    typeof each.exchange === "object" &&
    each.exchange.tag === tag;
  const begin = observations.findIndex((each) => is("exchangeStarted", each));
  const end = observations.findIndex((each) => is("exchange", each));
  return observations.slice(begin, end + 1);
}

test("a report of an exchange says when, how it ended, where its time went, and what was said when", () => {
  const seen = seenOf(
    `S: * PREAUTH hi
     C: a0 SELECT INBOX
     S: * 3 EXISTS
     S: a0 OK [READ-WRITE] in
     @100
     C: a1 FETCH 1 FLAGS
     @4300
     S: * 4 EXISTS
     S: * 1 FETCH (FLAGS ())
     S: a1 OK done`,
    "a1",
  );
  assert.equal(
    formatReport(seen, STARTED),
    [
      "connection 1, 2026-11-29T08:00:00.100Z",
      "OK after 4.2 s in INBOX: upload 0 µs, wait 4.2 s, download 1.00 ms",
      "The server: 4.2 s of 4.2 s until its answer began.",
      "        ms since it began",
      "    +0.000 C: a1 FETCH 1 FLAGS",
      " +4200.000 S: * 4 EXISTS",
      " +4201.000 S: * 1 FETCH (FLAGS ())",
      " +4202.000 S: a1 OK done",
      "",
    ].join("\n"),
  );
});

test("what is no exchange is told in a line, and without a date where none is known", () => {
  const { observations } = play("S: * PREAUTH hi\nC: a0 SELECT INBOX\nS: a0 OK [READ-WRITE] in");
  const state = observations.findLast(({ kind }) => kind === "state");
  assert.ok(state !== undefined);
  assert.match(
    formatReport([state], undefined),
    /^connection 1, 0\.\d{3} s after the beginning\n {4}\+0\.000 state: authenticated -> selected INBOX\n$/,
  );
  assert.equal(formatReport([], STARTED), "");
});

test("nothing of a peer is a control in a report", () => {
  const report = formatReport(seenOf("S: * PREAUTH hi\nC: a1 NOOP\nS: a1 OK \\x1b[2J", "a1"), STARTED);
  assert.doesNotMatch(report, /\x1b/);
});
