/** What is known of an exchange before it is over, octet by octet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exchange } from "../../../src/core/exchange/exchange.ts";
import { createObserver } from "../../../src/core/observe.ts";
import type { Depth } from "../../../src/core/observer/context.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";

/** Exchanges of the transcript as they stand at its end, by tag; `undefined` where one is over. */
function underWay(transcript: string, depth: Depth = "full"): (tag: string) => Exchange | undefined {
  const ids = new Map<string, number>();
  const observer = createObserver({
    emit: (seen) => {
      if (seen.kind === "exchangeStarted") ids.set(seen.exchange.tag, seen.exchange.id);
    },
    depth,
  });
  for (const event of eventsOf(`${SELECTED_PRELUDE}\n${transcript}`)) observer.take(event);
  return (tag) => observer.underWay(1, ids.get(tag) ?? 0);
}

/** Octets up and down, responses, and what the wait was. */
function figures(exchange: Exchange | undefined): unknown {
  if (exchange === undefined) return undefined;
  const { octets, attributed, timings, end } = exchange;
  const { certain, likely } = attributed;
  return [end, octets.clientToServer, octets.serverToClient, certain + likely, timings.waitMicros];
}

const DEPTHS: readonly Depth[] = ["full", "shallow", "skim"];
const FETCH = "@100\nC: a1 FETCH 1:3 (UID BODY[])\n@150\n";

test("what has come of an answer counts as it comes, also while a literal is being received", () => {
  for (const depth of DEPTHS) {
    const waiting = underWay(FETCH, depth);
    assert.deepEqual(figures(waiting("a1")), ["inFlight", 27, 0, 0, undefined]);
    const begun = underWay(`${FETCH}S: * 1 FETCH (UID 10 BODY[] {400000}\nS| ${"x".repeat(1000)}`, depth);
    assert.deepEqual(figures(begun("a1")), ["inFlight", 27, 1035, 0, 50_000]);
    const more = underWay(`${FETCH}S: * 1 FETCH (UID 10 BODY[] {3}\nS: abc)\nS| * 2 FETCH (UI`, depth);
    assert.deepEqual(figures(more("a1")), ["inFlight", 27, 49, 1, 50_000]);
  }
});

test("what has come of a command counts as well, before the server has it whole", () => {
  const append = underWay("@100\nC: a1 APPEND Sent {500+}\nC| 1234567890");
  assert.deepEqual(figures(append("a1")), ["inFlight", 33, 0, 0, undefined]);
  assert.equal(append("a1")?.timings.uploadMicros, undefined);
  const behind = underWay("C: a1 NOOP\nC| a2 NO");
  assert.deepEqual(figures(behind("a1")), ["inFlight", 9, 0, 0, undefined], "it is of the next one");
});

test("an answer that is not complete counts for the command that has waited longest, and never for IDLE", () => {
  const two = underWay("C: a1 NOOP\nC: a2 NOOP\nS| * 6 EXI");
  assert.deepEqual(
    [two("a1"), two("a2")].map((each) => each?.octets.serverToClient),
    [7, 0],
  );
  const idle = underWay("C: a1 IDLE\nS: + idling\nS| * 6 EXI");
  assert.equal(idle("a1")?.octets.serverToClient, 10);
});

test("of what is over, or was never there, nothing is under way", () => {
  const over = underWay("C: a1 NOOP\nS: a1 OK done");
  assert.deepEqual([over("a1"), over("zz")], [undefined, undefined]);
  const lost = underWay("C: a1 NOOP\n-- close server");
  assert.equal(lost("a1"), undefined);
});
