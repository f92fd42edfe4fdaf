/** The whole masker is tested in masker.test.ts; here is what parts of lines decide. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { createPhase } from "../../../src/core/dialogue/phase.ts";
import { clientPlan, followingPlan, literalSize } from "../../../src/core/secrets/client-plan.ts";

test("only an undecided tag, name or user is held back", () => {
  const phase = createPhase(false);
  const plan = (part: string): string => {
    const made = clientPlan(utf8(part), false, phase);
    return made.kind === "secretFrom" ? `secretFrom ${made.offset}` : made.kind;
  };
  assert.equal(plan("a1"), "undecided");
  assert.equal(plan("a1 LOG"), "undecided");
  assert.equal(plan("a1 NOOP "), "pass");
  assert.equal(plan("a1 LOGIN al"), "undecided");
  assert.equal(plan("a1 LOGIN alice h"), "secretFrom 15");
  assert.equal(plan('a1 LOGIN "al'), "undecided");
  assert.equal(plan("a1 LOGIN a(b"), "secretFrom 9");
  assert.equal(plan("hunter2 what"), "undecided");
  assert.equal(plan("hunter2 what is"), "secretFrom 0");
});

test("the line behind the user's literal is secret behind its space", () => {
  const plan = followingPlan(utf8(" pw"), true, "secretArgument");
  assert.equal(plan.kind === "secretFrom" && plan.offset, 1);
});

test("the size in a header", () => {
  assert.deepEqual(literalSize(4, utf8("URL ~{123+}")), { start: 6, end: 9, by: "literalSize" });
});
