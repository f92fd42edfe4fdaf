import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, latin1, utf8 } from "../../src/core/base/octets.ts";
import { framesOf } from "../../src/core/imap/frame-of.ts";
import { createIntake } from "../../src/core/intake.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { CaptureWriter } from "../../src/files/capture-writer.ts";
import { createFileRecorder, type FileRecorder } from "../../src/files/recorder.ts";
import { chunked } from "../chunks.ts";
import { runs } from "../runs.ts";

interface MemoryFile extends CaptureWriter {
  readonly events: WireEvent[];
  readonly isClosed: () => boolean;
}

function memoryFile(): MemoryFile {
  const events: WireEvent[] = [];
  let closed = false;
  const close = () => {
    closed = true;
  };
  return {
    path: "",
    events,
    isClosed: () => closed,
    append: (event) => {
      assert.equal(closed, false, "an event for a file that is closed");
      events.push(event);
      return true;
    },
    drained: async () => undefined,
    octets: () => 0,
    omittedOctets: () => 0,
    close: async () => close(),
    closeSync: close,
    discard: async () => close(),
  };
}

const DIALOGUE: readonly (readonly ["client" | "server", string])[] = [
  ["server", "* OK ready\r\n"],
  ["client", "a1 LOGIN {5+}\r\nalice {8+}\r\npassword\r\n"],
  ["server", "a1 OK in\r\n"],
  ["client", "a2 SELECT INBOX\r\na3 FETCH 1 BODY[]\r\n"],
  [
    "server",
    "* 3 EXISTS\r\na2 OK done\r\n* 1 FETCH (BODY[] {24}\r\nSubject: x\r\n\r\n* 9 EXISTS)\r\na3 OK done\r\n",
  ],
  ["client", "a4 IDLE\r\n"],
  ["server", "+ idling\r\n* 4 EXISTS\r\n"],
  ["client", "DONE\r\n"],
  ["server", "a4 OK done\r\n"],
  ["client", "a5 AUTHENTICATE PLAIN\r\n"],
  ["server", "+ \r\n"],
  ["client", "AGFsaWNlAHBhc3N3b3Jk\r\n"],
  ["server", "a5 BAD not now\r\n"],
  ["client", "a6 LOGOUT\r\n"],
  ["server", "* BYE bye\r\na6 OK bye\r\n"],
];

const OPEN: WireEvent = {
  kind: "open",
  connection: 1,
  atMicros: 1,
  client: "127.0.0.1:9",
  listener: "imaps://127.0.0.1",
  upstream: "imaps://h",
  midway: false,
};
const TLS: WireEvent = { kind: "tls", connection: 1, atMicros: 2, leg: "client", protocol: "x", cipher: "y" };
const CLOSE: WireEvent = { kind: "close", connection: 1, atMicros: 9e6, by: "client", reason: "" };

interface Recording {
  readonly files: readonly MemoryFile[];
  readonly all: readonly WireEvent[];
}

/** Records the dialogue in chunks; `rotates` says before which of them all are to go on in another file. */
function record(sizes: Iterator<number>, rotates: Iterator<boolean>, shared: boolean): Recording {
  const files: MemoryFile[] = [];
  const all: WireEvent[] = [];
  const begin = (): MemoryFile => {
    const file = memoryFile();
    files.push(file);
    return file;
  };
  let current = shared ? begin() : undefined;
  const recorder: FileRecorder = createFileRecorder({
    current: () => current,
    begin,
    atFrameBorder: () => intake.atFrameBorder(),
    onBehind: () => assert.fail("nothing is left out"),
  });
  const intake = createIntake({
    keepSecrets: false,
    emit: (event) => {
      all.push(event);
      recorder.append(event);
    },
  });
  const take = (event: WireEvent): void => {
    intake.take(event);
    recorder.settle(1);
  };
  take(OPEN);
  take(TLS);
  let atMicros = 2;
  for (const [from, text] of DIALOGUE) {
    for (const bytes of chunked(utf8(text), sizes)) {
      if (rotates.next().value === true) {
        const left = current;
        if (shared) current = begin();
        recorder.moveAll();
        if (left !== undefined) recorder.retire(left);
      }
      atMicros++;
      take({ kind: "data", connection: 1, atMicros, from, bytes, redacted: [] });
    }
  }
  take(CLOSE);
  return { files, all };
}

