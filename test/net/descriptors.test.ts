import assert from "node:assert/strict";
import { test } from "node:test";
import { connectionsFor, descriptorLimit, softLimit } from "../../src/net/descriptors.ts";

test("what the process needs itself is left to it, and one client is always served", () => {
  assert.deepEqual([connectionsFor(1024, 2), connectionsFor(64, 3), connectionsFor(20, 2)], [496, 10, 1]);
  assert.equal(connectionsFor(Number.POSITIVE_INFINITY, 2), Number.POSITIVE_INFINITY);
});

test("the limit is a number, or there is none", () => {
  assert.ok(descriptorLimit() > 20);
  assert.equal(softLimit({ userLimits: { open_files: { soft: 64, hard: "unlimited" } } }), 64);
  for (const report of [undefined, "", {}, { userLimits: { open_files: { soft: "unlimited" } } }]) {
    assert.equal(softLimit(report), Number.POSITIVE_INFINITY);
  }
});
