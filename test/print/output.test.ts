import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { createOutput, type Output } from "../../src/print/output.ts";

/** A stream whose reader takes a chunk only when told to. */
class Stalled extends Writable {
  readonly taken: string[] = [];
  #next: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 16, decodeStrings: false });
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.taken.push(chunk);
    this.#next = done;
  }

  /** Lets the reader take everything that waits. */
  async flow(): Promise<void> {
    while (this.#next !== undefined) {
      const next = this.#next;
      this.#next = undefined;
      next();
      await turn();
    }
  }
}

/** Until what was written in this turn has gone to the stream. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function output(stream: Writable, boundOctets = 20): Output {
  return createOutput({ stream, boundOctets, dropped: (lines) => `(${lines} lines dropped)\n` });
}

test("a reader that stalls loses lines, is told how many, and goes on", async () => {
  const stream = new Stalled();
  const out = output(stream);
  for (let i = 0; i < 10; i++) out.write(`line ${i}\n`);
  assert.equal(out.droppedLines(), 7);
  await turn();
  await stream.flow();
  out.write("after\n");
  await turn();
  await stream.flow();
  assert.equal(stream.taken.join(""), "line 0\nline 1\nline 2\n(7 lines dropped)\nafter\n");
});

test("the lines of a turn are written together, when it ends", async () => {
  const stream = new Stalled();
  const out = output(stream);
  out.write("line 0\n");
  out.write("line 1\n");
  assert.deepEqual(stream.taken, []);
  await Promise.resolve();
  assert.deepEqual(stream.taken, ["line 0\nline 1\n"]);
});

test("a turn that says much is not gathered whole", () => {
  const stream = new Stalled();
  const out = output(stream, 1_000_000);
  const line = `${"x".repeat(999)}\n`;
  for (let i = 0; i < 100; i++) out.write(line);
  assert.equal(stream.taken.length, 1);
});

test("who can wait until there is room loses nothing", async () => {
  const stream = new Stalled();
  const out = output(stream);
  const writing = (async () => {
    for (let i = 0; i < 30; i++) {
      out.write(`line ${i}\n`);
      await out.room();
    }
  })();
  for (let i = 0; i < 60; i++) await stream.flow();
  await writing;
  assert.equal(out.droppedLines(), 0);
  assert.equal(stream.taken.join("").split("\n").length, 31);
  assert.equal(stream.listenerCount("error"), 1);
});

test("the bound counts lines, not writes", () => {
  const stream = new Stalled();
  const out = output(stream);
  out.write("x".repeat(30));
  out.write("a\nb\nc\n");
  assert.equal(out.droppedLines(), 3);
});

test("the end waits for what was taken, and nothing comes after it", async () => {
  const stream = new Stalled();
  const out = output(stream);
  out.write("last\n");
  let ended = false;
  const end = out.end().then(() => {
    ended = true;
  });
  out.write("too late\n");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(ended, false);
  await stream.flow();
  await end;
  assert.deepEqual(stream.taken.join(""), "last\n");
});

test("a reader that goes away ends the output quietly", async () => {
  const gone: string[] = [];
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
    },
  });
  const out = createOutput({ stream, dropped: String, onGone: ({ message }) => gone.push(message) });
  out.write("x\n");
  await new Promise((resolve) => setImmediate(resolve));
  out.write("y\n");
  await out.end();
  assert.deepEqual(gone, ["write EPIPE"]);
});

test("a terminal is written to without blocking", () => {
  const blocking: boolean[] = [];
  const stream = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), {
    isTTY: true,
    _handle: { setBlocking: (on: boolean) => blocking.push(on) },
  });
  createOutput({ stream, dropped: String });
  assert.deepEqual(blocking, [false]);
});
