import assert from "node:assert/strict";
import { test } from "node:test";
import { CANDIDATES, type OpenExchange } from "../../../src/core/exchange/open-exchange.ts";
import { oneOf, UNSOLICITED } from "../../../src/core/exchange/verdict.ts";
import { exchangeOf } from "./open-exchange.test.ts";

const a: OpenExchange = exchangeOf(1, "a", "NOOP");
const b: OpenExchange = exchangeOf(2, "b", "NOOP");

test("none, one, several", () => {
  assert.equal(oneOf([], "certain"), UNSOLICITED);
  assert.deepEqual([oneOf([a], "certain").certainty, oneOf([a], "certain").exchange], ["certain", a]);
  assert.deepEqual(
    [oneOf([a, b], "certain").certainty, oneOf([a, b], "certain").candidates],
    ["ambiguous", [a, b]],
  );
});

test("where not all candidates were looked at, one that is left is only likely", () => {
  assert.equal(oneOf([a], "certain", CANDIDATES).certainty, "likely");
});
