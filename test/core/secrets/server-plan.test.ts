/** The whole masker is tested in masker.test.ts; here is when a server line must be seen to its end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../src/core/base/octets.ts";
import { createPhase } from "../../../src/core/dialogue/phase.ts";
import { KnownSecrets } from "../../../src/core/secrets/known-secrets.ts";
import { serverPlan } from "../../../src/core/secrets/server-plan.ts";

const context = {
  phase: createPhase(false),
  secrets: new KnownSecrets(),
  isMaskedTag: () => false,
  unfinished: () => "",
};

test("data pass as soon as their name is known; text waits for its end", () => {
  const kind = (part: string): string => serverPlan(utf8(part), false, context).kind;
  assert.equal(kind("* 12 FET"), "undecided");
  assert.equal(kind("* 12 FETCH ("), "pass");
  assert.equal(kind("* LIST ("), "pass");
  assert.equal(kind("* OK we"), "undecided");
  assert.equal(kind("a1 NO we"), "undecided");
  assert.equal(kind("* JMAPACCESS h"), "secretFrom");
});

test("a challenge is a secret while an authentication exchange runs", () => {
  const phase = createPhase(false);
  phase.sasl = { ordinal: 1, mechanism: "CRAM-MD5", begun: false, asked: false };
  const plan = serverPlan(utf8("+ PDEy"), false, { ...context, phase });
  assert.equal(plan.kind === "secretFrom" && plan.offset, 2);
});

test("what is no response may be a spoiled challenge while an authentication exchange runs, and only then", () => {
  const phase = createPhase(false);
  phase.sasl = { ordinal: 1, mechanism: "SCRAM-SHA-256", begun: true, asked: false };
  for (const [line, offset] of [
    ["\0 PDEy\r\n", 0],
    ["PDEy\r\n", 0],
    ["* PDEy\r\n", 2],
  ] as const) {
    const plan = serverPlan(utf8(line), true, { ...context, phase });
    assert.equal(plan.kind === "secretFrom" && plan.offset, offset, line);
    assert.equal(serverPlan(utf8(line), true, context).kind, "pass", line);
  }
  assert.equal(serverPlan(utf8("* CAPABILITY IMAP4rev1\r\n"), true, { ...context, phase }).kind, "pass");
});
