import assert from "node:assert/strict";
import { test } from "node:test";
import { StepsByKey } from "../../../src/core/replay/steps-by-key.ts";
import { stepOf } from "../../requests.ts";

const steps = ["NOOP", "CHECK", "NOOP", "CLOSE"].map((text, at) => stepOf(at + 1, text));

test("steps are found by their keys in their order, and those without a key are not", () => {
  const byCommand = new StepsByKey(steps, ({ command }) => (command === "CLOSE" ? undefined : command));
  const ids = (key: string) => byCommand.get(key).map(({ id }) => id);
  assert.deepEqual([ids("NOOP"), ids("CHECK"), ids("CLOSE"), ids("")], [[1, 3], [2], [], []]);
  assert.deepEqual([...byCommand.places("NOOP")], [0, 2]);
});

test("several steps with a key are the same list each time", () => {
  const byCommand = new StepsByKey(steps, ({ command }) => command);
  assert.equal(byCommand.get("NOOP"), byCommand.get("NOOP"));
});
