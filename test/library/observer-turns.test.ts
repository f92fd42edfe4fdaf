import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns } from "../../src/library/observer-turns.ts";

/** How long the turn may go on that comes at this time, in milliseconds. */
function lengthOf(when: "now" | "soon", pressure: number): Promise<number> {
  const schedule = createTurns();
  return new Promise((resolve) => {
    schedule(
      (mayGoOn) => {
        const begun = performance.now();
        while (mayGoOn());
        resolve(performance.now() - begun);
      },
      when,
      pressure,
    );
  });
}

test("a turn ends, and is longer where more waits", async () => {
  const tried: string[] = [];
  // A busy machine may take the processor away in the middle of one.
  for (let attempt = 0; attempt < 100; attempt++) {
    const [short, long] = [await lengthOf("soon", 0), await lengthOf("now", 0.5)];
    if (short >= 0.9 && long > 20 && short < long) return;
    tried.push(`${short} ms, ${long} ms`);
  }
  assert.fail(tried.join("; "));
});

test("a turn that comes at once takes the place of one that was to come soon", async () => {
  const schedule = createTurns();
  const turns: string[] = [];
  schedule(() => turns.push("soon"), "soon", 0);
  await new Promise<void>((resolve) => {
    schedule(
      () => {
        turns.push("now");
        resolve();
      },
      "now",
      0,
    );
    assert.deepEqual(turns, []);
  });
  // Longer than one that is to come soon is waited for.
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(turns, ["now"]);
});
