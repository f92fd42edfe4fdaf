import assert from "node:assert/strict";
import { test } from "node:test";
import { Stopper, type StopSignal } from "../../src/net/stop-signal.ts";

interface Stoppable {
  readonly signal: StopSignal;
  readonly abort: () => void;
}

/** Both must tell alike: whoever is handed a signal does not know which it is. */
const MAKES: readonly (readonly [string, () => Stoppable])[] = [
  ["Stopper", ownStopper],
  ["AbortController", abortController],
];

function ownStopper(): Stoppable {
  const stopper = new Stopper();
  return { signal: stopper, abort: () => stopper.abort() };
}

function abortController(): Stoppable {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

for (const [name, make] of MAKES) {
  test(`${name}: who listens is told once, and who has left or comes late is not`, () => {
    const { signal, abort } = make();
    const told: string[] = [];
    const left = () => told.push("left");
    signal.addEventListener("abort", left);
    signal.addEventListener("abort", () => told.push(`first ${signal.aborted}`));
    signal.addEventListener("abort", () => told.push("second"));
    signal.removeEventListener("abort", left);
    assert.equal(signal.aborted, false);
    abort();
    signal.addEventListener("abort", () => told.push("late"));
    abort();
    assert.deepEqual(told, ["first true", "second"]);
  });
}
