import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf } from "../../../src/core/base/leg.ts";

test("a direction is named after who sends", () => {
  assert.equal(directionOf("client"), "clientToServer");
  assert.equal(directionOf("server"), "serverToClient");
});
