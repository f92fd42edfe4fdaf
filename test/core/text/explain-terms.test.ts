import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CERTAINTY_TERMS,
  END_TERMS,
  NOTION_TERMS,
  STATE_TERMS,
  type Term,
  TIMING_TERMS,
} from "../../../src/core/text/explain-terms.ts";

const TABLES: readonly (readonly [what: string, table: Readonly<Record<string, Term>>])[] = [
  ["states", STATE_TERMS],
  ["certainties", CERTAINTY_TERMS],
  ["timings", TIMING_TERMS],
  ["ends", END_TERMS],
  ["notions", NOTION_TERMS],
];

for (const [what, table] of TABLES) {
  test(`${what}: each has a title of its own and whole sentences`, () => {
    const rows = Object.values(table);
    assert.equal(new Set(rows.map(({ title }) => title)).size, rows.length);
    for (const { title, words } of rows) {
      assert.match(title, /^[a-zA-Z][a-zA-Z -]*$/);
      assert.match(words, /^[A-Z0].*\.$/, title);
    }
  });
}

test("the four states of RFC 9051 say where they are defined, and the one that is not known does not", () => {
  const cited = Object.values(STATE_TERMS).filter(({ rfc }) => rfc?.startsWith("RFC 9051 §3.") === true);
  assert.equal(cited.length, 4);
});
