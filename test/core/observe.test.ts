/** The laws of the one door: every exchange ends exactly once, nothing throws, and chunks do not matter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../../src/core/base/octets.ts";
import type { Observation } from "../../src/core/observation.ts";
import { exchangesOf, observationsOf } from "../../src/core/observe.ts";
import type { DataEvent, WireEvent } from "../../src/core/wire/event.ts";
import { eventsOf, playEvents, SELECTED_PRELUDE } from "../playbook.ts";
import { runs } from "../runs.ts";

/** Lines from which dialogues are shuffled: sound, odd and hostile ones. */
const LINES: readonly string[] = [
  "C: a FETCH 1:* (FLAGS UID)",
  "C: b UID FETCH 5:9 BODY[]",
  "C: a STORE 1 +FLAGS (\\Seen)",
  "C: c SEARCH RETURN (UPDATE) ALL",
  "C: d IDLE",
  "C: DONE",
  "C: e APPEND Sent {3}",
  "C: e APPEND Sent {3+}",
  "C: abc",
  "C: f SELECT Sent (QRESYNC (7 5))",
  "C: g LOGOUT",
  "C: h AUTHENTICATE PLAIN",
  "C: *",
  "C: ",
  "C: i MOVE 1 Sent",
  "C: j EXPUNGE",
  "C| k NO",
  "C: l UNAUTHENTICATE",
  "C: m ENABLE QRESYNC UTF8=ACCEPT",
  'C: n LIST "" (a b) RETURN (STATUS (MESSAGES))',
  "C: a CLOSE",
  "C: p1 CAPABILITY",
  "S: * 1 EXPUNGE",
  "S: * 9 EXISTS",
  "S: * 0 FETCH (UID 5)",
  "S: * 3 FETCH (FLAGS () UID 7 BODY[] {3}",
  "S: x)",
  "S: + ok",
  "S: a OK x",
  "S: a NO x",
  "S: b OK x",
  "S: c OK x",
  "S: d OK x",
  "S: e OK [APPENDUID 1 2] x",
  "S: f OK x",
  "S: g OK x",
  "S: h OK x",
  "S: i OK [COPYUID 1 1:2 3] x",
  "S: j BAD x",
  "S: zz OK x",
  "S: * OK [CLOSED] x",
  "S: * VANISHED 1:4294967295",
  "S: * VANISHED (EARLIER) 1:9",
  'S: * ESEARCH (TAG "c") UID ALL 1:9',
  "S: * SEARCH 1 2",
  "S: * BYE x",
  "S: * STATUS a (MESSAGES 3)",
  'S: * LIST () "/" a',
  "S: * 4294967295 EXPUNGE",
  "S: * 4294967295 EXISTS",
  "S: ",
  "S: garbage",
  "S| * OK cut",
  "S: * OK [UIDVALIDITY 0] x",
  "S: * ENABLED QRESYNC",
  "S: * CAPABILITY IMAP4rev1",
  "S: m OK x",
  "S: l OK x",
  "S: \\x00\\xff{9}",
  "-- end client",
  "-- omitted server",
];

const transcripts = fc
  .tuple(
    fc.constantFrom("", SELECTED_PRELUDE, "S: * PREAUTH hi\n"),
    fc.array(fc.constantFrom(...LINES), { maxLength: 40 }),
  )
  .map(([prelude, lines]) => `${prelude}\n${lines.join("\n")}`);

function check(observations: readonly Observation[]): void {
  const open = new Set<number>();
  const over = new Set<number>();
  for (const seen of observations) {
    if (seen.kind === "exchangeStarted") {
      assert.ok(!open.has(seen.exchange.id) && !over.has(seen.exchange.id), "ids are given once");
      open.add(seen.exchange.id);
    } else if (seen.kind === "exchange") {
      assert.ok(open.delete(seen.exchange.id), "an exchange ends once, after it began");
      over.add(seen.exchange.id);
      const { uploadMicros, waitMicros, downloadMicros, totalMicros } = seen.exchange.timings;
      if (totalMicros !== undefined) {
        assert.equal((uploadMicros ?? 0) + (waitMicros ?? 0) + (downloadMicros ?? 0), totalMicros);
      }
    } else if (seen.kind === "notice") assert.notEqual(seen.code, "failed");
  }
  assert.equal(open.size, 0, "every exchange ends");
}

test("every exchange ends exactly once, whatever is said in whatever order", () => {
  fc.assert(
    fc.property(transcripts, fc.boolean(), (transcript, midway) =>
      check(observationsOf(eventsOf(transcript, { midway }))),
    ),
    { numRuns: runs(400) },
  );
});

