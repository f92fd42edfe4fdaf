import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIONS, actionOf, type Place } from "../../../src/tui/model/action.ts";
import { helpLines, hintsOf, keyName } from "../../../src/tui/view/help.ts";
import type { Line } from "../../../src/tui/view/style.ts";

const PLACES: readonly Place[] = ["exchanges", "details", "connections", "session", "help"];

function text(line: Line): string {
  return line.map((piece) => piece.text).join("");
}

test("every action stands in the help with all its keys, in 78 columns", () => {
  const lines = helpLines().map(text);
  for (const { keys, help } of ACTIONS) {
    const line = lines.find((each) => each.includes(help)) ?? "";
    for (const key of keys) assert.ok(line.includes(keyName(key)), `${key} of ${help}`);
  }
  assert.deepEqual(
    lines.filter((line) => line.length > 78),
    [],
  );
});

test("hints are whole, fit, and always name help and quit", () => {
  for (const place of PLACES) {
    for (const columns of [20, 40, 80, 120, 200]) {
      const hints = text(hintsOf({ place, mayRecord: true }, columns));
      assert.ok(hints.length <= Math.max(columns, 20), `${place} in ${columns}: ${hints}`);
      assert.match(hints, / \? help {2}q quit $/);
      assert.equal(/Esc back/.test(hints), place !== "exchanges" && columns > 20, `${place} in ${columns}`);
    }
  }
});

test("at 80 columns the hints name what one looks for first", () => {
  assert.equal(
    text(hintsOf({ place: "exchanges", mayRecord: true }, 80)),
    " Enter open  / find  w slow  e NO/BAD  i explain  c connections  ? help  q quit ",
  );
  assert.equal(
    text(hintsOf({ place: "details", mayRecord: true }, 80)),
    " Enter fold  Tab view  J next  i explain  y copy  Esc back  ? help  q quit ",
  );
  assert.equal(
    text(hintsOf({ place: "connections", mayRecord: true }, 80)),
    " Space pick  Enter show it  | side by side  s session  Esc back  ? help  q quit ",
  );
});

test("recording is hinted at where it can begin, and nowhere else", () => {
  for (const place of PLACES) {
    assert.match(text(hintsOf({ place, mayRecord: true }, 400)), /R record/, place);
    assert.doesNotMatch(text(hintsOf({ place, mayRecord: false }, 400)), /record/, place);
  }
});

test("a key that is hinted at does something there", () => {
  for (const place of PLACES) {
    for (const { keys, places, hint } of ACTIONS) {
      if (hint === undefined || !places.includes(place)) continue;
      assert.notEqual(actionOf(keys[0] ?? "", place), undefined);
    }
  }
});
