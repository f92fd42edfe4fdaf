import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { play } from "../../src/cli/play.ts";
import { temporaryFolder } from "./running.ts";

const HEAD = `{"type":"capture","version":1,"createdAt":"2026-11-22T19:00:00.000Z","createdBy":"test","redacted":[]}\n`;
const LINES = [0, 30, 60, 60].map((at) => `{"type":"end","connection":1,"at":${at},"from":"client"}\n`);

async function playing(file: string, paced: boolean, signal: AbortSignal): Promise<number[]> {
  const began = performance.now();
  const times: number[] = [];
  const onEvent = (): void => {
    times.push(performance.now() - began);
  };
  await play(
    file,
    { onHeader: () => {}, onEvent, onProblem: ({ message }) => assert.fail(message) },
    { paced, signal },
  );
  return times;
}

test("events come no sooner than they came, or all at once", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, HEAD + LINES.join(""));
  const signal = new AbortController().signal;
  const times = await playing(file, true, signal);
  assert.equal(times.length, LINES.length);
  // Timers may be early by less than a millisecond.
  assert.ok((times[1] ?? 0) >= 29 && (times[2] ?? 0) >= 58, times.join(" "));
  assert.equal((await playing(file, false, signal)).length, LINES.length);
});

test("it ends in the middle of a pause when it is to end", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, `${HEAD}{"type":"end","connection":1,"at":1e9,"from":"client"}\n`);
  const stopped = new AbortController();
  setTimeout(() => stopped.abort(), 20);
  assert.deepEqual(await playing(file, true, stopped.signal), []);
});
