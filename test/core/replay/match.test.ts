import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, createMatcher } from "../../../src/core/replay/match.ts";
import { asked } from "../../requests.ts";

test("exactly is by octets, canonically by meaning, by a function as that says", () => {
  const recorded = asked('SELECT "INBOX"');
  const rows = [
    ['SELECT "INBOX"', true, true, false],
    ["select inbox", false, true, false],
    ["EXAMINE INBOX", false, false, true],
  ] as const;
  for (const [text, exact, canonical, own] of rows) {
    assert.equal(createMatcher("exact").matches(asked(text), recorded), exact, text);
    assert.equal(createMatcher("canonical").matches(asked(text), recorded), canonical, text);
    const byName = createMatcher(({ command }) => command.name === "EXAMINE");
    assert.equal(byName.matches(asked(text), recorded), own, text);
  }
});

test("a mask in what was recorded stands for anything, and only there", () => {
  for (const [text, recorded, does] of [
    ["a secret b", "a xxxxxxxx b", true],
    ["a  b", "a xxxxxxxx b", true],
    ["a b", "a xxxxxxxx b", false],
    ["1 a 2 b 3", "xxxxxxxx a xxxxxxxx b xxxxxxxx", true],
    ["1 b 2 a 3", "xxxxxxxx a xxxxxxxx b xxxxxxxx", false],
    ["aba", "abxxxxxxxxba", false],
    ["a xxxxxxxx b", "a secret b", false],
  ] as const)
    assert.equal(covers(text, recorded), does, `${text} | ${recorded}`);
});
