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

test("a click in a prompt puts the caret there, or takes the completion; elsewhere it is nothing", () => {
  const actor = acting();
  actor.add(...exchanges("OK"));
  const at = (x: number, y: number): string => {
    actor.happen({ kind: "input", input: { kind: "click", x, y } });
    const { text = "", caret = -1 } = actor.state.prompt?.editor ?? {};
    return `${text.slice(0, caret)}|${text.slice(caret)}`;
  };
  actor.press("/", '"stat"');
  const [first] = actor.state.prompt?.completions ?? [];
  assert.equal(first?.insert, "status:");
  // The box stands above the line, and that above its hint; where there are more than eight, a line of it tells so.
  const count = actor.state.prompt?.completions.length ?? 0;
  const top = 22 - (count > 8 ? 9 : count);
  assert.equal(at(2, 5), "stat|");
  assert.equal(at(3, 22), "st|at");
  assert.equal(at(79, 22), "stat|");
  assert.equal(at(0, 22), "|stat");
  actor.press("end");
  assert.equal(at(3, top), "status:|");
  assert.equal(actor.at(), "a1");
  assert.equal(actor.state.place, "exchanges");
  actor.press("escape");
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
