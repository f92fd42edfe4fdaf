import assert from "node:assert/strict";
import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { concat, utf8 } from "../../src/core/base/octets.ts";
import type { CaptureHeader, CaptureProblem } from "../../src/core/capture/format.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { type CaptureLogOptions, openCaptureLog } from "../../src/files/capture-log.ts";
import { runs } from "../runs.ts";
import { captureOf, comparable, HEADER, wireEvent } from "../wire-events.ts";
import { loggedEvents } from "./logged-events.ts";
import { scratchPath } from "./scratch-folder.ts";

function collecting() {
  const headers: CaptureHeader[] = [];
  const events: WireEvent[] = [];
  const problems: CaptureProblem[] = [];
  return {
    headers,
    events,
    problems,
    onHeader: (header: CaptureHeader) => headers.push(header),
    onEvent: (event: WireEvent) => events.push(comparable(event)),
    onProblem: (problem: CaptureProblem) => problems.push(problem),
  };
}

async function opened(path: string, options: CaptureLogOptions = {}) {
  const first = collecting();
  const { log, done } = await openCaptureLog(path, first, options);
  return { first, log, end: await done };
}

test("law: what is read again is what was read first, all of it and of each connection, plain, packed and from a pipe", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  await fc.assert(
    fc.asyncProperty(
      fc.array(wireEvent, { maxLength: 25 }),
      fc.constantFrom("plain", "packed", "pipe"),
      async (events, way) => {
        const file = captureOf(events);
        writeFileSync(path, way === "packed" ? gzipSync(file) : file);
        const { first, log, end } = await opened(
          way === "pipe" ? "-" : path,
          way === "pipe" ? { stdin: Readable.from([file]) } : {},
        );
        assert.equal(end, "end");
        assert.deepEqual(first.headers, [HEADER]);
        assert.deepEqual(await loggedEvents(log), first.events);
        for (const connection of [1, 2, 3]) {
          const own = first.events.filter((event) => event.connection === connection);
          assert.deepEqual(await loggedEvents(log, { connection }), own);
        }
        await log.close();
      },
    ),
    { numRuns: runs(120) },
  );
});

function data(connection: number, octets: number): WireEvent {
  const bytes = Uint8Array.from({ length: octets }, (_, i) => i % 251);
  return { kind: "data", connection, atMicros: 5, from: "server", bytes, redacted: [] };
}

test("damage, a cut end and a joined capture are read again as they were read first", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  const whole = captureOf([data(1, 9), data(2, 300_000), data(1, 70)]);
  const files = [
    concat([
      whole,
      utf8("garbage\n{}\n"),
      captureOf([data(3, 5000)]).subarray(utf8(`${JSON.stringify(HEADER)}`).length),
    ]),
    whole.subarray(0, whole.length - 20),
    whole.subarray(0, 200_000),
    concat([whole, captureOf([data(4, 5)])]),
    concat([Uint8Array.of(0xef, 0xbb, 0xbf), whole]),
  ];
  for (const file of files) {
    writeFileSync(path, file);
    const { first, log } = await opened(path);
    assert.ok(first.events.length > 0);
    const sizes = (events: readonly WireEvent[]) =>
      events.map((each) => (each.kind === "data" ? each.bytes.length : 0));
    const joined = (events: readonly WireEvent[]) => sizes(events).reduce((sum, each) => sum + each, 0);
    assert.equal(joined(await loggedEvents(log)), joined(first.events));
    assert.equal(
      joined(await loggedEvents(log, { connection: 1 })),
      joined(first.events.filter(({ connection }) => connection === 1)),
    );
    await log.close();
  }
});