function octetsFrom(from: "client" | "server", events: readonly WireEvent[]): Uint8Array {
  return concat(events.flatMap((each) => (each.kind === "data" && each.from === from ? [each.bytes] : [])));
}

const isMidway = (event: WireEvent | undefined): boolean => event?.kind === "open" && event.midway;

for (const shared of [true, false]) {
  test(`law: ${shared ? "files for all" : "a file for each"}: nothing is lost or doubled, no frame split`, () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
        fc.infiniteStream(fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.boolean())),
        (sizes, rotates) => {
          const { files, all } = record(sizes, rotates, shared);
          const used = files.filter(({ events }) => events.length > 0);
          const once = used.flatMap(({ events }) => (isMidway(events[0]) ? events.slice(2) : events));
          assert.deepEqual(once, all);
          for (const { events } of used.slice(1)) {
            assert.deepEqual(events.slice(0, 2), [{ ...OPEN, midway: true }, TLS]);
          }
          for (const { events } of used) {
            for (const from of ["client", "server"] as const) {
              const octets = octetsFrom(from, events);
              const ends = framesOf(from, octets).map(({ end }) => end);
              assert.ok(!ends.includes("cut"), latin1(octets));
              assert.doesNotMatch(latin1(octets), /password|AGFsaWNl/);
            }
          }
          const open = files.filter((file) => !file.isClosed());
          assert.equal(open.length, shared ? 1 : 0);
        },
      ),
      { numRuns: runs(400) },
    );
  });
}

test("each connection moves at a border of its own, and the file it left is closed behind the last", () => {
  const first = memoryFile();
  const second = memoryFile();
  let current = first;
  const between = new Set<number>([1]);
  const recorder = createFileRecorder({
    current: () => current,
    begin: () => current,
    atFrameBorder: (connection) => between.has(connection),
    onBehind: () => undefined,
  });
  for (const connection of [1, 2]) recorder.append({ ...OPEN, connection });
  current = second;
  recorder.moveAll();
  recorder.retire(first);
  recorder.append({ ...TLS, connection: 1 });
  recorder.append({ ...TLS, connection: 2 });
  recorder.settle(2);
  const brief = (file: MemoryFile) => file.events.map(({ kind, connection }) => `${kind} ${connection}`);
  assert.deepEqual([brief(first), first.isClosed()], [["open 1", "open 2", "tls 2"], false]);
  between.add(2);
  recorder.settle(2);
  assert.equal(first.isClosed(), true);
  assert.deepEqual(brief(second), ["open 1", "tls 1", "open 2", "tls 2"]);
});

test("an error behind the end of a connection goes to the file of all, and nowhere where each had its own", () => {
  const error: WireEvent = { kind: "error", connection: 1, atMicros: 9e6, leg: "client", code: "EPIPE" };
  for (const shared of [true, false]) {
    const file = memoryFile();
    const recorder = createFileRecorder({
      current: () => (shared ? file : undefined),
      begin: () => file,
      atFrameBorder: () => true,
      onBehind: () => undefined,
    });
    for (const event of [OPEN, CLOSE, error]) recorder.append(event);
    assert.equal(file.events.includes(error), shared);
  }
});

test("closing closes all, and what comes then is ignored", async () => {
  const made: MemoryFile[] = [];
  const recorder = createFileRecorder({
    current: () => undefined,
    begin: () => {
      made.push(memoryFile());
      return made.at(-1) ?? assert.fail();
    },
    atFrameBorder: () => true,
    onBehind: () => undefined,
  });
  for (const connection of [1, 2]) recorder.append({ ...OPEN, connection });
  await recorder.close();
  assert.equal(recorder.append({ ...OPEN, connection: 3 }), true);
  assert.deepEqual(
    made.map((file) => file.isClosed()),
    [true, true],
  );
});

test("that a file leaves octets out is told once", () => {
  let told = 0;
  const file = { ...memoryFile(), omittedOctets: () => 7 };
  const recorder = createFileRecorder({
    current: () => file,
    begin: () => file,
    atFrameBorder: () => true,
    onBehind: () => told++,
  });
  for (const event of [OPEN, TLS, CLOSE]) recorder.append(event);
  assert.equal(told, 1);
});
