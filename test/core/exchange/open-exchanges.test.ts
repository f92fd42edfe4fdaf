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
  assert.deepEqual([open.withId(b.id), open.withId(99)], [b, undefined]);
  open.remove(a);
  assert.deepEqual([open.oldest(), open.withTag("t"), open.has("NOOP"), open.count()], [b, b, true, 2]);
  open.remove(c);
  assert.deepEqual([open.has("NOOP"), open.get(3)], [false, undefined]);
});

test("tags are found from the first question on, before and after exchanges come and go", () => {
  const open = createOpenExchanges();
  const [a, b, c] = [exchangeOf(1, "t", "NOOP"), exchangeOf(2, "t", "NOOP"), exchangeOf(3, "t", "NOOP")];
  open.add(a);
  open.add(b);
  assert.equal(open.withTag("t"), a);
  open.add(c);
  open.remove(a);
  open.remove(b);
  assert.equal(open.withTag("t"), c);
  open.remove(c);
  assert.equal(open.withTag("t"), undefined);
});

test("many names come and go", () => {
  const open = createOpenExchanges();
  for (let i = 1; i <= 100; i++) {
    const exchange = exchangeOf(i, "t", `X${i}`);
    open.add(exchange);
    assert.equal(open.has(`X${i}`), true);
    open.remove(exchange);
    assert.deepEqual([open.has(`X${i}`), open.named([`X${i}`])], [false, []]);
  }
});

test("of each name only the oldest candidates are given", () => {
  const open = createOpenExchanges();
  for (let i = 1; i <= CANDIDATES + 5; i++) open.add(exchangeOf(i, `t${i}`, "FETCH"));
  assert.equal(open.named(["FETCH"]).length, CANDIDATES);
});

test("few and many open exchanges are found alike by their names", () => {
  const names = ["NOOP", "FETCH", "STORE"];
  for (let count = 1; count <= 40; count++) {
    const open = createOpenExchanges();
    const all = Array.from({ length: count }, (_, i) => exchangeOf(i + 1, `t${i}`, names[i % 3] ?? ""));
    for (const exchange of all) open.add(exchange);
    while (all.length > 0) {
      for (const asked of [["NOOP"], ["STORE", "FETCH"], ["LOGOUT"]]) {
        const expected = all.filter(({ commandName }) => asked.includes(commandName));
        assert.deepEqual(open.named(asked), expected);
        assert.equal(
          asked.some((name) => open.has(name)),
          expected.length > 0,
        );
      }
      for (const gone of all.splice(all.length >> 1, 3)) open.remove(gone);
    }
  }
});
