import assert from "node:assert/strict";
import { test } from "node:test";
import { displayText } from "../../../src/core/base/octets.ts";
import { type ClientScript, createClientScript } from "../../../src/core/replay/as-client-script.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf } from "../../playbook.ts";

function scriptOf(events: readonly WireEvent[]): ClientScript {
  const builder = createClientScript();
  for (const event of events) builder.take(event);
  return builder.finish();
}

const SESSION = `
  S: * OK ready
  C: a1 LOGIN alice xxxxxxxx
  S: a1 OK in
  C: a2 EXAMINE INBOX
  S: a2 OK [READ-ONLY] open
  C: a3 NOOP
  C: a4 SEARCH SUBJECT {5}
  S: a3 OK
  S: + go on
  C| hello
  C:  TEXT {3+}
  C: abc SEEN
  S: * SEARCH
  S: a4 OK
  C: a5 IDLE
  S: + idling
  S: * 4 EXISTS
  C: DONE
  S: a5 OK
  C: a6 LOGOUT
  S: * BYE
  S: a6 OK
  -- close client`;

test("each command with its octets cut behind literal headers, and what was over before it", () => {
  const script = scriptOf(eventsOf(SESSION));
  const [one] = script.connections;
  assert.deepEqual(
    one?.steps.map(({ name, after, rank, status }) => [name, after, rank, status]),
    [
      ["LOGIN", 0, 0, "OK"],
      ["EXAMINE", 1, 1, "OK"],
      ["NOOP", 2, 2, "OK"],
      ["SEARCH", 2, 3, "OK"],
      ["IDLE", 4, 4, "OK"],
      ["LOGOUT", 5, 5, "OK"],
    ],
  );
  const search = one?.steps[3];
  assert.deepEqual(
    search?.parts.map(({ bytes, announces }) => [displayText(bytes), announces?.synchronizing]),
    [
      ["a4 SEARCH SUBJECT {5}\r\n", true],
      ["hello TEXT {3+}\r\n", false],
      ["abc SEEN\r\n", undefined],
    ],
  );
  assert.deepEqual(one?.steps[4]?.idle, { doneAfter: 4, gapMicros: 1000, pushes: 1, micros: 3000 });
  assert.deepEqual([script.completed, script.problems], [6, []]);
});

test("connections are told apart, and one that begins later waits for what was over then", () => {
  const first = eventsOf(SESSION);
  const second = eventsOf(SESSION).map((event): WireEvent => ({ ...event, connection: 2 }));
  const script = scriptOf([...first, ...second]);
  assert.deepEqual(
    script.connections.map(({ connection, openAfter, steps }) => [connection, openAfter, steps.length]),
    [
      [1, 0, 6],
      [2, 6, 6],
    ],
  );
});

test("how long a client waited before each command, behind what was said to it or completed anywhere", () => {
  const one = eventsOf(
    "S: * PREAUTH\n@30\nC: a1 NOOP\nC: a2 NOOP\nS: a1 OK\nS: a2 OK\n@90\nC: a3 IDLE\nS: + go\n@95\nS: * 1 EXISTS\n@99\nC: DONE\nS: a3 OK",
  );
  const two = eventsOf("@40\nS: * PREAUTH\n@60\nC: b1 NOOP\nS: b1 OK").map(
    (event): WireEvent => ({
      ...event,
      connection: 2,
      atMicros: event.kind === "open" ? 35_000 : event.atMicros,
    }),
  );
  const both = [...one, ...two].sort((some, other) => some.atMicros - other.atMicros);
  const [first, second] = scriptOf(both).connections;
  assert.deepEqual(
    first?.steps.map(({ tag, gapMicros }) => [tag, gapMicros]),
    [
      ["a1", 29_000],
      ["a2", 1000],
      ["a3", 29_000],
    ],
  );
  assert.equal(first?.steps[2]?.idle?.gapMicros, 4000);
  assert.deepEqual([first?.gapMicros, second?.gapMicros, second?.steps[0]?.gapMicros], [0, 2000, 20_000]);
});

test("masked spans, commands that nobody completed, and what cannot be known", () => {
  const events = eventsOf("S: * OK ready\nC: a1 GENURLAUTH xxxxxxxx INTERNAL\nS: a1 OK\nC: a2 NOOP").map(
    (event): WireEvent =>
      event.kind === "data" && displayText(event.bytes).includes("xxxx")
        ? { ...event, redacted: [[14, 22]] }
        : event,
  );
  const [one] = scriptOf(events).connections;
  assert.deepEqual(
    one?.steps.map(({ masked, rank }) => [masked, rank]),
    [
      [true, 0],
      [false, undefined],
    ],
  );
  assert.match(scriptOf(eventsOf("C: a NOOP", { midway: true })).problems.join(), /from its middle on/);
  assert.match(scriptOf(eventsOf("S: * OK ready\n-- omitted client")).problems.join(), /lacks octets/);
});
