import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExchangeMaterial } from "../../../src/tui/details/material.ts";
import { exchange, opened, started } from "../../observations.ts";
import { type Acting, acting, createRowSet, exchanges, manyExchanges } from "./acting.ts";

/** Keys, and the tag at the cursor after them. */
const MOVES: readonly (readonly [keys: readonly string[], tag: string])[] = [
  [[], "a100"],
  [["k"], "a99"],
  [["up", "up", "j"], "a99"],
  [["g"], "open"],
  [["g", "j"], "a1"],
  [["home", "pagedown"], "a20"],
  [["g", "C-d"], "a10"],
  [["g", "G"], "a100"],
  [["pageup"], "a80"],
  [["C-u", "C-u"], "a80"],
  [["j"], "a100"],
];

for (const [keys, tag] of MOVES) {
  test(`moving: ${keys.join(" ") || "nothing"} leads to ${tag}`, () => {
    const actor = acting();
    actor.add(...manyExchanges(100));
    actor.press(...keys);
    assert.equal(actor.at(), tag);
    const { top } = actor.state;
    const cursor = actor.list.positionOf(actor.state.cursor ?? 0);
    assert.ok(cursor >= top && cursor < top + 21, "the cursor is in sight");
  });
}

test("the table follows what comes until one moves, and again with G", () => {
  const actor = acting();
  actor.add(...manyExchanges(3));
  assert.equal(actor.at(), "a3");
  actor.add(started({ id: 50, tag: "b1" }));
  assert.equal(actor.at(), "b1");
  actor.press("k");
  actor.add(started({ id: 51, tag: "b2" }));
  assert.equal(actor.at(), "a3");
  actor.press("G");
  actor.add(started({ id: 52, tag: "b3" }));
  assert.equal(actor.at(), "b3");
});

test("held still, the table shows nothing new, and everything again afterwards", () => {
  const actor = acting();
  actor.add(...manyExchanges(3));
  actor.press("p");
  actor.add(started({ id: 50, tag: "b1" }));
  actor.press("j", "j", "G");
  assert.equal(actor.at(), "a3");
  actor.press("p", "G");
  assert.equal(actor.at(), "b1");
});

test("the next and previous NO or BAD", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "NO", "OK", "BAD", "OK"));
  actor.press("g", "e");
  assert.equal(actor.at(), "a2");
  actor.press("e");
  assert.equal(actor.at(), "a4");
  actor.press("e");
  assert.equal(actor.at(), "a4");
  assert.match(actor.state.message?.text ?? "", /no further/);
  actor.press("E");
  assert.equal(actor.at(), "a2");
});

test("the slowest, the next slowest, and from the slowest again", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK", "OK"));
  const found = ["w", "w", "w", "w"].map((key) => {
    actor.press(key);
    return actor.at();
  });
  assert.deepEqual(found, ["a3", "a2", "a1", "a3"]);
  actor.press("k", "w");
  assert.equal(actor.at(), "a3", "after anything else it begins anew");
});

test("a filter is asked for, with a wrong one kept open, and put in force", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "NO"));
  actor.press("/", '"status:"', "enter");
  assert.notEqual(actor.state.prompt, undefined);
  actor.press('"no"', "enter");
  assert.equal(actor.state.prompt, undefined);
  assert.deepEqual(actor.effects, [{ kind: "choose", filterChanged: true }]);
  assert.equal(actor.state.filter?.text, "status:no");
  actor.press("x");
  assert.equal(actor.state.filter?.only, false);
  actor.press("escape");
  assert.equal(actor.state.filter, undefined);
  assert.deepEqual(actor.effects, [{ kind: "choose", filterChanged: true }]);
});

test("what is typed at a prompt does nothing else", () => {
  const actor = acting();
  actor.add(...exchanges("OK"));
  actor.press("/", '"quit"');
  assert.deepEqual(actor.effects, []);
  actor.press("escape", "q");
  assert.deepEqual(actor.effects, [{ kind: "quit" }]);
});

test("pasted text is no command", () => {
  const actor = acting();
  actor.happen({ kind: "input", input: { kind: "paste", text: "q" } });
  assert.deepEqual(actor.effects, []);
});

