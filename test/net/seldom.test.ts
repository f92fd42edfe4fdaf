import assert from "node:assert/strict";
import { test } from "node:test";
import { seldom } from "../../src/net/seldom.ts";

test("the first is told at once, then one a minute with how many there were", () => {
  let nowMicros = 0;
  const told: string[] = [];
  const tell = seldom({ startedAt: new Date(0), micros: () => nowMicros }, ({ text }) => told.push(text));
  for (const seconds of [0, 1, 2, 59, 60, 61, 300]) {
    nowMicros = seconds * 1e6;
    tell((times) => ({ level: "error", text: `${seconds} s: ${times}` }));
  }
  assert.deepEqual(told, ["0 s: 1", "60 s: 4", "300 s: 2"]);
});
