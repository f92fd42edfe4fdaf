import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { nameOf } from "../../../src/core/exchange/correlator.ts";
import type { Observation } from "../../../src/core/observation.ts";
import { createObserver } from "../../../src/core/observe.ts";

function observe(said: readonly (readonly ["client" | "server", string])[]): readonly Observation[] {
  const observed: Observation[] = [];
  const observer = createObserver({ emit: (each) => observed.push(each), depth: "skim" });
  said.forEach(([from, text], i) => {
    observer.take({ kind: "data", connection: 1, atMicros: i * 10, from, bytes: utf8(text), redacted: [] });
  });
  return observed;
}

const SELECTED = [
  ["server", "* PREAUTH hi\r\n"],
  ["client", "a SELECT INBOX\r\n"],
  ["server", "* 3 EXISTS\r\na OK x\r\n"],
] as const;

test("what answers a command is counted with its octets and its time", () => {
  const observed = observe([
    ...SELECTED,
    ["client", "b FETCH 1:3 (UID RFC822.SIZE)\r\n"],
    ["server", "* 1 FETCH (UID 5 RFC822.SIZE 1)\r\n* 2 FETCH (UID 6 RFC822.SIZE 1)\r\n"],
    ["server", "* 3 FETCH (UID 7 RFC822.SIZE 1)\r\nb OK x\r\n"],
  ]);
  const exchange = observed.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : []))[1];
  assert.deepEqual(
    [exchange?.attributed.certain, exchange?.octets.serverToClient, exchange?.timings.waitMicros],
    [3, 3 * 33 + 8, 10],
  );
});

test("a response that a read cut off is counted as the others are, from its first octet on", () => {
  const observed = observe([
    ...SELECTED,
    ["client", "b FETCH 1:3 (UID RFC822.SIZE)\r\n"],
    ["server", "* 1 FETCH (UID 5 RFC"],
    ["server", "822.SIZE 1)\r\n* 2 FETCH (UID 6 RFC822.SIZE 1)\r\n* 3 FETCH (UID 7 RFC822.SIZE 1)\r"],
    ["server", "\nb OK x\r\n"],
  ]);
  const exchange = observed.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : []))[1];
  assert.deepEqual(
    [exchange?.attributed.certain, exchange?.octets.serverToClient, exchange?.timings.waitMicros],
    [3, 3 * 33 + 8, 10],
  );
});

test("what is to be said of one response is said, and the run goes on behind it", () => {
  const observed = observe([
    ...SELECTED,
    ["client", "b FETCH 1:3 (UID RFC822.SIZE)\r\n"],
    [
      "server",
      "* 1 FETCH (UID 5 RFC822.SIZE 1)\r\n* 2 FETCH (UID 4 RFC822.SIZE 1)\r\n* 3 FETCH (UID 7 RFC822.SIZE 1)\r\n",
    ],
    ["server", "b OK x\r\n"],
  ]);
  const exchange = observed.flatMap((each) => (each.kind === "exchange" ? [each.exchange] : []))[1];
  assert.equal(exchange?.responseNames.get("FETCH"), 3);
  assert.deepEqual(
    observed.flatMap((each) => (each.kind === "defect" ? [each.defect.kind] : [])),
    ["select-data-missing", "uid-not-ascending"],
  );
});

test("a push is a push", () => {
  const observed = observe([...SELECTED, ["server", "* 1 FETCH (UID 5)\r\n"]]);
  assert.equal(
    observed.filter((each) => each.kind === "push" && nameOf(each.response) === "FETCH").length,
    1,
  );
});