test("a growing capture is read again as far as it was read", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  const file = captureOf([data(1, 9), data(1, 5000), data(1, 80)]);
  const cut = file.length - 40;
  writeFileSync(path, file.subarray(0, cut));
  const stopped = new AbortController();
  const first = collecting();
  let wake = (): void => {};
  const onEvent = (event: WireEvent): void => {
    first.onEvent(event);
    wake();
  };
  const come = (count: number): Promise<void> =>
    new Promise((resolve) => {
      wake = () => {
        if (first.events.length >= count) resolve();
      };
      wake();
    });
  const { log, done } = await openCaptureLog(
    path,
    { ...first, onEvent },
    { follow: true, signal: stopped.signal },
  );
  await come(2);
  assert.equal(log.isOver(), false);
  assert.deepEqual(await loggedEvents(log), first.events);
  appendFileSync(path, file.subarray(cut));
  await come(3);
  assert.deepEqual(await loggedEvents(log, { connection: 1 }), [data(1, 9), data(1, 5000), data(1, 80)]);
  stopped.abort();
  assert.equal(await done, "aborted");
  await log.close();
});

test("a file that became shorter is told, and what is no capture is refused as everywhere", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  writeFileSync(path, captureOf([data(1, 9), data(1, 50_000)]));
  const { log } = await opened(path);
  truncateSync(path, 1000);
  await assert.rejects(loggedEvents(log), /shorter/);
  await log.close();
  await assert.rejects(openCaptureLog("/nowhere/at/all", collecting()), { code: "ERR_CAPTURE_UNREADABLE" });
  writeFileSync(path, "no capture");
  const refused = await openCaptureLog(path, collecting());
  await assert.rejects(refused.done, { code: "ERR_CAPTURE_NOT_ONE" });
  await refused.log.close();
});

test("the first of a capture is given while the rest is not yet read, and long runs in pieces", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  writeFileSync(path, captureOf([data(1, 300_000), ...Array.from({ length: 1500 }, () => data(1, 4000))]));
  let firstAt = 0;
  let longest = 0;
  let count = 0;
  const { log, done } = await openCaptureLog(path, {
    ...collecting(),
    onEvent: (event) => {
      count++;
      if (event.kind === "data") longest = Math.max(longest, event.bytes.length);
      if (count === 1)
        setImmediate(() => {
          firstAt = count;
        });
      const until = performance.now() + 0.05;
      while (performance.now() < until);
    },
  });
  await done;
  assert.ok(firstAt < 1000, `${firstAt} events before anything else had its turn`);
  assert.ok(longest <= 65_536);
  await log.close();
});

test("what was given can be read again at once, also where most of the file is raw octets with line feeds", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  writeFileSync(path, captureOf(Array.from({ length: 300 }, (_, i) => data(1 + (i % 7), 6000))));
  const stopped = new AbortController();
  const first = collecting();
  const onEvent = (event: WireEvent): void => {
    first.onEvent(event);
    if (first.events.length === 200) stopped.abort();
  };
  const { log, done } = await openCaptureLog(path, { ...first, onEvent }, { signal: stopped.signal });
  await done;
  const count = first.events.length;
  assert.ok(count >= 200 && count < 300);
  assert.deepEqual(await loggedEvents(log), first.events);
  for (let connection = 1; connection <= 7; connection++) {
    const own = first.events.filter((event) => event.connection === connection);
    assert.deepEqual(await loggedEvents(log, { connection }), own);
  }
  await log.close();
});

test("how large a capture is, is known of a file that is read in place, and of no other", async (context) => {
  const path = scratchPath(context, "c.imapcap");
  const file = captureOf([data(1, 9), data(1, 50)]);
  for (const [written, size] of [
    [file, file.length],
    [gzipSync(file), undefined],
  ] as const) {
    writeFileSync(path, written);
    const opening = await openCaptureLog(path, collecting());
    assert.equal(opening.size, size);
    await opening.done;
    if (size !== undefined) assert.equal(opening.log.index.end(), size);
    await opening.log.close();
  }
  const pipe = await openCaptureLog("-", collecting(), { stdin: Readable.from([file]) });
  assert.equal(pipe.size, undefined);
  await pipe.done;
  await pipe.log.close();
});
