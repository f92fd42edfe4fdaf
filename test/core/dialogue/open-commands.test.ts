import assert from "node:assert/strict";
import { test } from "node:test";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { LIMITS } from "../../../src/core/base/limits.ts";
import { utf8 } from "../../../src/core/base/octets.ts";
import { type OpenCommand, OpenCommands } from "../../../src/core/dialogue/open-commands.ts";

function command(ordinal: number, tag: string, name = "NOOP"): OpenCommand {
  return { ordinal, tag, name, known: true, received: true, announced: 0, continued: 0 };
}

test("the oldest open command of a tag is found first (RFC 9051 §2.2.1)", () => {
  const open = new OpenCommands();
  const [first, second] = [command(1, "a"), command(2, "a")];
  open.add(first);
  open.add(second);
  assert.equal(open.withTag("a"), first);
  open.complete(first);
  assert.equal(open.withTag("a"), second);
  assert.equal(open.wasCompleted("a"), true);
});

test("a tag that is open many times is found as often, whatever else comes between", () => {
  const open = new OpenCommands();
  for (let i = 1; i <= 200; i++) open.add(command(i, i % 2 === 0 ? "a" : `t${i}`));
  for (let i = 2; i <= 200; i += 2) {
    const oldest = open.withTag("a");
    assert.equal(oldest?.ordinal, i);
    if (oldest !== undefined) open.complete(oldest);
  }
  assert.deepEqual([open.withTag("a"), open.count(), open.withTag("t199")?.ordinal], [undefined, 100, 199]);
});

test("law: few or many, the oldest open command of a tag is found", () => {
  // Each step opens a command with one of few tags, or completes the oldest of one.
  const steps = fc.array(fc.tuple(fc.boolean(), fc.constantFrom("a", "b", "c", "d")), { maxLength: 80 });
  fc.assert(
    fc.property(steps, (taken) => {
      const open = new OpenCommands();
      const model: OpenCommand[] = [];
      for (const [i, [opens, tag]] of taken.entries()) {
        const oldest = model.find((each) => each.tag === tag);
        assert.equal(open.withTag(tag), oldest);
        if (opens) {
          const added = command(i, tag);
          model.push(added);
          open.add(added);
        } else if (oldest !== undefined) {
          model.splice(model.indexOf(oldest), 1);
          open.complete(oldest);
        }
        assert.equal(open.count(), model.length);
      }
    }),
  );
});

test("commands that come and go leave nothing behind that only a collection of all memory would find", () => {
  const old = (): number =>
    getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space")?.space_used_size ?? 0;
  const open = new OpenCommands();
  const run = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const one = command(i, "t");
      open.add(one);
      if (open.withTag("t") === one) open.complete(one);
    }
  };
  run(0, 100_000);
  // From here on, what it has is old.
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
  const before = old();
  run(100_000, 500_000);
  assert.ok(old() - before < 8_000_000, `${old() - before} octets`);
});

test("a tag is found where it stands in a line, in order and out of it", () => {
  const open = new OpenCommands();
  const [first, second] = [command(1, "a1"), command(2, "a")];
  open.add(first);
  open.add(second);
  const line = utf8("\0a1 OK");
  assert.deepEqual([open.withTagAt(line, 1, 3), open.withTagAt(line, 1, 2)], [first, second]);
  assert.equal(open.withTagAt(line, 0, 3), undefined);
});

test("what was completed a while ago is forgotten", () => {
  const open = new OpenCommands();
  for (let i = 1; i <= 100; i++) open.complete(command(i, `t${i}`));
  assert.deepEqual([open.wasCompleted("t36"), open.wasCompleted("t37")], [false, true]);
});

test("made again with what was completed, in order, it forgets the oldest first", () => {
  for (const count of [0, 3, 64, 100]) {
    const open = new OpenCommands();
    for (let i = 1; i <= count; i++) open.complete(command(i, `t${i}`));
    const again = new OpenCommands(open.completedTags());
    assert.deepEqual(again.completedTags(), open.completedTags());
    for (let i = count + 1; i <= count + 5; i++) {
      open.complete(command(i, `t${i}`));
      again.complete(command(i, `t${i}`));
      assert.deepEqual(again.completedTags(), open.completedTags());
    }
    assert.equal(open.completedTags().at(-1), `t${count + 5}`);
  }
});

test("a continuation request belongs to what waited first; authentication takes many (RFC 9051 §7.6)", () => {
  const open = new OpenCommands();
  open.add(command(1, "a"));
  open.expect(1, "literal");
  open.expect(1, "sasl");
  assert.equal(open.takeExpectation()?.reason, "literal");
  assert.equal(open.takeExpectation()?.reason, "sasl");
  assert.equal(open.takeExpectation()?.reason, "sasl");
  open.complete(command(1, "a"));
  assert.equal(open.takeExpectation(), undefined);
});

test("commands are bounded: the oldest is forgotten", () => {
  const open = new OpenCommands();
  for (let i = 0; i <= LIMITS.openExchanges; i++) open.add(command(i, `t${i}`, "STARTTLS"));
  assert.equal(open.get(0), undefined);
  assert.notEqual(open.get(LIMITS.openExchanges), undefined);
  assert.equal(open.hasNamed("STARTTLS"), true);
});
