import assert from "node:assert/strict";
import { test } from "node:test";
import { type Piece, scan } from "../../../src/core/query/scan.ts";

function word(column: number, text: string, quoted = false): Piece {
  return { kind: "word", column, text, quoted };
}

const ROWS: readonly (readonly [source: string, pieces: readonly Piece[]])[] = [
  ["", []],
  ["  ", []],
  ["fetch inbox", [word(1, "fetch"), word(7, "inbox")]],
  ["(a)b", [{ kind: "(", column: 1 }, word(2, "a"), { kind: ")", column: 3 }, word(4, "b")]],
  ['"foo bar"', [word(1, "foo bar", true)]],
  ['"a \\"b\\" \\\\ \\* \\S"', [word(1, 'a "b" \\\\ \\* \\\\S', true)]],
  ["\\Seen", [word(1, "\\\\Seen")]],
  ["1:50", [word(1, "1:50")]],
  [
    "cmd:fetch",
    [
      {
        kind: "field",
        column: 1,
        field: "cmd",
        operator: ":",
        value: "fetch",
        valueColumn: 5,
        quoted: false,
      },
    ],
  ],
  [
    'x text:"a b"',
    [
      word(1, "x"),
      { kind: "field", column: 3, field: "text", operator: ":", value: "a b", valueColumn: 8, quoted: true },
    ],
  ],
  [
    "wait>=500ms",
    [
      {
        kind: "field",
        column: 1,
        field: "wait",
        operator: ">=",
        value: "500ms",
        valueColumn: 7,
        quoted: false,
      },
    ],
  ],
];

for (const [source, pieces] of ROWS) {
  test(`pieces of ${JSON.stringify(source)}`, () => assert.deepEqual(scan(source), pieces));
}

test("a quote that is not closed is an error at its column", () => {
  assert.deepEqual(scan('text:"foo'), { column: 6, message: "This quote is not closed." });
});