test("no octets make it fail", () => {
  const alphabet = fc.constantFrom(...'a1*+ \r\n{}()[]"\\~<>.:,OKNODFETCHUID\x00\xff');
  const run = fc.record({
    from: fc.constantFrom("client" as const, "server" as const),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc
        .array(alphabet, { maxLength: 60 })
        .map((letters) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0))),
      fc
        .constantFrom(...LINES.filter((line) => /^[CS]:/.test(line)))
        .map((line) => Uint8Array.from(`${line.slice(3)}\r\n`, (letter) => letter.charCodeAt(0))),
    ),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 30 }), fc.boolean(), (runs, midway) => {
      const events: WireEvent[] = eventsOf("", { midway });
      for (const { from, bytes } of runs) {
        events.push({ kind: "data", connection: 1, atMicros: 5, from, bytes, redacted: [] });
      }
      check(observationsOf(events));
    }),
    { numRuns: runs(400) },
  );
});

/** What must not depend on how a run of octets was cut into events of the same time. */
function plain(observations: readonly Observation[]): unknown {
  return JSON.parse(
    JSON.stringify(observations, (_key, value: unknown) => {
      if (value instanceof Uint8Array) return [...value];
      if (value instanceof Map) return [...value];
      return value;
    }),
  );
}

test("the chunks in which octets arrive do not change what is observed", () => {
  fc.assert(
    fc.property(transcripts, fc.integer({ min: 1, max: 7 }), (transcript, size) => {
      const events = joined(eventsOf(transcript));
      const chunked = events.flatMap((event): readonly WireEvent[] =>
        event.kind === "data" ? chunks(event, size) : [event],
      );
      assert.deepEqual(plain(observationsOf(chunked)), plain(observationsOf(events)));
    }),
    { numRuns: runs(200) },
  );
});

/** Joins neighbouring runs of a direction, so that several frames share a read. */
function joined(events: readonly WireEvent[]): readonly WireEvent[] {
  const result: WireEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (event.kind === "data" && last?.kind === "data" && last.from === event.from) {
      result[result.length - 1] = { ...last, bytes: concat([last.bytes, event.bytes]) };
    } else result.push(event);
  }
  return result;
}

function chunks(event: DataEvent, size: number): readonly DataEvent[] {
  const runs: DataEvent[] = [];
  for (let at = 0; at < event.bytes.length; at += size) {
    runs.push({ ...event, bytes: event.bytes.subarray(at, at + size) });
  }
  return runs;
}

test("connections are folds of their own, and exchanges are numbered over the capture", () => {
  const first = eventsOf("S: * OK hi\nC: a NOOP\nS: a OK x");
  const second = eventsOf("S: * OK hi\nC: a CAPABILITY\nS: a OK x").map((event) => ({
    ...event,
    connection: 2,
  }));
  const mixed = first.flatMap((event, index) => [event, second[index] ?? event]);
  const exchanges = exchangesOf(mixed);
  assert.deepEqual(
    exchanges.map(({ id, connection, commandName }) => [id, connection, commandName]),
    [
      [1, 1, "NOOP"],
      [2, 2, "CAPABILITY"],
    ],
  );
});

test("a connection that was never opened is joined midway", () => {
  const events = eventsOf("C: a NOOP\nS: a OK x").slice(1);
  assert.deepEqual(playEvents(events).defects, []);
  assert.deepEqual(
    exchangesOf(events).map(({ end }) => end),
    ["completed"],
  );
});

test("10,000 pipelined commands are attributed in reasonable time", () => {
  const commands = Array.from({ length: 10_000 }, (_, i) => `C: t${i} FETCH ${i + 1} FLAGS`);
  const answers = Array.from({ length: 10_000 }, (_, i) => `S: * ${i + 1} FETCH (FLAGS ())\nS: t${i} OK x`);
  const exchanges = exchangesOf(
    eventsOf(`${SELECTED_PRELUDE}S: * 10000 EXISTS\n${commands.join("\n")}\n${answers.join("\n")}`),
  );
  assert.equal(exchanges.length, 10_002);
  assert.ok(exchanges.slice(2).every(({ attributed }) => attributed.certain + attributed.likely === 1));
});

test("a unit that is not whole is cut, and not blamed for its missing rest", () => {
  const at = { connection: 1, atMicros: 1 } as const;
  const said = utf8("* OK hi\r\n* 1 FETCH (UID 7 BODY[] {9}\r\nabc");
  const data: DataEvent = { ...at, kind: "data", from: "server", bytes: said, redacted: [] };
  const close: WireEvent = { ...at, kind: "close", by: "server", reason: "closed" };
  const behind: WireEvent = { ...at, kind: "omitted", from: "server", octets: 9, reason: "behind" };
  const kinds = (events: readonly WireEvent[]) =>
    observationsOf(events).flatMap((each) => (each.kind === "defect" ? [each.defect.kind] : []));
  assert.deepEqual(kinds([data, close]), ["server-cut"]);
  assert.deepEqual(kinds([data, behind, close]), []);
});
