import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SEEN } from "../../../src/core/query/field-values.ts";
import { EDITOR_KEYS } from "../../../src/tui/model/line-editor.ts";
import {
  openPrompt,
  PROMPT_KEYS,
  type Prompt,
  type PromptResult,
  updatePrompt,
} from "../../../src/tui/model/prompt.ts";
import type { PromptKind } from "../../../src/tui/model/prompt-kinds.ts";
import { key, keys } from "../keys.ts";

const seen = { ...NOTHING_SEEN, mailboxes: ["INBOX", "Sent Items"], tags: ["a1", "a2"] };

/** `|` is the caret of the line, `*` says that it was refused, and the number is the column of what is wrong. */
const ROWS: readonly (readonly [kind: PromptKind, pressed: string, after: string])[] = [
  ["filter", '"push"', "push|"],
  ["filter", '"push" escape', "cancelled"],
  ["filter", '"push" C-c', "cancelled"],
  ["filter", "C-g", "cancelled"],
  ["filter", "enter", 'accepted ""'],
  ["filter", '"push" enter', 'accepted "push"'],
  ["filter", '"wai"', "wai|"],
  ["filter", '"wiat>5"', "wiat>5| 1"],
  ["filter", '"push wiat>5" enter', "push |wiat>5 *6"],
  ["filter", '"wiat>5" enter delete delete "ai"', "ai|at>5 1"],
  ["filter", '"push (tls" enter', "push (tls| *6"],
  ["filter", '"push (tls" enter ")" enter', 'accepted "push (tls)"'],
  // Tab and Shift-Tab
  ["filter", '"kind:re" tab', "kind:request|"],
  ["filter", '"kind:re" tab tab', "kind:response|"],
  ["filter", '"kind:re" tab tab tab', "kind:request|"],
  ["filter", '"kind:re" S-tab', "kind:response|"],
  ["filter", '"kind:re" S-tab S-tab', "kind:request|"],
  ["filter", '"kind:re" tab S-tab', "kind:response|"],
  ["filter", '"kind:re" tab enter', 'accepted "kind:request"'],
  ["filter", '"kind:re" tab tab C-_', "kind:re| 6"],
  ["filter", '"kind:re" tab "x"', "kind:requestx| 6"],
  // What is completed stands in the middle of the line.
  ["filter", '"mailbox:se push" C-a C-right C-right tab', 'mailbox:"Sent Items"| push'],
  // A single completion is taken at once, and the next Tab completes what comes then.
  ["filter", '"untag" tab', "untagged>| 10"],
  ["filter", '"untag" tab tab', "untagged>100|"],
  ["filter", '"subject:x" tab', "subject:x| 1"],
  ["tag", '"a" tab tab enter', 'accepted "a2"'],
  ["tag", "enter", "| *1"],
  ["tag", '"a b" enter', "a| b *2"],
  ["time", '"14:63" enter', "14:|63 *4"],
  ["time", '"14:03" enter', 'accepted "14:03"'],
  ["comment", '"so slow" enter', 'accepted "so slow"'],
  ["comment", "tab", "|"],
  ["saveAs", '"  " enter', "  | *3"],
];

for (const [kind, pressed, after] of ROWS) {
  test(`${kind}: ${pressed}`, () => assert.equal(shown(press(open(kind), pressed)), after));
}

test("what is accepted is a value, with the line as it was typed", () => {
  assert.deepEqual(press(open("tag"), '" a1 " enter'), {
    kind: "accepted",
    value: { kind: "tag", tag: "a1" },
    text: " a1 ",
  });
});

test("a text to begin with can be edited, and undone keys do not take it away", () => {
  const prompt = openPrompt("comment", seen, { text: "slow" });
  assert.equal(shown(press(prompt, '"er" C-_ C-_')), "slow|");
});

test("lines that were accepted before come back", () => {
  const prompt = openPrompt("filter", seen, { history: ["push", "wiat>5"] });
  assert.equal(shown(press(prompt, "up")), "wiat>5| 1");
  assert.equal(shown(press(prompt, "up up")), "push|");
});

test("what is pasted is text, never a command", () => {
  const result = updatePrompt(open("filter"), { kind: "paste", text: "cmd:fetch\nstatus:no\r\n" }, seen);
  assert.equal(shown(result), "cmd:fetch status:no |");
});

test("the list stays as it is while its completions are gone through, and is made anew by the next key", () => {
  const before = after(press(open("filter"), '"kind:re"'));
  const during = after(press(before, "tab"));
  assert.equal(during.completions, before.completions);
  assert.equal(during.chosen, 0);
  const behind = after(press(during, "backspace"));
  assert.equal(behind.chosen, undefined);
  assert.deepEqual(
    behind.completions.map(({ label }) => label),
    ["request"],
  );
});

test("no key is the prompt's own and the editor's, and none stands in a table twice", () => {
  const all = [...PROMPT_KEYS, ...EDITOR_KEYS].flatMap((row) => row.keys);
  assert.equal(new Set(all).size, all.length);
});

test("a key that does nothing gives the same prompt", () => {
  const prompt = open("filter");
  assert.equal(after(updatePrompt(prompt, key("f7"), seen)), prompt);
});

function open(kind: PromptKind): Prompt {
  return openPrompt(kind, seen);
}

function press(prompt: Prompt, written: string): PromptResult {
  let result: PromptResult = { kind: "open", prompt };
  for (const each of keys(written)) result = updatePrompt(after(result), each, seen);
  return result;
}

function after(result: PromptResult): Prompt {
  return result.kind === "open" ? result.prompt : assert.fail(result.kind);
}

function shown(result: PromptResult): string {
  if (result.kind === "cancelled") return "cancelled";
  if (result.kind === "accepted") return `accepted ${JSON.stringify(result.text)}`;
  const { editor, error, refused } = result.prompt;
  const line = `${editor.text.slice(0, editor.caret)}|${editor.text.slice(editor.caret)}`;
  return error === undefined ? line : `${line} ${refused ? "*" : ""}${error.column}`;
}
