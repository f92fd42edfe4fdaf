import assert from "node:assert/strict";
import { test } from "node:test";
import { covers, createMatcher, createStepIndex } from "../../../src/core/replay/match.ts";
import { asked, ignoring, stepOf } from "../../requests.ts";

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

test("steps are found in their order, those with masks among the others", () => {
  const steps = [
    stepOf(1, "XA b xxxxxxxx"),
    stepOf(2, "XA b c"),
    stepOf(3, "XA b xxxxxxxx"),
    stepOf(4, "xa B C"),
    stepOf(5, "XA b d"),
  ];
  const index = createStepIndex(steps, createMatcher("canonical"));
  const find = (text: string) => [...index.find(asked(text))].map(({ id }) => id);
  assert.deepEqual(find("XA b c"), [1, 2, 3, 4]);
  assert.deepEqual(find("XA b d"), [1, 3, 5]);
  assert.deepEqual(find("XA b e"), [1, 3]);
  assert.deepEqual(find("XB b c"), []);
});

test("a function is asked for every step, and a rule holds in the search too", () => {
  const steps = [stepOf(1, "SELECT a"), stepOf(2, "NOOP"), stepOf(3, "SELECT b (CONDSTORE)")];
  const own = createStepIndex(
    steps,
    createMatcher((one, other) => one.command.name === other.command.name),
  );
  assert.deepEqual(
    [...own.find(asked("SELECT z"))].map(({ id }) => id),
    [1, 3],
  );
  const ruled = createStepIndex(steps, createMatcher("canonical", ignoring("field:parameters")));
  assert.deepEqual(
    [...ruled.find(asked("SELECT b"))].map(({ id }) => id),
    [3],
  );
});

test("a lookup among 100,000 steps compares with none of them", () => {
  let compared = 0;
  const matcher = createMatcher("canonical");
  const steps = Array.from({ length: 100_000 }, (_, id) => stepOf(id, "NOOP")).map((step, id) => {
    const set = { name: "set", value: String(id) };
    return { ...step, request: { ...step.request, fields: [...step.request.fields, set] } };
  });
  const index = createStepIndex(steps, {
    ...matcher,
    matches: (one, other) => {
      compared++;
      return matcher.matches(one, other);
    },
  });
  const wanted = steps[77_777];
  assert.ok(wanted !== undefined);
  assert.deepEqual(
    [...index.find(wanted.request)].map(({ id }) => id),
    [77_777],
  );
  assert.equal(compared, 0);
});
