import assert from "node:assert/strict";
import { test } from "node:test";
import type { Material } from "../../../src/tui/details/material.ts";
import { writeTimings } from "../../../src/tui/details/timing-lines.ts";
import { writeDetails } from "../../../src/tui/details/writer.ts";
import { push } from "../../observations.ts";
import { materialOf, options, shown } from "./shown.ts";

function timings(material: Material): string {
  return shown(writeDetails(options({ columns: 120 }), (writer) => writeTimings(writer, material)));
}

test("the bar, its legend, and what each time means", () => {
  const rows = timings(materialOf("@100\nC: a1 NOOP\n@400\nS: a1 OK done", "a1")).split("\n");
  assert.match(rows[0] ?? "", /^·+░+$/);
  assert.equal(rows[1], "· gap   ░ wait 100 %");
  assert.match(rows[2] ?? "", /^The server: 300 ms of 300 ms/);
  assert.match(rows[4] ?? "", /^gap {13}89\.0 ms {2}The client did nothing/);
});

test("the legend says what the sign in a gap is that is cut short, and only there", () => {
  const rows = timings(materialOf("@9000\nC: a1 NOOP\n@9100\nS: a1 OK done", "a1")).split("\n");
  assert.match(rows[0] ?? "", /^·+\/\/·+░+$/);
  assert.equal(rows[2], "// the gap was longer than it is drawn");
  assert.doesNotMatch(timings(materialOf("@20\nC: a1 NOOP\n@400\nS: a1 OK done", "a1")), /\/\//);
});

test("octets each way have their rates", () => {
  const material = materialOf(
    "@100\nC: a1 UID FETCH 1:5 FLAGS\n@200\nS: * 1 FETCH (UID 1 FLAGS ())\n@300\nS: * 2 FETCH (UID 2 FLAGS ())\n@400\nS: a1 OK done",
    "a1",
  );
  assert.match(timings(material), /octets down {10}\d+ {2}in 200 ms: \d+ octets a second/);
  assert.match(timings(material), /untagged {14}\d {2}\d+ octets each/);
});

test("waits for continuations are listed one by one", () => {
  const append = "@100\nC: a1 APPEND Sent {3}\n@140\nS: + go on\n@150\nC| abc\nC:\n@300\nS: a1 OK done";
  assert.match(
    timings(materialOf(append, "a1")),
    /continuation {4}40\.0 ms {2}The client announced .*\n( {25}.*\n)* {2}1 {13}40\.0 ms\n\nround trips {11}2/,
  );
});

test("for IDLE the time that was spent idle stands in the place of the wait", () => {
  const rows = timings(
    materialOf("@100\nC: a1 IDLE\n@150\nS: + idling\n@90000\nC: DONE\n@90040\nS: a1 OK done", "a1"),
  );
  assert.match(rows, /^idle +1m30s/m);
  assert.match(rows, /^end of idle +40\.0 ms/m);
  assert.doesNotMatch(rows, /^wait/m);
});

test("what has not happened yet is told to be so", () => {
  const rows = timings(materialOf("C: a1 NOOP", "a1"));
  assert.match(rows, /^nothing has been measured yet/);
  assert.match(rows, /^wait +not yet/m);
});

test("of what is in flight it is said that not all of it is in the bar", () => {
  const transcript = "@100\nC: a1 FETCH 1 FLAGS\n@400\nS: * 1 FETCH (FLAGS ())";
  const material = materialOf(transcript, "a1");
  const inFlight = { ...material, exchange: { ...material.exchange, end: "inFlight" as const } };
  assert.match(timings(inFlight), /\nIt is in flight: what has begun and not ended is not measured yet\.\n/);
  assert.doesNotMatch(timings(material), /in flight/);
});

test("what is no exchange has no timings", () => {
  const event = {
    kind: "event",
    observation: push(),
    response: undefined,
    connection: undefined,
    mails: new Map(),
  } as const;
  assert.match(timings(event), /it is no exchange/);
});
