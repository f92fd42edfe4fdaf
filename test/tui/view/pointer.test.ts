import assert from "node:assert/strict";
import { test } from "node:test";
import { pointAt, pointBriefly } from "../../../src/tui/view/pointer.ts";
import type { Line } from "../../../src/tui/view/style.ts";

const ROWS: readonly (readonly [cell: number | undefined, message: string, full: string, brief: string])[] = [
  [0, "wrong", "^ wrong", "^ wrong"],
  [5, "wrong", "     ^ wrong", "     ^ wrong"],
  [15, "wrong", "         wrong ^", "         wrong ^"],
  [3, "it is wrong here, quite wrong", "   ^/it is wrong here,/quite wrong", "   ^ it is wrong he…"],
  [
    16,
    "it is wrong here, quite wrong",
    "                ^/it is wrong here,/quite wrong",
    "it is wrong he… ^",
  ],
  [undefined, "it is wrong here, quite", "it is wrong here,/quite", "it is wrong here, q…"],
  [18, "違う違う", "         違う違う ^", "         違う違う ^"],
  [0, "a\u001b[2Jb", "^ a␛[2Jb", "^ a␛[2Jb"],
  [undefined, "x".repeat(30), `${"x".repeat(19)}…`, `${"x".repeat(19)}…`],
  [
    undefined,
    "aaaaaaaaa ".repeat(9).trim(),
    "aaaaaaaaa aaaaaaaaa/aaaaaaaaa aaaaaaaaa/aaaaaaaaa aaaaaaaaa…",
    "",
  ],
];

for (const [cell, message, full, brief] of ROWS) {
  test(`points at ${cell} with ${JSON.stringify(message.slice(0, 30))} in 20 cells`, () => {
    assert.equal(pointAt(cell, message, 20, "bad").map(text).join("/"), full);
    if (brief !== "") assert.equal(text(pointBriefly(cell, message, 20, "faint")), brief);
  });
}

function text(line: Line): string {
  return line.map((span) => span.text).join("");
}
