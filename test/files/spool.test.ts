import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { DataEvent, OpenEvent, WireEvent } from "../../src/core/wire/event.ts";
import { createSpool, SPOOL_DESCRIPTORS, type SpoolOptions } from "../../src/files/spool.ts";
import type { SegmentFile } from "../../src/files/spool-segment.ts";
import { openTemporaryFile } from "../../src/files/temporary-file.ts";
import { runs } from "../runs.ts";
import { captureOf, comparable, decoded, wireEvent } from "../wire-events.ts";
import { loggedEvents } from "./logged-events.ts";

function data(connection: number, atMicros: number, octets: number): DataEvent {
  const bytes = new Uint8Array(octets).fill(0x61 + (atMicros % 26));
  return { kind: "data", connection, atMicros, from: "server", bytes, redacted: [] };
}

function open(connection: number): OpenEvent {
  const place = { client: "127.0.0.1:9", listener: "imaps://127.0.0.1", upstream: "imaps://h" };
  return { kind: "open", connection, atMicros: 0, ...place, midway: false };
}

function spoolOf(events: readonly WireEvent[], options: SpoolOptions = {}) {
  const spool = createSpool(options);
  for (const event of events) spool.append(event);
  return spool;
}

test("law: what comes out of a spool is what comes out of a recording of the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wireEvent, { maxLength: 25 }), async (events) => {
      const spool = spoolOf(events);
      assert.deepEqual(await loggedEvents(spool), decoded([captureOf(events)]).events);
      await spool.close();
    }),
    { numRuns: runs(100) },
  );
});

test("at its bound the oldest is given up, never more than the bound is on disk, and the rest can be read", async () => {
  const most = 1_000_000;
  const onDisk = new Map<SegmentFile, number>();
  const isOpen = new Set<SegmentFile>();
  let mostOpen = 0;
  const openFile = async (): Promise<SegmentFile> => {
    const file = await openTemporaryFile();
    const counted: SegmentFile = {
      write: async (bytes, offset, length, position) => {
        onDisk.set(counted, position + length);
        return file.write(bytes, offset, length, position);
      },
      read: (into, offset, length, position) => file.read(into, offset, length, position),
      close: async () => {
        await file.close();
        onDisk.delete(counted);
        isOpen.delete(counted);
      },
    };
    isOpen.add(counted);
    mostOpen = Math.max(mostOpen, isOpen.size);
    return counted;
  };
  const spool = createSpool({ mostOctets: most, openFile });
  const events: WireEvent[] = [open(1), open(2)];
  for (const event of events) spool.append(event);
  for (let i = 1; i <= 2000; i++) {
    const event = data(1 + (i % 2), i, 1000 + (i % 7) * 1000);
    events.push(event);
    spool.append(event);
    if (i % 100 === 0) {
      await spool.flush();
      // A file that is given up is closed in a turn of its own.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const octets = [...onDisk.values()].reduce((sum, each) => sum + each, 0);
      assert.ok(octets <= most, `${octets} octets on disk`);
    }
  }
  const left = await loggedEvents(spool);
  const [first, second, ...rest] = left;
  assert.deepEqual(
    [first, second],
    [open(1), open(2)].map((each) => ({ ...each, midway: true })),
  );
  assert.deepEqual(rest, events.slice(-rest.length).map(comparable));
  assert.ok(spool.droppedOctets() > 0);
  assert.ok(mostOpen <= SPOOL_DESCRIPTORS, `${mostOpen} files open`);
  const keptOctets = spool.index.end() - spool.droppedOctets();
  assert.ok(keptOctets <= most && keptOctets > most * 0.8, `${keptOctets} kept`);
  const own = await loggedEvents(spool, { connection: 2, afterMicros: 1990, untilMicros: 1995 });
  assert.deepEqual(
    own.map((event) => event.atMicros),
    [1991, 1993, 1995],
  );
  await spool.close();
});

test("facts of a connection that began in what was given up are told before the rest, those of a closed one are not", async () => {
  const spool = createSpool({ mostOctets: 100_000 });
  spool.append(open(1));
  spool.append({ kind: "deflate", connection: 1, atMicros: 1, from: "client" });
  spool.append(open(2));
  spool.append({ kind: "close", connection: 2, atMicros: 2, by: "client", reason: "" });
  for (let i = 3; i < 300; i++) spool.append(data(1, i, 1000));
  assert.deepEqual((await loggedEvents(spool)).slice(0, 2), [
    { ...open(1), midway: true },
    { kind: "deflate", connection: 1, atMicros: 1, from: "client" },
  ]);
  assert.deepEqual(await loggedEvents(spool, { connection: 2 }), []);
  await spool.close();
});

/** A file whose writes wait for the gate. */
function gatedFile() {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const openFile = async (): Promise<SegmentFile> => {
    const file = await openTemporaryFile();
    return {
      write: async (bytes, offset, length, position) => {
        await gate;
        return file.write(bytes, offset, length, position);
      },
      read: (into, offset, length, position) => file.read(into, offset, length, position),
      close: () => file.close(),
    };
  };
  return { openFile, release };
}

test("where the disk does not keep up, octets are left out and counted in their place; what is rare is kept", async () => {
  const { openFile, release } = gatedFile();
  let behind = 0;
  const spool = createSpool({ openFile, queueOctets: 1_000_000, onBehind: () => behind++ });
  spool.append(open(1));
  for (let i = 1; i <= 300; i++) spool.append(data(1, i, 10_000));
  spool.append({ kind: "end", connection: 1, atMicros: 301, from: "client" });
  spool.append(data(1, 302, 10_000));
  release();
  await spool.drained();
  spool.append(data(1, 303, 10_000));
  const events = await loggedEvents(spool);
  const octets = events.map((event) =>
    event.kind === "data" ? event.bytes.length : event.kind === "omitted" ? event.octets : 0,
  );
  assert.equal(
    octets.reduce((sum, each) => sum + each),
    302 * 10_000,
  );
  const words = events.map((event) => event.kind).filter((kind, i, all) => kind !== all[i - 1]);
  assert.deepEqual(words, ["open", "data", "omitted", "end", "omitted", "data"]);
  assert.equal(behind, 1);
  assert.ok(spool.omittedOctets() > 1_000_000);
  await spool.close();
});

test("a write that fails ends the spool, is told once, and what was written can still be read", async () => {
  let broken = false;
  const ends: unknown[] = [];
  const openFile = async (): Promise<SegmentFile> => {
    const file = await openTemporaryFile();
    return {
      write: async (bytes, offset, length, position) => {
        if (broken) throw Object.assign(new Error("full"), { code: "ENOSPC" });
        return file.write(bytes, offset, length, position);
      },
      read: (into, offset, length, position) => file.read(into, offset, length, position),
      close: () => file.close(),
    };
  };
  const spool = createSpool({ openFile, onEnd: (cause) => ends.push(cause) });
  spool.append(data(1, 1, 5000));
  await spool.flush();
  broken = true;
  for (let i = 2; i < 200; i++) spool.append(data(1, i, 5000));
  await spool.flush();
  spool.append(data(1, 999, 5));
  const events = await loggedEvents(spool);
  assert.deepEqual(events[0], comparable(data(1, 1, 5000)));
  assert.equal(events.length, 1);
  assert.equal(ends.length, 1);
  assert.ok(spool.isOver());
  await spool.close();
});
