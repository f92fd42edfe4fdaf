import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SEEN } from "../../../src/core/query/field-values.ts";
import { PROMPT_KINDS, type PromptKind } from "../../../src/tui/model/prompt-kinds.ts";

const READ: readonly (readonly [kind: PromptKind, text: string, value: object])[] = [
  ["filter", "", { kind: "filter", filter: { kind: "and", terms: [] } }],
  ["filter", "push", { kind: "filter", filter: { kind: "is", of: "push" } }],
  ["tag", " a1 ", { kind: "tag", tag: "a1" }],
  ["time", "+1", { kind: "time", target: { kind: "offset", micros: 1_000_000 } }],
  ["comment", " why? ", { kind: "comment", comment: "why?" }],
  ["comment", "", { kind: "comment", comment: "" }],
  ["saveAs", " a b.imapcap", { kind: "saveAs", path: "a b.imapcap" }],
  ["recordTo", "a.imapcap", { kind: "recordTo", path: "a.imapcap" }],
];

for (const [kind, text, value] of READ) {
  test(`reads ${JSON.stringify(text)} as ${kind}`, () =>
    assert.deepEqual(PROMPT_KINDS[kind].read(text), value));
}

const REFUSED: readonly (readonly [kind: PromptKind, text: string, column: number, mended: number])[] = [
  ["filter", "push wiat>5", 6, 5],
  ["filter", "wait>", 6, 5],
  ["filter", 'push "foo', 6, 9],
  ["filter", "push (tls", 6, 9],
  ["filter", 'push (text:"x', 12, 13],
  ["filter", "((push", 2, 6],
  ["tag", "", 1, 0],
  ["time", "14:63", 4, 3],
  ["saveAs", " ", 2, 1],
  ["recordTo", "", 1, 0],
];

for (const [kind, text, column, mended] of REFUSED) {
  test(`refuses ${JSON.stringify(text)} as ${kind}, and puts the caret where that is mended`, () => {
    const error = PROMPT_KINDS[kind].read(text);
    assert.ok("message" in error);
    assert.equal(error.column, column);
    assert.equal(PROMPT_KINDS[kind].mend(text, error), mended);
  });
}

test("tags that were seen complete a tag, whatever its case", () => {
  const seen = { ...NOTHING_SEEN, tags: ["A1", "a2", "b1"] };
  const complete = (text: string) => PROMPT_KINDS.tag.complete(text, text.length, seen);
  assert.deepEqual(
    complete(" a").map(({ insert, from, to }) => [insert, from, to]),
    [
      ["A1", 0, 2],
      ["a2", 0, 2],
    ],
  );
  assert.deepEqual(complete("b1"), []);
});

test("only filters and tags are completed", () => {
  for (const kind of ["time", "comment", "saveAs", "recordTo"] as const) {
    assert.deepEqual(PROMPT_KINDS[kind].complete("", 0, NOTHING_SEEN), []);
  }
});
