import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFECTS } from "../../../src/core/imap/defect-table.ts";

test("every kind is kebab-case, cites a section, and is explained in one sentence", () => {
  const rows = Object.entries(DEFECTS);
  assert.ok(rows.length > 80);
  for (const [kind, row] of rows) {
    assert.match(kind, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.match(row.rfc, /^RFC \d{4} §\d+(\.\d+)*$/, kind);
    assert.match(row.words, /^[A-Z`].*\.$/, kind);
  }
});

test("no two kinds mean the same", () => {
  const words = Object.values(DEFECTS).map((row) => row.words);
  assert.equal(new Set(words).size, words.length);
});
