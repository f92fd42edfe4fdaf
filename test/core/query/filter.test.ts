import assert from "node:assert/strict";
import { test } from "node:test";
import { needsText } from "../../../src/core/query/filter.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";

const ROWS: readonly (readonly [source: string, needed: boolean])[] = [
  ["", false],
  ["cmd:fetch wait>5s push", false],
  ["text:foo", true],
  ["cmd:fetch or not (push foo)", true],
];

for (const [source, needed] of ROWS) {
  test(`${JSON.stringify(source)} ${needed ? "needs" : "does not need"} text`, () => {
    assert.equal(needsText(parseFilter(source).filter ?? assert.fail()), needed);
  });
}
