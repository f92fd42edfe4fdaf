import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { createServed } from "../../src/net/served.ts";

/** `+` is a client that comes, `-` one that leaves having said something, `.` one that leaves having said nothing. */
async function isOver(clients: number, happens: string, silenceMs = 1e6): Promise<boolean> {
  const served = createServed({ clients, silenceMs });
  let over = false;
  void served.over.then(() => {
    over = true;
  });
  for (const one of happens) {
    if (one === "+") served.opened();
    else served.closed(one === "-");
  }
  await turn();
  return over;
}

const ROWS: readonly (readonly [what: string, clients: number, happens: string, over: boolean])[] = [
  ["nobody has come", 1, "", false],
  ["one is still there", 1, "+", false],
  ["the only one has left", 1, "+-", true],
  ["one of two has left, and the other has not come", 2, "+-", false],
  ["two came one after the other", 2, "+-+-", true],
  ["two came at once, and one is still there", 2, "++-", false],
  ["two came at once, and both have left", 2, "++--", true],
  ["more came than were expected, and one is still there", 2, "+++--", false],
  ["somebody has looked whether anybody listens", 1, "+.", false],
  ["somebody has looked before the client came", 1, "+.+-", true],
  ["somebody has looked where no client will say anything", 0, "+.", true],
  ["somebody looks while the client is there", 1, "++.", false],
];

for (const [what, clients, happens, over] of ROWS) {
  test(`of ${clients} expected: ${what}: ${over ? "over" : "not over"}`, async () => {
    assert.equal(await isOver(clients, happens), over);
  });
}

test("where fewer come than were expected, it is over after a silence that nobody breaks", async () => {
  const served = createServed({ clients: 3, silenceMs: 1 });
  served.opened();
  served.closed(true);
  // Its own timer keeps nothing running.
  const running = setInterval(() => {}, 1000);
  await served.over;
  clearInterval(running);
});
