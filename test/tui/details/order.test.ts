import assert from "node:assert/strict";
import { test } from "node:test";
import { framedRows } from "../../../src/tui/details/framed-rows.ts";
import { readingOrder } from "../../../src/tui/details/order.ts";
import { materialOf } from "./shown.ts";

/** Kinds, with the number of the row where a command is read in pieces. */
function order(transcript: string): string {
  const { dialogue } = materialOf(transcript, "a1");
  return readingOrder(dialogue, (framed) => framedRows(framed, false))
    .map(({ entry, row }) => (row === undefined ? entry.kind : `${entry.kind} ${row.number}`))
    .join(", ");
}

const LONG = "x".repeat(100);

const ROWS: readonly (readonly [what: string, transcript: string, order: string])[] = [
  ["a command and its answer", "C: a1 NOOP\nS: a1 OK done", "request, response"],
  [
    "two literals that wait for their +",
    `C: a1 SEARCH TEXT {100}\nS: + go\nC| ${LONG}\nC:  BODY {100}\nS: + go\nC| ${LONG}\nC:\nS: a1 OK done`,
    "request 0, response, request 1, request 2, response, request 3, response",
  ],
  [
    "literals that do not wait",
    `C: a1 SEARCH TEXT {100+}\nC| ${LONG}\nC:\nS: a1 OK done`,
    "request 0, request 1, response",
  ],
  ["a push, told of once", "C: a1 NOOP\nS: * 6 EXISTS\nS: a1 OK done", "request, response, response"],
];

for (const [what, transcript, expected] of ROWS) {
  test(`${what}: ${expected}`, () => assert.equal(order(transcript), expected));
}
