import assert from "node:assert/strict";
import { test } from "node:test";
import { createLane } from "../../../src/core/secrets/lane.ts";

test("a direction begins at an open line, with nothing held and no secret", () => {
  const lane = createLane();
  assert.equal(lane.mode, "open");
  assert.equal(lane.held.isEmpty(), true);
  assert.equal(lane.secret.octets, 0);
  assert.notEqual(createLane().held, lane.held);
});
