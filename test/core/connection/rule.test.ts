import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, type Rule } from "../../../src/core/connection/rule.ts";
import { defect } from "../../../src/core/imap/defect.ts";

test("rules are applied in order, and silence adds nothing", () => {
  const odd: Rule<number> = (number) => (number % 2 === 1 ? defect("number-invalid", "odd") : undefined);
  const big: Rule<number> = (number) => (number > 9 ? defect("server-limit", "big") : undefined);
  const found = (number: number) => apply([odd, big], number).map(({ detail }) => detail);
  assert.deepEqual([found(2), found(11), found(10)], [[], ["odd", "big"], ["big"]]);
});