test("from match to match", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK", "OK", "OK"));
  actor.press("n");
  assert.match(actor.state.message?.text ?? "", /no filter/);
  const matched = createRowSet();
  for (const row of [1, 3]) matched.set(row, true);
  actor.facts.matched = matched;
  actor.press("g", "n");
  assert.equal(actor.at(), "a2");
  actor.press("n");
  assert.equal(actor.at(), "a4");
  actor.press("N");
  assert.equal(actor.at(), "a2");
});

test("to a tag, to a time, and to the last row behind every time", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK", "OK"));
  actor.press("t", '"a2"', "enter");
  assert.equal(actor.at(), "a2");
  actor.press("t", '"zz"', "enter");
  assert.match(actor.state.message?.text ?? "", /zz/);
  actor.press("@", '"+2.5"', "enter");
  assert.equal(actor.at(), "a3");
  actor.press("@", '"12:00:01"', "enter");
  assert.equal(actor.at(), "a1");
  actor.press("@", '"+99"', "enter");
  assert.equal(actor.at(), "a3");
});

test("looking inside reads back what is at the cursor, and again when that moves", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK"));
  actor.press("enter");
  assert.equal(actor.state.place, "details");
  assert.deepEqual(actor.effects, [{ kind: "recall", row: 1 }]);
  actor.press("tab");
  assert.equal(actor.state.details.tab, "structure");
  assert.deepEqual(actor.effects, []);
  actor.press("K");
  assert.deepEqual(actor.effects, [{ kind: "recall", row: 0 }]);
  actor.press("escape");
  assert.equal(actor.state.place, "exchanges");
  actor.press("i");
  assert.equal(actor.state.details.tab, "words");
});

test("what was read back for another row is not shown", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK"));
  actor.press("enter", "K");
  actor.happen({ kind: "recallFailed", row: 1, reason: "late" });
  assert.equal(actor.state.details.failure, undefined);
});

test("connections are picked one by one, alone, or all", () => {
  const actor = acting();
  actor.add(opened(1), opened(2), started({ id: 1, connection: 2, tag: "b" }));
  actor.press("c", "j", "space");
  assert.deepEqual(actor.state.picked, new Set([2]));
  assert.deepEqual(actor.effects, [{ kind: "choose", filterChanged: false }]);
  actor.press("k", "space");
  assert.deepEqual(actor.state.picked, new Set([2, 1]));
  actor.press("space", "space", "a");
  assert.equal(actor.state.picked, undefined);
  actor.press("enter");
  assert.deepEqual([actor.state.place, actor.state.picked], ["exchanges", new Set([1])]);
  actor.press("a", "G", "o");
  assert.deepEqual(actor.state.picked, new Set([2]));
});

test("marks and comments", () => {
  const actor = acting();
  actor.add(...exchanges("OK", "OK", "OK"));
  actor.press("g", "m", "G", ";", '"why?"', "enter");
  assert.deepEqual([...actor.state.marks], [0]);
  assert.deepEqual([...actor.state.comments], [[2, "why?"]]);
  assert.deepEqual(actor.effects, [{ kind: "note", row: 2 }]);
  actor.press("g", "'");
  assert.equal(actor.at(), "a3");
  actor.press(";", "C-u", "enter");
  assert.equal(actor.state.comments.size, 0);
});

test("help and session come back to where they were asked for", () => {
  const actor = acting();
  actor.add(opened(1), ...exchanges("OK"));
  actor.press("enter", "?", "j", "escape");
  assert.equal(actor.state.place, "details");
  actor.press("s");
  assert.equal(actor.state.place, "session");
  assert.equal(actor.effects[0]?.kind, "recallSession");
  actor.press("?", "escape", "escape");
  assert.equal(actor.state.place, "details");
});

test("a smaller window keeps the cursor in sight", () => {
  const actor = acting(60);
  actor.add(...manyExchanges(100));
  actor.press("k", "k", "k");
  actor.happen({ kind: "resize", size: { columns: 80, rows: 24 } });
  const cursor = actor.list.positionOf(actor.state.cursor ?? 0);
  assert.ok(cursor >= actor.state.top && cursor < actor.state.top + 21);
});

