import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../src/core/observation.ts";
import { observationsOf } from "../../src/core/observe.ts";
import { observeConnection, observeDialogue, type Run } from "../../src/library/observe-connection.ts";

const SESSION: readonly Run[] = [
  ["server", "* OK ready\r\n", 1000],
  ["client", "a1 LOGIN alice wonderland\r\n", 2000],
  ["server", "a1 OK welcome\r\n", 30_000],
  ["client", "a2 SELECT INBOX\r\n", 40_000],
  ["server", "* 3 EXISTS\r\n* FLAGS (\\Seen)\r\na2 OK [READ-WRITE] selected\r\n", 52_000],
  ["client", "a3 NOO", 60_000],
  ["client", "P\r\n"],
  ["server", "a3 OK done\r\n* 4 EXISTS\r\n", 61_000],
];

test("a dialogue gives its exchanges, states, pushes and masked events", () => {
  const { exchanges, states, pushes, events, connection } = observeDialogue(SESSION);
  assert.deepEqual(
    exchanges.map(({ tag, commandName, status }) => [tag, commandName, status]),
    [
      ["a1", "LOGIN", "OK"],
      ["a2", "SELECT", "OK"],
      ["a3", "NOOP", "OK"],
    ],
  );
  assert.equal(exchanges[0]?.timings.waitMicros, 28_000);
  assert.deepEqual(
    states.map(({ to }) => to),
    ["authenticated", "selected"],
  );
  assert.equal(pushes.length, 1);
  assert.equal(connection?.user, "alice");
  assert.equal(JSON.stringify(events).includes("wonderland"), false);
  assert.deepEqual(
    events.map(({ kind }) => kind).filter((kind) => kind !== "data"),
    ["open", "close"],
  );
});

test("observations come within the call that brought the octets, and the state can be asked for at any time", () => {
  const seen: Observation["kind"][] = [];
  const connection = observeConnection({ onObservation: ({ kind }) => seen.push(kind), openedMicros: 500 });
  assert.deepEqual(seen.splice(0), ["connection"]);
  connection.server("* PREAUTH hello\r\n", 1000);
  assert.equal(connection.snapshot()?.state, "authenticated");
  seen.splice(0);
  connection.client("a1 NOOP\r\n", 2000);
  assert.ok(seen.includes("exchangeStarted"));
  connection.server("a1 OK\r\n", 3000);
  assert.ok(seen.includes("exchange"));
});

test("a connection ends once, and what is open ends with it", () => {
  const ends: string[] = [];
  const connection = observeConnection({
    onObservation: (observation) => {
      if (observation.kind === "exchange") ends.push(observation.exchange.end);
    },
  });
  connection.server("* OK ready\r\n");
  connection.client("a1 NOOP\r\n");
  connection.finish(5);
  connection.finish(6);
  connection.server("a1 OK late\r\n", 7);
  assert.deepEqual(ends, ["connectionLost"]);
});

test("secrets are kept where that is asked for", () => {
  const { events } = observeDialogue(SESSION, { keepSecrets: true });
  const texts = events.map((event) => (event.kind === "data" ? new TextDecoder().decode(event.bytes) : ""));
  assert.ok(texts.includes("a1 LOGIN alice wonderland\r\n"));
});

test("joined midway, the state is unknown at first", () => {
  const connection = observeConnection({ midway: true });
  assert.equal(connection.snapshot()?.state, "unknown");
  assert.equal(connection.snapshot()?.midway, true);
});

test("a plain listener tells of clear-text credentials, a TLS one does not", () => {
  const kinds = (listener: string): string[] =>
    observeDialogue(SESSION, { listener }).defects.map(({ kind }) => kind);
  assert.ok(kinds("imap://localhost:143").includes("cleartext-credentials"));
  assert.equal(kinds("imaps://localhost:993").includes("cleartext-credentials"), false);
});

test("observing live equals observing the masked events, for any octets in any order", () => {
  const pieces = fc.constantFrom(
    "a1 ",
    "LOGIN ",
    "x y",
    "{3}",
    "\r\n",
    "* ",
    "OK ",
    "5 FETCH (FLAGS ())",
    "+ ",
    "abc",
    "IDLE",
  );
  const run = fc.tuple(fc.constantFrom("client" as const, "server" as const), pieces, fc.nat({ max: 100 }));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 40 }), (runs) => {
      let now = 0;
      const ordered = runs.map(([from, text, wait]): Run => {
        now += wait;
        return [from, text, now];
      });
      const live = observeDialogue(ordered);
      assert.deepEqual(observationsOf(live.events), live.observations);
    }),
  );
});

test("what the caller's functions throw reaches the caller, and the analysis goes on", () => {
  for (const own of ["onObservation", "onEvent"] as const) {
    const seen: Observation[] = [];
    const failures: unknown[] = [];
    let calls = 0;
    const connection = observeConnection({
      onObservation: (observation) => seen.push(observation),
      onFailure: (error) => failures.push(error),
      [own]: (value: Observation) => {
        if (own === "onObservation") seen.push(value);
        if (++calls === 3) throw new Error("mine");
      },
    });
    connection.server("* OK ready\r\n", 1);
    assert.throws(() => connection.client("a NOOP\r\n", 2), /^Error: mine$/, own);
    connection.server("a OK done\r\n", 3);
    connection.finish(4);
    const exchanges = seen.flatMap((each) => (each.kind === "exchange" ? [each.exchange.status] : []));
    assert.deepEqual([exchanges, failures], [["OK"], []], own);
    assert.equal(seen.filter(({ kind }) => kind === "notice" || kind === "defect").length, 0, own);
  }
});

test("also of the last call", () => {
  const seen: string[] = [];
  const connection = observeConnection({
    onObservation: (observation) => {
      seen.push(observation.kind);
      if (observation.kind === "exchange") throw new Error("mine");
    },
  });
  connection.server("* OK ready\r\n", 1);
  connection.client("a NOOP\r\n", 2);
  assert.throws(() => connection.finish(3), /mine/);
  connection.finish(4);
  assert.equal(seen.at(-1), "connection");
  assert.equal(seen.filter((kind) => kind === "exchange").length, 1);
});
