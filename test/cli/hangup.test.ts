import assert from "node:assert/strict";
import { test } from "node:test";
import { hangupTest } from "../../src/cli/hangup.ts";

test("a terminal that was there and is gone is a hangup; where there was none, there is none", () => {
  const terminals = new Set([0, 2]);
  const isHungUp = hangupTest((descriptor) => terminals.has(descriptor));
  assert.equal(isHungUp(), false);
  terminals.delete(2);
  assert.equal(isHungUp(), true);
  assert.equal(hangupTest(() => false)(), false);
});
