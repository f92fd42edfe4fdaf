import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../src/core/observation.ts";
import { createObserver, observationsOf } from "../../src/core/observe.ts";
import { createCheckpointStore } from "../../src/core/observer/checkpoint-store.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { openCaptureLog } from "../../src/files/capture-log.ts";
import { createSpool } from "../../src/files/spool.ts";
import { createPast } from "../../src/library/past.ts";
import type { Past as PastOfScreen } from "../../src/tui/past.ts";
import { dialogueStream } from "../chunks.ts";
import { NEVER } from "../files/logged-events.ts";
import { scratchPath } from "../files/scratch-folder.ts";
import { writeLargeCapture } from "../large-capture.ts";
import { eventsOf, SELECTED_PRELUDE } from "../playbook.ts";
import { runs } from "../runs.ts";
import { captureOf } from "../wire-events.ts";

const HANDLERS = { onHeader: () => {}, onEvent: () => {}, onProblem: () => {} };

/** As plain values, whatever kind of array holds octets. */
function plain(observations: readonly Observation[]): unknown {
  return JSON.parse(
    JSON.stringify(observations, (_key, value: unknown) => {
      if (value instanceof Uint8Array) return [...value];
      return value instanceof Map ? [...value] : value;
    }),
  );
}

/** Dialogues of several connections beside each other; times ascend. */
const dialogues: fc.Arbitrary<readonly WireEvent[]> = fc
  .array(dialogueStream, { minLength: 1, maxLength: 3 })
  .chain((said) => {
    const all = said.map((stream, i) => connectionEvents(i + 1, stream));
    const order = all.flatMap((events, i) => events.map(() => i));
    return fc.shuffledSubarray(order, { minLength: order.length }).map((shuffled) => {
      const queues = all.map((events) => [...events]);
      return shuffled.flatMap((which, i): WireEvent[] => {
        const event = queues[which]?.shift();
        return event === undefined ? [] : [{ ...event, atMicros: i * 10 }];
      });
    });
  });

function connectionEvents(
  connection: number,
  said: readonly { readonly from: "client" | "server"; readonly bytes: Uint8Array }[],
): WireEvent[] {
  const prelude = eventsOf(SELECTED_PRELUDE).map((event) => ({ ...event, connection }));
  const octets = said
    .filter(({ bytes }) => bytes.length > 0)
    .map(
      ({ from, bytes }): WireEvent => ({ kind: "data", connection, atMicros: 0, from, bytes, redacted: [] }),
    );
  return [...prelude, ...octets, { kind: "close", connection, atMicros: 0, by: "client", reason: "" }];
}

test("law: a connection is recalled as it was observed, up to any time, and everything with the ids of the first time", async () => {
  await fc.assert(
    fc.asyncProperty(dialogues, fc.nat(100), async (events, part) => {
      const spool = createSpool();
      for (const event of events) spool.append(event);
      const past: PastOfScreen = createPast(spool);
      const whole: Observation[] = [];
      await past.observe({ depth: "full", signal: NEVER }, (each) => whole.push(each));
      assert.deepEqual(plain(whole), plain(firstObservations(events).observations));
      const untilMicros = Math.floor((events.length * 10 * part) / 100);
      for (const connection of [1, 2, 3]) {
        const own = events.filter((each) => each.connection === connection && each.atMicros <= untilMicros);
        const first = firstObservations(own);
        const again: Observation[] = [];
        const snapshot = await past.recall({ connection, untilMicros, signal: NEVER }, (each) =>
          again.push(each),
        );
        assert.deepEqual(plain(again), plain(first.observations));
        assert.deepEqual(snapshot, first.observer.connection(connection));
      }
      const read: WireEvent[] = [];
      await past.events(NEVER, (each) => read.push(each));
      assert.equal(read.length, events.length);
      await spool.close();
    }),
    { numRuns: runs(60) },
  );
});

function firstObservations(events: readonly WireEvent[]) {
  const observations: Observation[] = [];
  const observer = createObserver({ emit: (each) => observations.push(each) });
  for (const event of events) observer.take(event);
  return { observations, observer };
}

test("what the end of a capture brings is recalled where nothing follows, and only there", async (context) => {
  const events = eventsOf(`${SELECTED_PRELUDE}C: a1 NOOP\nC: a2 IDLE`);
  const path = scratchPath(context, "c.imapcap");
  writeFileSync(path, captureOf(events));
  const { log, done } = await openCaptureLog(path, HANDLERS);
  await done;
  const past = createPast(log);
  const last = events.at(-1)?.atMicros ?? 0;
  const seen: Observation[] = [];
  await past.recall({ connection: 1, untilMicros: last, signal: NEVER }, (each) => seen.push(each));
  assert.deepEqual(plain(seen), plain(observationsOf(events)));
  const before: Observation[] = [];
  await past.recall({ connection: 1, untilMicros: last - 1, signal: NEVER }, (each) => before.push(each));
  assert.deepEqual(plain(before), plain(firstObservations(events.slice(0, -1)).observations));
  await log.close();
});

