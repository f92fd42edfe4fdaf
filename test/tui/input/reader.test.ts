import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createInputReader, ESCAPE_MS, PASTE_MS } from "../../../src/tui/input/reader.ts";

function setUp(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told: string[] = [];
  const reader = createInputReader((input) => {
    told.push(input.kind === "key" ? input.name : input.kind === "paste" ? input.text : input.kind);
    if (told.at(-1) === "q") reader.stop();
  });
  return {
    told,
    reader,
    write: (text: string) => reader.write(Buffer.from(text)),
    wait: (ms: number) => context.mock.timers.tick(ms),
  };
}

test("Escape is a key when nothing follows it in time", (context) => {
  const { told, write, wait } = setUp(context);
  write("\x1b");
  wait(ESCAPE_MS - 1);
  assert.deepEqual(told, []);
  write("[A");
  assert.deepEqual(told, ["up"]);
  write("\x1b");
  wait(ESCAPE_MS);
  write("[A");
  assert.deepEqual(told, ["up", "escape", "[", "A"]);
});

test("a paste may pause longer than a sequence", (context) => {
  const { told, write, wait } = setUp(context);
  write("\x1b[200~dd\x1b");
  wait(PASTE_MS - 1);
  write("[201~j");
  assert.deepEqual(told, ["dd", "j"]);
  write("\x1b[200~dd");
  wait(PASTE_MS);
  assert.deepEqual(told, ["dd", "j", "dd"]);
});

test("once stopped nothing is told, of what was read with it neither", (context) => {
  const { told, write, wait, reader } = setUp(context);
  write("aqb\x1b");
  wait(1000);
  write("c");
  reader.stop();
  assert.deepEqual(told, ["a", "q"]);
});
