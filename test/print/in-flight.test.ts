import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createInFlight, type InFlight } from "../../src/print/in-flight.ts";
import { command, exchange, TIMINGS } from "../observations.ts";

/** Starts an exchange that was sent at that second. */
function start(inFlight: InFlight, id: number, second: number, name = "NOOP"): void {
  inFlight.start(
    exchange({ id, command: command(name), timings: { ...TIMINGS, sentMicros: second * 1_000_000 } }),
  );
}

/** Which exchanges are due, with the seconds that they have been running. */
function due(inFlight: InFlight, second: number): (readonly [id: number, seconds: number])[] {
  return inFlight.due(second * 1_000_000).map((one) => [one.exchange.id, one.runningMicros / 1_000_000]);
}

test("after 1 s, 10 s, 100 s; each once", () => {
  const inFlight = createInFlight();
  start(inFlight, 1, 5);
  assert.deepEqual(due(inFlight, 5.9), []);
  assert.deepEqual(due(inFlight, 6), [[1, 1]]);
  assert.deepEqual(due(inFlight, 14), []);
  assert.deepEqual(due(inFlight, 200), [
    [1, 10],
    [1, 100],
  ]);
});

test("IDLE once, and nothing that is over", () => {
  const inFlight = createInFlight();
  start(inFlight, 1, 0, "IDLE");
  start(inFlight, 2, 0);
  assert.equal(inFlight.open(2)?.id, 2);
  inFlight.end(2);
  assert.equal(inFlight.open(2), undefined);
  assert.deepEqual(due(inFlight, 1000), [[1, 1]]);
  assert.deepEqual(due(inFlight, 5000), []);
});

test("in the order of time", () => {
  const inFlight = createInFlight();
  start(inFlight, 1, 3);
  start(inFlight, 2, 1);
  assert.deepEqual(due(inFlight, 5), [
    [2, 1],
    [1, 1],
  ]);
});

test("law: however often it is asked, the same lines come", () => {
  const seconds = fc.array(fc.nat({ max: 300 }), { maxLength: 10 });
  fc.assert(
    fc.property(seconds, (asked) => {
      const often = createInFlight();
      const once = createInFlight();
      for (const inFlight of [often, once]) {
        start(inFlight, 1, 0);
        start(inFlight, 2, 7, "IDLE");
      }
      const steps = [...asked.sort((a, b) => a - b), 300];
      assert.deepEqual(
        steps.flatMap((second) => due(often, second)),
        due(once, 300),
      );
    }),
  );
});
