import assert from "node:assert/strict";
import { test } from "node:test";
import { type Acting, acting, createRowSet, exchanges } from "./acting.ts";

/** Exchanges a1 to a9, at 1 to 9 s. */
const ALL = exchanges("OK", "OK", "OK", "OK", "OK", "OK", "OK", "OK", "OK");
/** Observations that begin and end an exchange. */
const OF_ONE = 2;

/** So many are read, and reading goes on. */
function reading(count: number): Acting {
  const actor = acting();
  actor.happen({ kind: "reading", share: 0 });
  actor.add(...ALL.slice(0, count * OF_ONE));
  return actor;
}

function read(actor: Acting, from: number, to: number): void {
  actor.add(...ALL.slice(from * OF_ONE, to * OF_ONE));
}

/** What is pressed, and where it leads, of 9 exchanges of which 3 are read at first. */
const LATER: readonly (readonly [keys: readonly string[], tag: string])[] = [
  [["@", '"+6"', "enter"], "a6"],
  [["@", '"+5.5"', "enter"], "a6"],
  [["@", '"+1h"', "enter"], "a9"],
  [["t", '"a6"', "enter"], "a6"],
  [["t", '"a9"', "enter"], "a9"],
];

for (const [keys, tag] of LATER) {
  test(`${keys.join(" ")} says that it is not read so far, and goes to ${tag} once it is`, () => {
    const actor = reading(3);
    actor.press("g", "j", ...keys);
    assert.equal(actor.at(), "a2");
    assert.match(actor.state.message?.text ?? "", /not read so far/);
    read(actor, 3, 4);
    assert.equal(actor.at(), "a2");
    read(actor, 4, 9);
    actor.happen({ kind: "reading", share: undefined });
    assert.equal(actor.at(), tag);
    assert.deepEqual([actor.state.goingTo, actor.state.message], [undefined, undefined]);
    assert.equal(actor.state.following, false);
  });
}

test("what is read already is gone to at once, also while reading goes on", () => {
  for (const keys of [
    ["@", '"+2"', "enter"],
    ["t", '"a2"', "enter"],
  ]) {
    const actor = reading(5);
    actor.press(...keys);
    assert.equal(actor.at(), "a2");
    assert.equal(actor.state.message, undefined);
  }
});

test("it goes there when the row comes, not when all is read", () => {
  const time = reading(3);
  time.press("@", '"+5"', "enter");
  read(time, 3, 6);
  assert.equal(time.at(), "a5");
  const tag = reading(3);
  tag.press("t", '"a5"', "enter");
  read(tag, 3, 6);
  assert.equal(tag.at(), "a5");
});

test("a key that is pressed before calls it off", () => {
  const actor = reading(3);
  actor.press("@", '"+5"', "enter", "g");
  read(actor, 3, 9);
  actor.happen({ kind: "reading", share: undefined });
  assert.equal(actor.at(), "a1");
});

test("a tag that is not there when all is read is said", () => {
  const actor = reading(3);
  actor.press("t", '"zz"', "enter");
  read(actor, 3, 9);
  actor.happen({ kind: "reading", share: undefined });
  assert.deepEqual(actor.state.message, { text: "no exchange with the tag zz is shown", bad: false });
});

test("while a filter looks through what came before, the row may still be found", () => {
  const actor = acting();
  actor.add(...ALL);
  actor.press("/", '"cmd:noop"', "enter");
  const matched = createRowSet();
  // What comes is found before what is looked through: the last row first.
  matched.set(8, true);
  actor.facts.matched = matched;
  actor.list.choose(matched.has);
  actor.happen({ kind: "searched", share: 0.1, matches: 1 });
  actor.press("@", '"+4"', "enter");
  assert.match(actor.state.message?.text ?? "", /not read so far/);
  matched.set(4, true);
  actor.list.offer(4);
  actor.happen({ kind: "searched", share: undefined, matches: 2 });
  assert.equal(actor.at(), "a5");
});

test("while the table is held still, a row that is not shown is not gone to", () => {
  const actor = reading(3);
  actor.press("p", "g", "t", '"a5"', "enter");
  read(actor, 3, 9);
  assert.equal(actor.at(), "a1");
  actor.happen({ kind: "reading", share: undefined });
  assert.deepEqual(actor.state.message, { text: "no exchange with the tag a5 is shown", bad: false });
});

test("what else is said meanwhile stays", () => {
  const actor = reading(3);
  actor.press("@", '"+5"', "enter");
  actor.happen({ kind: "said", text: "line 9 cannot be read", bad: true });
  read(actor, 3, 9);
  assert.equal(actor.at(), "a5");
  assert.equal(actor.state.message?.text, "line 9 cannot be read");
});
