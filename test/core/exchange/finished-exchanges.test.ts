import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { createFinishedExchanges } from "../../../src/core/exchange/finished-exchanges.ts";
import { exchangeOf } from "./open-exchange.test.ts";

const REMEMBERED = LIMITS.responsesKept;

test("the last exchange of a tag, and the one of an ordinal", () => {
  const finished = createFinishedExchanges();
  for (const [ordinal, tag] of [
    [1, "a"],
    [2, "b"],
    [3, "a"],
  ] as const)
    finished.add(exchangeOf(ordinal, tag, "NOOP"));
  assert.deepEqual([finished.withTag("a"), finished.withTag("b"), finished.withTag("c")], [3, 2, undefined]);
  assert.deepEqual([finished.withOrdinal(1), finished.withOrdinal(4)], [1, undefined]);
});

test("the oldest are forgotten, searches that asked for updates later than others (RFC 5267 §4.3)", () => {
  const finished = createFinishedExchanges();
  const updating = exchangeOf(1, "u", "SEARCH");
  updating.command = {
    ...updating.command,
    detail: { kind: "search", returns: ["UPDATE"], charset: undefined, keys: [] },
  };
  finished.add(updating);
  finished.add(exchangeOf(2, "a", "NOOP"));
  for (let i = 0; i < REMEMBERED - 1; i++) finished.add(exchangeOf(3 + i, i % 2 === 0 ? "x" : "y", "NOOP"));
  assert.deepEqual(
    [finished.withOrdinal(1), finished.withOrdinal(2), finished.withTag("a")],
    [undefined, 2, 2],
  );
  finished.add(exchangeOf(3 + REMEMBERED, "x", "NOOP"));
  assert.deepEqual([finished.withTag("a"), finished.withTag("u")], [undefined, 1]);
  assert.deepEqual([finished.withTag("x"), finished.withTag("y")], [3 + REMEMBERED, REMEMBERED]);
});

test("made again of what was saved, it remembers the same and forgets in the same order, by ordinals", () => {
  for (const count of [0, 1, REMEMBERED - 1, REMEMBERED, REMEMBERED + 7]) {
    const finished = createFinishedExchanges();
    const add = (ordinal: number, ...to: readonly (typeof finished)[]): void => {
      for (const each of to) each.add(exchangeOf(ordinal, `t${ordinal}`, "NOOP"));
    };
    for (let ordinal = 1; ordinal <= count; ordinal++) add(ordinal, finished);
    const again = createFinishedExchanges(finished.save());
    assert.deepEqual(again.save(), finished.save());
    for (let ordinal = count + 1; ordinal <= count + 20; ordinal++) {
      add(ordinal, finished, again);
      assert.deepEqual(again.save(), finished.save());
    }
    for (let ordinal = 1; ordinal <= count + 20; ordinal++) {
      assert.equal(again.withOrdinal(ordinal), finished.withOrdinal(ordinal));
      assert.equal(again.withTag(`t${ordinal}`), finished.withTag(`t${ordinal}`));
    }
  }
});
