import assert from "node:assert/strict";
import { test } from "node:test";
import { opened } from "../../observations.ts";
import { type Acting, acting, exchanges, manyExchanges } from "./acting.ts";

function click(actor: Acting, y: number): void {
  actor.happen({ kind: "input", input: { kind: "click", x: 3, y } });
}

test("the wheel moves, a click puts the cursor there, and one where it is looks inside", () => {
  const actor = acting();
  actor.add(...manyExchanges(50));
  actor.press("g");
  actor.happen({ kind: "input", input: { kind: "wheelDown", x: 3, y: 5 } });
  assert.equal(actor.at(), "a3");
  click(actor, 4);
  assert.equal(actor.at(), "a2");
  assert.equal(actor.state.following, false);
  assert.equal(actor.state.place, "exchanges");
  click(actor, 4);
  assert.equal(actor.at(), "a2");
  assert.equal(actor.state.place, "details");
});

test("beneath the rows, on the heading and on pages a click is nothing", () => {
  const actor = acting();
  actor.add(...exchanges("OK"));
  for (const y of [0, 1, 20, 22, 23]) {
    const before = actor.state;
    click(actor, y);
    assert.equal(actor.state.place, before.place, String(y));
  }
  actor.press("?");
  click(actor, 5);
  assert.equal(actor.state.place, "help");
});

test("of many connections the one that is seen there is meant, and a click where the cursor is shows it", () => {
  const actor = acting();
  actor.add(...Array.from({ length: 60 }, (_, i) => opened(i + 1)));
  actor.press("c", "G");
  assert.equal(actor.state.connectionCursor, 59);
  // The last twenty of them stand in lines 2 to 21; beneath is the one about the cursor's.
  click(actor, 2);
  assert.equal(actor.state.connectionCursor, 40);
  for (const y of [1, 22, 23]) {
    click(actor, y);
    assert.equal(actor.state.connectionCursor, 40, String(y));
  }
  click(actor, 11);
  const cursor = actor.state.connectionCursor;
  click(actor, 2 + 10);
  assert.deepEqual([...(actor.state.picked ?? [])], [cursor + 1]);
  assert.equal(actor.state.place, "exchanges");
});
