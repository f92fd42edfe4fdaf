import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createDrawing, type Drawing } from "../../../src/tui/run/drawing.ts";

interface Drawn {
  readonly drawing: Drawing;
  readonly frames: () => number;
  behind: boolean;
  /** Lets so much time pass. */
  readonly pass: (ms: number) => void;
}

function open(t: TestContext): Drawn {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let frames = 0;
  const self: Drawn = {
    drawing: createDrawing(
      () => {
        frames++;
      },
      () => self.behind,
    ),
    frames: () => frames,
    behind: false,
    pass: (ms) => t.mock.timers.tick(ms),
  };
  return self;
}

/** More than any frame of nothing is put off. */
const LONG = 60_000;

test("what is asked for before a frame is drawn is one frame", (t) => {
  const { drawing, frames, pass } = open(t);
  drawing.soon();
  drawing.soon();
  drawing.soon("now");
  assert.equal(frames(), 0);
  pass(LONG);
  assert.equal(frames(), 1);
  pass(LONG);
  assert.equal(frames(), 1, "nothing is drawn that nobody asked for");
});

test("what a person does does not wait for the frame of what came", (t) => {
  const { drawing, frames, pass } = open(t);
  drawing.soon("now");
  pass(1);
  assert.equal(frames(), 1);
  drawing.soon();
  pass(1);
  assert.equal(frames(), 1, "it is not time for one yet");
  drawing.soon("now");
  pass(1);
  assert.equal(frames(), 2);
});

test("a terminal that is behind is drawn to when it is ready, and not before", (t) => {
  const drawn = open(t);
  const { drawing, frames, pass } = drawn;
  drawn.behind = true;
  drawing.soon("now");
  pass(LONG);
  drawing.soon("now");
  pass(LONG);
  assert.equal(frames(), 0);
  drawn.behind = false;
  drawing.ready();
  pass(LONG);
  assert.equal(frames(), 1);
});

test("when it was stopped nothing is drawn any more", (t) => {
  const { drawing, frames, pass } = open(t);
  drawing.soon("now");
  drawing.stop();
  pass(LONG);
  drawing.soon("now");
  drawing.ready();
  pass(LONG);
  assert.equal(frames(), 0);
});
