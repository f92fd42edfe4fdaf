import assert from "node:assert/strict";
import { test } from "node:test";
import { TABS } from "../../../src/tui/details/material.ts";

test("there are four tabs, the dialogue first", () => {
  assert.deepEqual([...TABS], ["dialogue", "structure", "timings", "words"]);
});
