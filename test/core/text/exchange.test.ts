import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exchange } from "../../../src/core/exchange/exchange.ts";
import { exchangeEndWords, exchangeLabel, exchangeTail } from "../../../src/core/text/exchange.ts";
import { code, exchange } from "../../observations.ts";

const ENDS: readonly (readonly [end: Exchange["end"], label: string])[] = [
  ["inFlight", "open"],
  ["bye", "BYE"],
  ["connectionLost", "lost"],
  ["captureEnd", "ended"],
  ["opaque", "opaque"],
  ["abandoned", "left"],
];

for (const [end, label] of ENDS) {
  test(`an exchange that ended ${end} is labelled ${label} and says why`, () => {
    const made = exchange({ end, status: undefined });
    assert.equal(exchangeLabel(made), label);
    assert.ok(label.length <= 6);
    assert.notEqual(exchangeEndWords(made), undefined);
  });
}

test("a completed exchange is labelled by its status", () => {
  assert.equal(exchangeLabel(exchange({ status: "NO" })), "NO");
  assert.equal(exchangeEndWords(exchange()), undefined);
});

test("the tail has the number of defects, the code, and that it was imapscope that spoke", () => {
  const own = [{ did: "said", text: "a OK" }] as const;
  assert.equal(exchangeTail(exchange()), "");
  assert.equal(exchangeTail(exchange({ own })), "by imapscope");
  assert.equal(exchangeTail(exchange({ code: code("TRYCREATE"), own })), "[TRYCREATE] by imapscope");
});