test("with checkpoints, what is asked for from a time on is recalled as with all before it", async () => {
  const exchanges = Array.from(
    { length: 400 },
    (_, i) => `C: a${i} FETCH ${1 + (i % 5)} FLAGS\nS: * ${1 + (i % 5)} FETCH (FLAGS ())\nS: a${i} OK done`,
  );
  const events = eventsOf(SELECTED_PRELUDE + exchanges.join("\n"));
  const spool = createSpool();
  const checkpoints = createCheckpointStore({ octetsApart: 3000 });
  const observer = createObserver({ emit: () => {}, depth: "skim", checkpoints });
  for (const event of events) {
    spool.append(event);
    observer.take(event);
  }
  const past: PastOfScreen = createPast(spool, checkpoints);
  const last = events.at(-1)?.atMicros ?? 0;
  for (const fromMicros of [0, 5000, 300_000, 301_000, 1_000_000, last, last + 1]) {
    const untilMicros = fromMicros + 20_000;
    const all: Observation[] = [];
    const whole = await past.recall({ connection: 1, untilMicros, signal: NEVER }, (each) => all.push(each));
    const some: Observation[] = [];
    const quick = await past.recall({ connection: 1, fromMicros, untilMicros, signal: NEVER }, (each) =>
      some.push(each),
    );
    assert.deepEqual(plain(some), plain(some.length === 0 ? [] : all.slice(-some.length)));
    assert.deepEqual(quick, whole);
    const asked = all.filter(({ atMicros }) => atMicros >= fromMicros).length;
    assert.ok(some.length >= asked && some.length <= asked + 300, `${some.length} for ${asked}`);
  }
  await spool.close();
});

test("a checkpoint is of no use where the spool has given up what followed it", async () => {
  const lines = Array.from(
    { length: 3000 },
    (_, i) => `C: a${i} NOOP\nS: * ${i % 9} EXISTS\nS: a${i} OK done`,
  );
  const events = eventsOf(SELECTED_PRELUDE + lines.join("\n"));
  const last = events.at(-1)?.atMicros ?? 0;
  const spool = createSpool({ mostOctets: 80_000 });
  const checkpoints = createCheckpointStore({ octetsApart: 100_000 });
  const observer = createObserver({ emit: () => {}, depth: "skim", checkpoints });
  for (const event of events) {
    spool.append(event);
    observer.take(event);
  }
  const dropped = spool.index.droppedMicros();
  const past = createPast(spool, checkpoints);
  const tagsFrom = async (fromMicros: number) => {
    const tags: string[] = [];
    await past.recall({ connection: 1, fromMicros, untilMicros: last, signal: NEVER }, (seen) => {
      if (seen.kind === "exchange" && seen.exchange.timings.sentMicros >= fromMicros)
        tags.push(seen.exchange.tag);
    });
    return tags;
  };
  const all = observationsOf(events).flatMap((seen) => (seen.kind === "exchange" ? [seen.exchange] : []));
  const first = all.findIndex(({ timings }) => timings.sentMicros > dropped);
  const lost = checkpoints.find(1, dropped);
  assert.ok(first > 0 && lost !== undefined && lost.lastMicros < dropped);
  for (const exchange of [all[first], all[first + 1], all.at(-2)]) {
    const { sentMicros } = exchange?.timings ?? { sentMicros: 0 };
    const expected = all.filter(({ timings }) => timings.sentMicros >= sentMicros).map(({ tag }) => tag);
    assert.deepEqual(await tagsFrom(sentMicros), expected);
  }
  const kept = await tagsFrom(0);
  assert.deepEqual(
    kept,
    all.slice(-kept.length).map(({ tag }) => tag),
  );
  await spool.close();
});

test("a large capture: the first rows come at once, any exchange is recalled soon, and a cancel is obeyed", async (context) => {
  const path = scratchPath(context, "large.imapcap");
  const octets = process.env["IMAPSCOPE_LAW_FACTOR"] === undefined ? 20e6 : 200e6;
  writeLargeCapture(path, { octets, connections: octets / 500_000, atOnce: 20 });
  const rows: { connection: number; tag: string; sentMicros: number; atMicros: number }[] = [];
  let count = 0;
  let firstScreen = 0;
  const begun = cpuMs();
  const checkpoints = createCheckpointStore();
  const observer = createObserver({
    depth: "skim",
    checkpoints,
    emit: (seen) => {
      if (seen.kind !== "exchange") return;
      const { tag, timings } = seen.exchange;
      if (++count === 60) firstScreen = cpuMs() - begun;
      if (count % 997 === 0) {
        rows.push({
          connection: seen.connection,
          tag,
          sentMicros: timings.sentMicros,
          atMicros: seen.atMicros,
        });
      }
    },
  });
  const { log, done } = await openCaptureLog(path, { ...HANDLERS, onEvent: observer.take });
  await done;
  observer.finish();
  assert.ok(firstScreen < 5000, `the first screen took ${firstScreen} ms`);
  const past = createPast(log, checkpoints);
  const spent: number[] = [];
  for (const { connection, tag, sentMicros, atMicros } of rows) {
    let found = 0;
    const from = cpuMs();
    await past.recall(
      { connection, fromMicros: sentMicros, untilMicros: atMicros, signal: NEVER },
      (seen) => {
        if (
          seen.kind === "exchange" &&
          seen.exchange.tag === tag &&
          seen.exchange.timings.sentMicros === sentMicros
        )
          found++;
      },
    );
    spent.push(cpuMs() - from);
    assert.equal(found, 1);
  }
  spent.sort((a, b) => a - b);
  const median = spent[spent.length >> 1] ?? 0;
  assert.ok(median < 300, `a recall took ${median} ms of the processor`);
  const controller = new AbortController();
  let seen = 0;
  const cancelled = past.observe({ depth: "skim", signal: controller.signal }, () => {
    if (++seen === 500) controller.abort(new Error("another row was chosen"));
  });
  await assert.rejects(cancelled, /another row/);
  assert.ok(seen < 20_000, `${seen} observations after the cancel`);
  await log.close();
});

/** What the processor was busy for: other tests run beside this one. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
