import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace } from "../../src/tui/pace.ts";

test("the first frame is due at once, and cheap ones every 33 ms from where they began", () => {
  const pace = createPace();
  assert.equal(pace.dueIn(0), 0);
  pace.drawn(100, 102);
  assert.equal(pace.dueIn(110), 23);
  assert.equal(pace.dueIn(200), 0);
});

test("frames that go on being dear come so seldom that they take a tenth of a core", () => {
  const pace = createPace();
  let now = 0;
  for (let i = 0; i < 20; i++) {
    pace.drawn(now, now + 20);
    now += 20 + pace.dueIn(now + 20);
  }
  pace.drawn(now, now + 20);
  assert.equal(pace.dueIn(now), 200);
});

test("a single frame that was held up does not hold up those behind it", () => {
  const pace = createPace();
  for (let i = 0; i < 5; i++) pace.drawn(i * 33, i * 33 + 2);
  pace.drawn(1000, 1300);
  assert.ok(pace.dueIn(1000) <= 40);
  pace.drawn(1300, 1302);
  assert.equal(pace.dueIn(1300), 33);
});
