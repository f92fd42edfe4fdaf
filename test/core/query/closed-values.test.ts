import assert from "node:assert/strict";
import { test } from "node:test";
import { comparable, whyNever } from "../../../src/core/query/closed-values.ts";
import type { TextFieldName } from "../../../src/core/query/field-table.ts";
import { FIELD_VALUES, NOTHING_SEEN } from "../../../src/core/query/field-values.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";

/** Fields, values that can never be, and what is said of them. */
const NEVER: readonly (readonly [field: TextFieldName, value: string, message: RegExp])[] = [
  ["status", "maybe", /^There is no status maybe\. The statuses are NO, BAD, OK, .*, PREAUTH\.$/],
  ["status", "okk", /Did you mean OK\?$/],
  ["status", "may*", /^There is no status may\*\./],
  ["status", "o\\*", /^There is no status/],
  ["kind", "foo", /The kinds are exchange, .*, request, response\.$/],
  ["state", "selekted", /Did you mean selected\?$/],
  ["state", "asleep", /The states are selected, .*\.$/],
  ["defect", "tag-resued", /Did you mean tag-reused\?$/],
  ["defect", "wrong", /^There is no defect wrong\. docs\/defects\.md has them all\.$/],
];

for (const [field, value, message] of NEVER) {
  test(`${field}:${value} can never be found, which is said`, () => {
    assert.match(whyNever(field, value) ?? "", message);
  });
}

test("every value that is offered is taken, in any case and with stars", () => {
  for (const field of ["status", "kind", "state", "defect"] as const) {
    for (const { text } of FIELD_VALUES[field](NOTHING_SEEN)) {
      for (const written of [text, text.toUpperCase(), text.toLowerCase(), `${text.slice(0, 2)}*`, "*"]) {
        assert.equal(whyNever(field, written), undefined, `${field}:${written}`);
      }
    }
  }
});

test("a state may be written as one word or with spaces", () => {
  for (const written of ["notAuthenticated", "not-authenticated", "not authenticated"]) {
    assert.equal(whyNever("state", written), undefined, written);
    assert.equal(comparable("state", written).toLowerCase(), "notauthenticated");
  }
  assert.equal(comparable("tag", "a-1"), "a-1");
});

test("what may be anything is never refused", () => {
  for (const field of ["cmd", "code", "mailbox", "tag", "user", "text"] as const) {
    assert.equal(whyNever(field, "maybe"), undefined, field);
  }
});

test("a filter points at the value", () => {
  const { error } = parseFilter("cmd:fetch or not status:maybe");
  assert.equal(error?.column, 25);
});
