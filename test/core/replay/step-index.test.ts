import assert from "node:assert/strict";
import { test } from "node:test";
import { createMatcher } from "../../../src/core/replay/match.ts";
import { createStepIndex } from "../../../src/core/replay/step-index.ts";
import { asked, ignoring, stepOf } from "../../requests.ts";

test("where several steps match, the same list is given each time", () => {
  const steps = [stepOf(1, "NOOP"), stepOf(2, "CHECK"), stepOf(3, "NOOP")];
  const index = createStepIndex(steps, createMatcher("canonical"));
  assert.deepEqual(
    index.find(asked("noop")).map(({ id }) => id),
    [1, 3],
  );
  assert.equal(index.find(asked("NOOP")), index.find(asked("noop")));
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

test("a function is asked only for steps that may answer, and none of them is read for another", () => {
  const steps = [stepOf(1, "NOOP"), stepOf(2, "CHECK"), stepOf(3, "NOOP")];
  const read: number[] = [];
  const watched = steps.map((step) => ({
    ...step,
    get request() {
      read.push(step.id);
      return step.request;
    },
  }));
  const index = createStepIndex(
    watched,
    createMatcher(() => true),
  );
  assert.deepEqual(read, []);
  const found = index.find(asked("NOOP"), ({ id }) => id !== 2);
  assert.deepEqual(
    [found.map(({ id }) => id), read],
    [
      [1, 3],
      [1, 3],
    ],
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
