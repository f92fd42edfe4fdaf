import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ExchangeSet } from "../../../src/core/replay/exchange-set.ts";

test("it holds what was added to it, each once, and nothing else", () => {
  const ids = fc.array(fc.oneof(fc.nat({ max: 70 }), fc.nat({ max: 100_000 }), fc.nat({ max: 2 ** 31 })));
  fc.assert(
    fc.property(ids, ids, (added, others) => {
      const set = new ExchangeSet();
      for (const id of added) set.add(id);
      const expected = new Set(added);
      assert.equal(set.size, expected.size);
      for (const id of [...added, ...others]) assert.equal(set.has(id), expected.has(id), String(id));
    }),
  );
});
