import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Filter } from "../../../src/core/query/filter.ts";
import { formatFilterError, parseFilter } from "../../../src/core/query/parse.ts";
import { anyCharacter } from "../../any-character.ts";

const a: Filter = { kind: "word", pattern: "a" };
const b: Filter = { kind: "word", pattern: "b" };
const c: Filter = { kind: "word", pattern: "c" };

const ROWS: readonly (readonly [source: string, filter: Filter])[] = [
  ["", { kind: "and", terms: [] }],
  ["a", a],
  ["a b", { kind: "and", terms: [a, b] }],
  ["a or b c", { kind: "or", terms: [a, { kind: "and", terms: [b, c] }] }],
  ["(a or b) c", { kind: "and", terms: [{ kind: "or", terms: [a, b] }, c] }],
  ["not a b", { kind: "and", terms: [{ kind: "not", term: a }, b] }],
  ["NOT not a", { kind: "not", term: { kind: "not", term: a } }],
  ["not (a OR b)", { kind: "not", term: { kind: "or", terms: [a, b] } }],
  ["((a))", a],
  ['"or"', { kind: "word", pattern: "or" }],
];

for (const [source, filter] of ROWS) {
  test(`reads ${JSON.stringify(source)}`, () => assert.deepEqual(parseFilter(source), { filter }));
}

const ERRORS: readonly (readonly [source: string, column: number, message: RegExp])[] = [
  ["(a", 1, /not closed/],
  ["a)", 2, /No parenthesis is open/],
  ["()", 2, /term is missing/],
  ["a or", 5, /term is missing/],
  ["or a", 1, /term is missing/],
  ["a not", 6, /term is missing/],
  ["not or a", 5, /term is missing/],
  ["a and b", 3, /already mean and/],
  ['a "b', 3, /quote is not closed/],
  ["wiat>500ms", 1, /Did you mean wait\?/],
  ["a subject:x", 3, /no field subject\. The fields are cmd, /],
  ["wait>500m", 6, /500m is not a time: write for example wait>500ms/],
  ["up>2s", 4, /not a count: write for example up>100/],
  ["total>", 7, /number is missing/],
  ["cmd:", 5, /value is missing/],
  ["cmd>fetch", 1, /not a number: write cmd:value/],
  ["kind:pusch", 6, /Did you mean push/],
  ["kind:frobnicate", 6, /The kinds are exchange, /],
  ["cmd:fetch status:maybe", 18, /The statuses are NO, BAD, OK, /],
  ['""', 1, /nothing to search for/],
  [`${"(".repeat(200)}a${")".repeat(200)}`, 101, /too deeply/],
  [`${"not ".repeat(200)}a`, 401, /too deeply/],
];

for (const [source, column, message] of ERRORS) {
  test(`refuses ${source.slice(0, 20)} at column ${column}`, () => {
    const { error } = parseFilter(source);
    assert.equal(error?.column, column);
    assert.match(error?.message ?? "", message);
  });
}

test("an error is shown under its column", () => {
  const { error } = parseFilter("a and b");
  assert.equal(
    error && formatFilterError("a and b", error),
    "a and b\n  ^ Terms side by side already mean and: leave it out.",
  );
});

test("law: reading a filter never throws, and an error lies within the text or just behind it", () => {
  const piece = fc.constantFrom(
    "a",
    "or",
    "not",
    "(",
    ")",
    '"',
    "\\",
    "cmd:",
    "wait>",
    "5s",
    "*",
    " ",
    "push",
    "=",
    ":",
  );
  const source = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(source, (text) => {
      const { error } = parseFilter(text);
      if (error !== undefined) assert.ok(error.column >= 1 && error.column <= text.length + 1);
    }),
  );
});
