import assert from "node:assert/strict";
import { test } from "node:test";
import { Draft } from "../../../src/core/replay/draft.ts";

function reply(name: string, from: number, fields: { readonly line?: Uint8Array } = {}) {
  const run = { connection: 1, from, to: from + 10 };
  return { run, name, tagged: false, tagAt: undefined, line: undefined, ...fields };
}

function shown({ replies }: Draft): readonly string[] {
  return replies.map(
    ({ cue, name, run, delayMicros }) => `${cue} ${name} ${run.from}-${run.to} +${delayMicros}`,
  );
}

test("a reply is due since what came last: the command, DONE, the completion", () => {
  const draft = new Draft(1, "a", 1000);
  draft.add(reply("EXISTS", 0), 1500);
  draft.reached("command", 2000);
  draft.add(reply("EXISTS", 10), 2600);
  draft.reached("done", 5000);
  draft.add(reply("EXISTS", 20), 5007);
  assert.equal(draft.isAnswered(), false);
  draft.reached("after", 6000);
  draft.add(reply("EXISTS", 30), 9000);
  assert.equal(draft.isAnswered(), true);
  assert.deepEqual(shown(draft), [
    "command EXISTS 0-10 +500",
    "command EXISTS 10-20 +600",
    "done EXISTS 20-30 +7",
    "after EXISTS 30-40 +3000",
  ]);
});

for (const [name, second, atMicros, joined] of [
  ["of a listing, at once", reply("FETCH", 10), 4000, true],
  ["later", reply("FETCH", 10), 6001, false],
  ["of another name", reply("LIST", 10), 1000, false],
  ["not the next in the stream", reply("FETCH", 11), 1000, false],
] as const)
  test(`a response joins the one before where it is ${name}: ${joined}`, () => {
    const draft = new Draft(1, "a", 0);
    draft.add(reply("FETCH", 0), 1000);
    draft.add(second, atMicros);
    assert.equal(draft.replies.length, joined ? 1 : 2);
  });

test("changes are told one by one, since they may have to be left out", () => {
  const draft = new Draft(1, "a", 0);
  draft.add(reply("EXPUNGE", 0), 0);
  draft.add(reply("EXPUNGE", 10), 0);
  assert.equal(draft.replies.length, 2);
});
