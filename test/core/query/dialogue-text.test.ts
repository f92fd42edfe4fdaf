import assert from "node:assert/strict";
import { test } from "node:test";
import { createDialogueText, search } from "../../../src/core/query/dialogue-text.ts";
import { createPattern } from "../../../src/core/query/pattern.ts";
import { closed, completed, push, response, started } from "../../observations.ts";

const PATTERNS = [createPattern("needle"), createPattern("straw")];

test("the numbers of the patterns that stand in some text", () => {
  assert.deepEqual([...search(["a Needle", undefined], PATTERNS)], [0]);
  assert.deepEqual([...search([], PATTERNS)], []);
});

test("only exchanges that began are remembered, so that nothing is left behind by late responses", () => {
  const dialogue = createDialogueText(PATTERNS);
  dialogue.take(response("* needle"));
  assert.deepEqual([...dialogue.take(completed())], []);
  dialogue.take(started());
  dialogue.take(response("* straw"));
  dialogue.take(response("* needle"));
  assert.deepEqual([...dialogue.take(completed())].sort(), [0, 1]);
});

test("the text of a push is that of its own response", () => {
  const dialogue = createDialogueText(PATTERNS);
  const attribution = {
    certainty: "unsolicited",
    exchange: undefined,
    candidates: [],
    during: undefined,
  } as const;
  const unsolicited = response("* needle", { attribution });
  dialogue.take(unsolicited);
  assert.deepEqual([...dialogue.take(push({ response: unsolicited.response }))], [0]);
  assert.deepEqual([...dialogue.take(push())], []);
  dialogue.take(closed());
  assert.deepEqual([...dialogue.take(push({ response: unsolicited.response }))], []);
});
