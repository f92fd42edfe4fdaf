import assert from "node:assert/strict";
import { test } from "node:test";
import { ExchangeSet } from "../../../src/core/replay/exchange-set.ts";
import { unusedSteps } from "../../../src/core/replay/unused.ts";
import { stepOf } from "../../requests.ts";

const STEPS = [
  "LOGIN joe x",
  "NOOP",
  "UID SEARCH SEEN",
  "uid search seen",
  "STORE 1 FLAGS ()",
  "STORE 1 FLAGS ()",
].map((text, at) => stepOf(at + 1, text));

function unused(usedIds: readonly number[], sequence: "order" | "state"): Record<string, number[]> {
  const used = new ExchangeSet();
  for (const id of usedIds) used.add(id);
  const found = { needed: [] as number[], mayBe: [] as number[] };
  for (const { step, mayBe } of unusedSteps(STEPS, used, sequence))
    (mayBe ? found.mayBe : found.needed).push(step.id);
  return found;
}

test("what says nothing of the mail may go unused, and what reads or changes it may not", () => {
  assert.deepEqual(unused([], "state"), { mayBe: [1, 2], needed: [3, 4, 5, 6] });
  assert.deepEqual(unused([1, 2, 3, 4, 5, 6], "state"), { mayBe: [], needed: [] });
});

test("a look may go unused where its like was answered and the order does not count", () => {
  assert.deepEqual(unused([3, 5], "state"), { mayBe: [1, 2, 4], needed: [6] });
  assert.deepEqual(unused([3, 5], "order"), { mayBe: [1, 2], needed: [4, 6] });
});
