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
  const [short, long] = [await lengthOf("soon", 0), await lengthOf("now", 0.5)];
  assert.ok(short >= 0.9 && long > 20, `${short} ms, ${long} ms`);
});

test("a turn that comes at once takes the place of one that was to come soon", async () => {
  const schedule = createTurns();
  const turns: string[] = [];
  schedule(() => turns.push("soon"), "soon", 0);
  schedule(() => turns.push("now"), "now", 0);
  assert.deepEqual(turns, []);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(turns, ["now"]);
});
