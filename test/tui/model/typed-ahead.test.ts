import assert from "node:assert/strict";
import { test } from "node:test";
import type { Material } from "../../../src/tui/details/material.ts";
import { exchange } from "../../observations.ts";
import { type Acting, acting, exchanges } from "./acting.ts";

function reading(...keys: string[]): Acting {
  const actor = acting();
  actor.add(...exchanges("OK", "OK", "OK"));
  actor.press("enter", ...keys);
  return actor;
}

function material(): Material {
  const rest = { leftOut: 0, connection: undefined, mails: new Map() };
  return { kind: "exchange", exchange: exchange(), dialogue: [], id: 1, ...rest };
}

/** The keys that are typed at last. */
function typed({ effects }: Acting): readonly string[] {
  return effects.flatMap((effect) => (effect.kind === "type" ? effect.keys.map(({ name }) => name) : []));
}

test("keys for what is being read back wait for it, and all that follow them too", () => {
  const actor = reading("Z", "j", "/", '"cmd:q"', "enter");
  assert.equal(actor.state.prompt, undefined);
  assert.deepEqual(actor.effects, []);
  actor.happen({ kind: "recalled", row: 2, material: material() });
  assert.deepEqual(typed(actor), ["Z", "j", "/", ..."cmd:q", "enter"]);
  assert.deepEqual(actor.state.typedAhead, []);
});

test("where nothing can be read back, the keys that waited are typed all the same", () => {
  const actor = reading("i");
  actor.happen({ kind: "recallFailed", row: 2, reason: "gone" });
  assert.deepEqual(typed(actor), ["i"]);
});

test("what does not ask for it is done at once", () => {
  const actor = reading("K");
  assert.deepEqual(actor.effects, [{ kind: "recall", row: 1 }]);
  actor.press("3");
  assert.equal(actor.state.details.tab, "timings");
  actor.press("/", '"jZ"');
  assert.equal(actor.state.prompt?.editor.text, "jZ");
});

test("the ways out do not wait, and what waited is forgotten", () => {
  for (const key of ["escape", "C-c", "C-z"]) {
    const actor = reading("Z", "j", key);
    assert.deepEqual(actor.state.typedAhead, [], key);
    actor.happen({ kind: "recalled", row: 2, material: material() });
    assert.deepEqual(typed(actor), [], key);
  }
});

test("only so many keys wait", () => {
  const actor = reading(...Array.from({ length: 300 }, () => "j"));
  assert.equal(actor.state.typedAhead.length, 200);
});

test("a session is waited for too, and what becomes of it is told", () => {
  const actor = acting();
  actor.add(...exchanges("OK"));
  const asked = actor.facts.rows.connection(0);
  actor.press("s", "i");
  assert.equal(actor.state.typedAhead.length, 1);
  actor.happen({ kind: "sessionFailed", connection: asked + 1, reason: "another" });
  assert.equal(actor.state.session?.loading, true);
  actor.happen({ kind: "sessionFailed", connection: asked, reason: "gone" });
  assert.deepEqual(actor.state.message, { text: "gone", bad: true, names: true });
  assert.equal(actor.state.session?.loading, false);
  assert.deepEqual(typed(actor), ["i"]);
});

test("what is read back of a row that one has left meanwhile is there when one comes back", () => {
  const actor = reading("escape", "k");
  actor.happen({ kind: "recalled", row: 2, material: material() });
  actor.press("j", "enter");
  assert.equal(actor.state.details.reading, false);
  assert.notEqual(actor.state.details.material, undefined);
});
