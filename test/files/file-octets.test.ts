import assert from "node:assert/strict";
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { concat, displayText, NO_OCTETS } from "../../src/core/base/octets.ts";
import { fileOctets, type ReadingEnd } from "../../src/files/file-octets.ts";
import { scratchPath } from "./scratch-folder.ts";

interface Reading {
  readonly text: string;
  readonly end: ReadingEnd;
}

/** Reads to the end; `onText` sees all the text so far after each chunk. */
async function read(
  path: string,
  follow: boolean,
  options: { signal?: AbortSignal; onText?: (text: string) => void } = {},
): Promise<Reading> {
  const chunks: Uint8Array[] = [NO_OCTETS];
  const source = fileOctets(path, { follow: () => follow, signal: options.signal });
  for (;;) {
    const step = await source.next();
    const text = displayText(concat(chunks));
    if (step.done === true) return { text, end: step.value };
    chunks.push(step.value);
    options.onText?.(displayText(concat(chunks)));
  }
}

test("a file is read to its end", async (context) => {
  const path = scratchPath(context, "a");
  const text = "0123456789".repeat(100_000);
  writeFileSync(path, text);
  assert.deepEqual(await read(path, false), { text, end: "end" });
});

test("a file that cannot be read says why", async (context) => {
  await assert.rejects(read(scratchPath(context, "missing"), false), { code: "ENOENT" });
});

test("chunks are memory of their own", async (context) => {
  const path = scratchPath(context, "a");
  writeFileSync(path, "first");
  const source = fileOctets(path, { follow: () => false });
  const { value } = await source.next();
  assert.ok(value instanceof Uint8Array);
  assert.equal(value.buffer.byteLength, 5, "a few octets do not keep a large buffer");
  await source.return("end");
});

test("a growing file is followed until the signal", async (context) => {
  const path = scratchPath(context, "a");
  writeFileSync(path, "1");
  const stop = new AbortController();
  const onText = (text: string): void => {
    if (text.length < 4) appendFileSync(path, String(text.length + 1));
    else stop.abort();
  };
  assert.deepEqual(await read(path, true, { signal: stop.signal, onText }), { text: "1234", end: "aborted" });
});

test("an empty file is waited for", async (context) => {
  const path = scratchPath(context, "a");
  writeFileSync(path, "");
  const stop = new AbortController();
  const reading = read(path, true, { signal: stop.signal, onText: () => stop.abort() });
  setImmediate(() => appendFileSync(path, "late"));
  assert.deepEqual(await reading, { text: "late", end: "aborted" });
});

test("a signal that was given before reads nothing, one while it waits ends it", async (context) => {
  const path = scratchPath(context, "a");
  writeFileSync(path, "text");
  assert.deepEqual(await read(path, false, { signal: AbortSignal.abort() }), { text: "", end: "aborted" });
  const stop = new AbortController();
  const reading = read(path, true, { signal: stop.signal, onText: () => setImmediate(() => stop.abort()) });
  assert.deepEqual(await reading, { text: "text", end: "aborted" });
});

test("a file that became shorter, or another one, ends the following", async (context) => {
  const path = scratchPath(context, "a");
  for (const replace of [
    () => truncateSync(path, 1),
    () => renameSync(`${path}.new`, path),
    () => {
      rmSync(path);
      writeFileSync(path, "another, longer than before");
    },
  ]) {
    writeFileSync(path, "text");
    writeFileSync(`${path}.new`, "new text");
    assert.deepEqual(await read(path, true, { onText: replace }), { text: "text", end: "replaced" });
  }
});

test("a file that was removed may still be written to", async (context) => {
  const path = scratchPath(context, "a");
  writeFileSync(path, "text");
  const stop = new AbortController();
  const onText = (): void => {
    rmSync(path);
    setImmediate(() => stop.abort());
  };
  assert.equal((await read(path, true, { signal: stop.signal, onText })).end, "aborted");
});
