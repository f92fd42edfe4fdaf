import assert from "node:assert/strict";
import { test } from "node:test";
import { withConnections } from "../../../src/core/query/connections.ts";
import { formatFilter } from "../../../src/core/query/format.ts";
import { createMatcher } from "../../../src/core/query/matcher.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";
import { completed, push } from "../../observations.ts";

const ROWS: readonly (readonly [source: string, ids: readonly number[], text: string])[] = [
  ["push", [], "push"],
  ["", [2], "conn=2"],
  ["", [2, 5, 2], "conn=2 or conn=5"],
  ["push", [2], "conn=2 push"],
  ["push tls", [2], "conn=2 push tls"],
  ["push or tls", [2, 5], "(conn=2 or conn=5) (push or tls)"],
  ["not push", [2], "conn=2 not push"],
];

for (const [source, ids, text] of ROWS) {
  test(`${JSON.stringify(source)} on the connections [${ids}]`, () => {
    const { filter } = parseFilter(source);
    assert.equal(filter && formatFilter(withConnections(filter, ids)), text);
  });
}

test("what was picked and what is written must both match", () => {
  const filter = parseFilter("push or exchange").filter ?? assert.fail();
  const onFirst = createMatcher(withConnections(filter, [1]));
  assert.equal(onFirst(push()), true);
  assert.equal(onFirst({ ...push(), connection: 2 }), false);
  const pushesOnSecond = createMatcher(withConnections(parseFilter("push").filter ?? assert.fail(), [2, 3]));
  assert.equal(pushesOnSecond({ ...push(), connection: 3 }), true);
  assert.equal(pushesOnSecond({ ...completed(), connection: 3 }), false);
});