test("copying, saving, recording and hiding are asked of the world", () => {
  const actor = acting();
  actor.state = { ...actor.state, mayRecord: true };
  actor.add(...exchanges("OK"));
  actor.press("y");
  assert.deepEqual(actor.effects, [{ kind: "copy", row: 0, as: "transcript" }]);
  actor.press("Y");
  assert.deepEqual(actor.effects, [{ kind: "copy", row: 0, as: "json" }]);
  actor.press("S");
  assert.match(actor.state.prompt?.editor.text ?? "", /^imapscope-\d{8}-\d{6}\.imapcap$/);
  actor.press("C-u", '"x.imapcap"', "enter");
  assert.deepEqual(actor.effects, [{ kind: "save", path: "x.imapcap" }]);
  actor.press("R", "C-u", '"y.imapcap"', "enter");
  assert.deepEqual(actor.effects, [{ kind: "record", path: "y.imapcap" }]);
  actor.happen({ kind: "recording", path: "y.imapcap" });
  actor.press("R");
  assert.deepEqual(actor.effects, [{ kind: "record", path: undefined }]);
  actor.press("H");
  assert.equal(actor.state.hidden, true);
});

/** Details of the exchange in the only row, in flight, with a mail that was decoded. */
function lookingAt(): { readonly actor: Acting; readonly material: ExchangeMaterial } {
  const actor = acting();
  actor.add(started({ id: 1, tag: "a1" }));
  actor.press("enter");
  const made = exchange({ id: 1, tag: "a1", end: "inFlight" });
  const mails = new Map([["literal/1.0", { headers: [], text: "", fromHtml: false, attachments: [] }]]);
  const material: ExchangeMaterial = {
    ...{ kind: "exchange", exchange: made, dialogue: [], leftOut: 0, id: 1, connection: undefined, mails },
  };
  actor.happen({ kind: "recalled", row: 0, material });
  return { actor, material };
}

test("an exchange that goes on stands in its details as it does now, but not in those of another row", () => {
  const { actor, material } = lookingAt();
  const octets = { clientToServer: 9, serverToClient: 400_000 };
  const now = { ...material.exchange, octets };
  actor.happen({ kind: "progress", row: 5, exchange: now });
  assert.deepEqual(actor.state.details.material, material);
  actor.happen({ kind: "progress", row: 0, exchange: now });
  assert.deepEqual(actor.state.details.material, { ...material, exchange: now });
});

test("what is read back again keeps its mails, its folds and the place where one is", () => {
  const { actor, material } = lookingAt();
  Object.assign(actor.facts, { detailLines: () => Array.from({ length: 9 }, () => ({ line: [] })) });
  actor.press("j", "j");
  actor.happen({ kind: "recalled", row: 0, material: { ...material, mails: new Map() } });
  const { cursor, reading } = actor.state.details;
  assert.deepEqual([cursor, reading, actor.state.details.material], [2, false, material]);
  actor.happen({ kind: "recallFailed", row: 0, reason: "it is no longer kept" });
  assert.deepEqual(actor.state.details.material, material, "what is there stays");
  assert.equal(actor.state.details.failure, undefined);
});

test("where there are fewer lines than before, the cursor is in them", () => {
  const { actor, material } = lookingAt();
  let length = 9;
  Object.assign(actor.facts, { detailLines: () => Array.from({ length }, () => ({ line: [] })) });
  actor.press("G");
  length = 3;
  actor.happen({ kind: "recalled", row: 0, material });
  assert.equal(actor.state.details.cursor, 2);
});

test("where nothing can be recorded that is said at once, and what is recorded already", () => {
  const actor = acting();
  actor.press("R");
  assert.match(actor.state.message?.text ?? "", /nothing to record: this is a capture/);
  assert.equal(actor.state.prompt, undefined);
  actor.state = { ...actor.state, recording: "day.imapcap" };
  actor.press("R");
  assert.match(actor.state.message?.text ?? "", /recorded already, to day\.imapcap/);
  assert.deepEqual(actor.effects, []);
});

/** Keys that hold the table still and let it go again. */
const PAUSES: readonly (readonly string[])[] = [
  ["p", "p"],
  ["p", "k", "k", "p"],
  ["p", "enter", "escape", "p"],
  ["p", "escape"],
];

for (const keys of PAUSES) {
  test(`${keys.join(" ")} brings back whether the table followed`, () => {
    const actor = acting();
    actor.add(...manyExchanges(50));
    actor.press(...keys);
    assert.deepEqual([actor.state.following, actor.state.pausedAt], [true, undefined]);
    actor.add(...exchanges("NO"));
    assert.equal(actor.state.cursor, actor.facts.rows.count() - 1);
    actor.press("g", ...keys);
    assert.deepEqual([actor.state.following, actor.state.pausedAt], [false, undefined]);
  });
}
