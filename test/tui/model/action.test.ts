import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIONS, actionOf, GROUPS, type Place } from "../../../src/tui/model/action.ts";

const PLACES: readonly Place[] = ["exchanges", "details", "connections", "session", "help"];

test("no key means two things in one place", () => {
  for (const place of PLACES) {
    const keys = ACTIONS.filter(({ places }) => places.includes(place)).flatMap(({ keys }) => keys);
    assert.deepEqual(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
      place,
    );
  }
});

test("one can leave from everywhere, and get help", () => {
  for (const place of PLACES) {
    assert.equal(actionOf("q", place), "quit");
    assert.equal(actionOf("C-c", place), "quit");
    assert.equal(actionOf("escape", place), "back");
    assert.equal(actionOf("?", place), "help");
  }
});

test("every action has a key, a group and a sentence; names are not used twice", () => {
  for (const { keys, group, help } of ACTIONS) {
    assert.ok(keys.length > 0);
    assert.ok(GROUPS.includes(group));
    assert.ok(help.length > 3);
  }
  assert.equal(new Set(ACTIONS.map(({ name }) => name)).size, ACTIONS.length);
});

test("a key without a meaning there has none", () => {
  assert.equal(actionOf("z", "exchanges"), undefined);
  assert.equal(actionOf("f", "help"), undefined);
});
