import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SEEN } from "../../../src/core/query/field-values.ts";
import { acting, exchanges } from "./acting.ts";

/** What is pressed, and the tag at the cursor then; exchanges a1 to a5 begin at 1 to 5 s, time 0 is noon. */
const JUMPS: readonly (readonly [keys: readonly string[], tag: string])[] = [
  [["t", '"a2"', "enter"], "a2"],
  [["t", '"zz"', "enter"], "a5"],
  [["t", '"a2"', "escape"], "a5"],
  [["@", '"+3"', "enter"], "a3"],
  [["@", '"+3.5"', "enter"], "a4"],
  [["@", '"12:00:02"', "enter"], "a2"],
  [["@", '"+1h"', "enter"], "a5"],
  // Before noon is the next day.
  [["@", '"11:00"', "enter"], "a5"],
];

for (const [keys, tag] of JUMPS) {
  test(`${keys.join(" ")} leads to ${tag}`, () => {
    const actor = acting();
    actor.add(...exchanges("OK", "OK", "OK", "OK", "OK"));
    actor.press(...keys);
    assert.equal(actor.at(), tag);
    assert.equal(actor.state.prompt, undefined);
  });
}

test("a tag that is not shown is said", () => {
  const actor = acting();
  actor.press("t", '"zz"', "enter");
  assert.deepEqual(actor.state.message, { text: "no exchange with the tag zz is shown", bad: false });
});

test("what was refused is asked again, unless something else is typed by then", () => {
  const actor = acting();
  actor.press("S", "C-u", '"x"', "enter");
  const refused = { kind: "refused", prompt: "saveAs", text: "x", reason: "x exists already" } as const;
  actor.happen(refused);
  const { prompt } = actor.state;
  assert.deepEqual(
    [prompt?.kind, prompt?.editor.text, prompt?.error?.message, prompt?.refused],
    ["saveAs", "x", "x exists already", true],
  );
  actor.press('"y"');
  assert.deepEqual([actor.state.prompt?.editor.text, actor.state.prompt?.error], ["xy", undefined]);
  actor.press("escape", "/");
  actor.happen(refused);
  assert.equal(actor.state.prompt?.kind, "filter");
  assert.deepEqual(actor.state.message, { text: "x exists already", bad: true });
});

test("what was accepted is remembered of each kind, once and the newest last", () => {
  const actor = acting();
  actor.press("/", '"cmd:a"', "enter", "/", "C-u", '"cmd:b"', "enter", "/", "C-u", '"cmd:a"', "enter");
  assert.deepEqual(actor.state.history.get("filter"), ["cmd:b", "cmd:a"]);
  actor.press("t", "up");
  assert.equal(actor.state.prompt?.editor.text, "");
  actor.press("escape", "/", "C-u", "up", "up");
  assert.equal(actor.state.prompt?.editor.text, "cmd:b");
});

test("an empty filter takes it away, and a new one keeps whether only matches are shown", () => {
  const actor = acting();
  actor.press("/", '"cmd:a"', "enter", "x", "/", '" push"', "enter");
  assert.deepEqual(actor.state.filter, { text: "cmd:a push", only: false, searching: 0, matches: 0 });
  actor.press("/", "C-u", "enter");
  assert.equal(actor.state.filter, undefined);
});

test("the mouse does nothing to a prompt, and what is pasted is typed", () => {
  const actor = acting();
  actor.press("/");
  actor.happen({ kind: "input", input: { kind: "click", x: 1, y: 1 } });
  actor.happen({ kind: "input", input: { kind: "paste", text: "cmd:noop" } });
  assert.equal(actor.state.prompt?.editor.text, "cmd:noop");
});

test("while content is hidden no names of mailboxes are offered", () => {
  const actor = acting();
  const facts = { ...actor.facts, seen: () => ({ ...NOTHING_SEEN, mailboxes: ["Secret plans"] }) };
  Object.assign(actor.facts, facts);
  actor.press("/", '"mailbox:"');
  assert.match(JSON.stringify(actor.state.prompt), /Secret plans/);
  actor.press("escape", "H", "/", '"mailbox:"');
  assert.doesNotMatch(JSON.stringify(actor.state.prompt), /Secret plans/);
});
