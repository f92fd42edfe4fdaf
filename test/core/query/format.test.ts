import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Filter } from "../../../src/core/query/filter.ts";
import { formatFilter } from "../../../src/core/query/format.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";

const ROWS: readonly (readonly [source: string, text: string])[] = [
  ["", ""],
  ["fetch", '"fetch"'],
  ["cmd:fetch status:no wait>0.5s push", 'cmd:"fetch" status:"no" wait>500.000ms push'],
  ["a (b or c)", '"a" ("b" or "c")'],
  ["not (a b)", 'not ("a" "b")'],
  ["up>1.5k", "up>1500"],
  ['text:"say \\"hi\\" \\*"', 'text:"say \\"hi\\" \\*"'],
];

for (const [source, text] of ROWS) {
  test(`writes ${source}`, () =>
    assert.equal(formatFilter(parseFilter(source).filter ?? assert.fail()), text));
}

/** Terms as they are written, put together in all the ways there are. */
const source = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      "a",
      '"or"',
      "push",
      "defect",
      "cmd:fetch",
      'text:"a\\\\ \\" *"',
      "wait>1.5s",
      "down<=3M",
      "x\\y",
    ),
    fc.tuple(tie("filter"), tie("filter")).map(([a, b]) => `(${a}) ${b}`),
    fc.tuple(tie("filter"), tie("filter")).map(([a, b]) => `${a} or (${b})`),
    tie("filter").map((a) => `not (${a})`),
  ),
})).filter;

test("law: a filter that is written and read again is the same filter", () => {
  fc.assert(
    fc.property(source, (text) => {
      const filter: Filter = parseFilter(text).filter ?? assert.fail(text);
      assert.deepEqual(parseFilter(formatFilter(filter)).filter, filter);
    }),
  );
});
