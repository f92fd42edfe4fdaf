import assert from "node:assert/strict";
import { test } from "node:test";
import { Stopper, type StopSignal } from "../../src/net/stop-signal.ts";

/** Both must tell alike: whoever is handed a signal does not know which it is. */
const makes: ReadonlyMap<string, () => { readonly signal: StopSignal; readonly abort: () => void }> = new Map(
  [
    [
      "Stopper",
      () => {
        const stopper = new Stopper();
        return { signal: stopper, abort: () => stopper.abort() };
      },
    ],
    [
      "AbortController",
      () => {
        const controller = new AbortController();
        return { signal: controller.signal, abort: () => controller.abort() };
      },
    ],
  ],
);

for (const [name, make] of makes) {
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
