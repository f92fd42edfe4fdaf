import assert from "node:assert/strict";
import { test } from "node:test";
import { CANDIDATES } from "../../../src/core/exchange/open-exchange.ts";
import { createOpenExchanges } from "../../../src/core/exchange/open-exchanges.ts";
import { exchangeOf } from "./open-exchange.test.ts";

test("by tag and in general the oldest comes first, also after removals", () => {
  const open = createOpenExchanges();
  const [a, b, c] = [exchangeOf(1, "t", "NOOP"), exchangeOf(2, "t", "FETCH"), exchangeOf(3, "u", "NOOP")];
  for (const exchange of [a, b, c]) open.add(exchange);
  assert.deepEqual([open.oldest(), open.withTag("t"), open.withTag("T")], [a, a, undefined]);
  assert.deepEqual(open.named(["FETCH", "NOOP"]), [a, b, c]);
  open.remove(a);
  assert.deepEqual([open.oldest(), open.withTag("t"), open.has("NOOP"), open.count()], [b, b, true, 2]);
  open.remove(c);
  assert.deepEqual([open.has("NOOP"), open.get(3)], [false, undefined]);
});

test("of each name only the oldest candidates are given", () => {
  const open = createOpenExchanges();
  for (let i = 1; i <= CANDIDATES + 5; i++) open.add(exchangeOf(i, `t${i}`, "FETCH"));
  assert.equal(open.named(["FETCH"]).length, CANDIDATES);
});
