import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ByOrdinal } from "../../../src/core/base/by-ordinal.ts";

interface Item {
  readonly ordinal: number;
}

test("the oldest comes first, also where others went before it", () => {
  const items = new ByOrdinal<Item>();
  for (const ordinal of [1, 2, 3]) items.add({ ordinal });
  items.remove(2);
  assert.deepEqual(
    [items.oldest(), items.get(2), items.get(3), items.size],
    [{ ordinal: 1 }, undefined, { ordinal: 3 }, 2],
  );
  items.remove(1);
  assert.deepEqual([...items], [{ ordinal: 3 }]);
  items.remove(3);
  assert.deepEqual([items.oldest(), items.get(3), items.size], [undefined, undefined, 0]);
});

test("the oldest that is as wanted is found, whatever went before it", () => {
  const items = new ByOrdinal<Item>();
  for (let ordinal = 1; ordinal <= 9; ordinal++) items.add({ ordinal });
  for (const ordinal of [1, 4, 6]) items.remove(ordinal);
  assert.deepEqual(
    [items.find(({ ordinal }) => ordinal % 2 === 0), items.find(({ ordinal }) => ordinal > 9)],
    [{ ordinal: 2 }, undefined],
  );
  items.clear();
  assert.equal(
    items.find(() => true),
    undefined,
  );
});

test("one that stays does not keep the places of those that came and went", () => {
  const items = new ByOrdinal<Item>();
  items.add({ ordinal: 1 });
  for (let ordinal = 2; ordinal < 10_000; ordinal++) {
    items.add({ ordinal });
    items.remove(ordinal);
  }
  assert.deepEqual([...items], [{ ordinal: 1 }]);
  assert.ok(JSON.stringify(items).length < 2000);
});

test("law: as a map in which nothing is looked for in vain", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom("add", "oldest", "any", "clear"), fc.nat()), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(steps, (taken) => {
      const items = new ByOrdinal<Item>();
      const model = new Map<number, Item>();
      let last = 0;
      for (const [step, number] of taken) {
        if (step === "clear" && number % 20 > 0) continue;
        if (step === "clear") {
          items.clear();
          model.clear();
        } else if (step === "add") {
          last += 1 + (number % 3);
          items.add({ ordinal: last });
          model.set(last, { ordinal: last });
        } else {
          const ordinal = step === "oldest" ? [...model.keys()][0] : number % (last + 2);
          items.remove(ordinal ?? 0);
          model.delete(ordinal ?? 0);
        }
        assert.equal(items.size, model.size);
        assert.deepEqual(items.oldest(), [...model.values()][0]);
        assert.deepEqual(items.get(last), model.get(last));
        assert.deepEqual(items.get(number % (last + 2)), model.get(number % (last + 2)));
      }
      assert.deepEqual([...items], [...model.values()]);
    }),
  );
});
