import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELD_GUIDE, FIELD_NAMES, fieldOf } from "../../../src/core/query/field-guide.ts";
import { ALIASES, NUMBER_FIELDS, TEXT_FIELDS } from "../../../src/core/query/field-table.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";

test("every field is offered", () => {
  const known = [...Object.keys(TEXT_FIELDS), ...Object.keys(NUMBER_FIELDS)];
  assert.deepEqual([...FIELD_NAMES].sort(), known.sort());
});

test("every field reads with the operator that is offered for it", () => {
  for (const [name, { operator }] of Object.entries(FIELD_GUIDE)) {
    // A star fits every text, also where the values are all known.
    const value = operator === ":" && Object.hasOwn(TEXT_FIELDS, name) ? "*" : "1";
    assert.ok(parseFilter(name + operator + value).filter, name);
  }
});

test("fields are known in any case and by their other names, and nothing else is", () => {
  assert.equal(fieldOf("Wait"), "wait");
  for (const [alias, field] of ALIASES) assert.equal(fieldOf(alias), field);
  assert.equal(fieldOf("subject"), undefined);
  assert.equal(fieldOf("toString"), undefined);
});
