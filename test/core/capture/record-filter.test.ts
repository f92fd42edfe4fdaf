import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../../../src/core/base/octets.ts";
import { createRecordFilter } from "../../../src/core/capture/record-filter.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { runs } from "../../runs.ts";
import { captureOf, comparable, decoded, wireEvent } from "../../wire-events.ts";

/** What the filter gives of a file that it gets in pieces of this size, the untaken rest of each once more. */
function filtered(file: Uint8Array, connection: number, size: number): Uint8Array {
  const kept: Uint8Array[] = [];
  const filter = createRecordFilter(connection, (bytes) => kept.push(bytes));
  for (let at = 0; at < file.length; ) {
    // Heads of 256 octets are decided on.
    const stop = Math.min(file.length, at + 256 + size);
    at += filter.push(file.subarray(at, stop), stop === file.length);
  }
  return concat(kept);
}

function ofConnection(events: readonly WireEvent[], connection: number): readonly WireEvent[] {
  return events.filter((event) => event.connection === connection);
}

test("law: all events of the connection are in what is kept, for any pieces, and no data of others", () => {
  fc.assert(
    fc.property(
      fc.array(wireEvent, { maxLength: 20 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(9000),
      (events, plainOnly, connection, size) => {
        const file = captureOf(events, { plainOnly });
        const { events: found, problems } = decoded([filtered(file, connection, size)]);
        const own = ofConnection(decoded([file]).events, connection);
        assert.deepEqual(problems, []);
        assert.deepEqual(ofConnection(found, connection), own);
        assert.ok(found.every((event) => event.kind !== "data" || event.connection === connection));
      },
    ),
    { numRuns: runs(400) },
  );
});

test("records in another form are kept and understood, raw octets behind them too", () => {
  const own: WireEvent = {
    kind: "data",
    connection: 2,
    atMicros: 5000,
    from: "client",
    bytes: utf8("a NOOP\r\n"),
    redacted: [],
  };
  const file = concat([
    captureOf([]),
    utf8('{ "type" : "data", "connection": 1, "at": 3, "octets": 20, "from": "server" }\n'),
    utf8('{"type":"data","conn\n'),
    utf8('{"type":"future","connection":1,"at":4,"octets":6}\n{"ty\n}\n'),
    utf8('{"connection":2,"type":"data","at":5,"from":"client","text":"a NOOP\\r\\n"}\n'),
    utf8('{"type":"data","connection":22,"at":6,"from":"client","text":"b NOOP\\r\\n"}\n'),
  ]);
  const { events } = decoded([filtered(file, 2, 10)]);
  assert.deepEqual(ofConnection(events, 2), [comparable(own)]);
  assert.deepEqual(
    events.map((event) => event.connection),
    [1, 2],
  );
});

test("a raw run that does not end where it says costs its line, as for the decoder", () => {
  const file = concat([
    captureOf([]),
    utf8('{"type":"data","connection":1,"at":3,"from":"server","octets":3}\n12345\n'),
    utf8('{"type":"data","connection":2,"at":5,"from":"client","text":"x"}\n'),
  ]);
  assert.deepEqual(
    decoded([filtered(file, 2, 0)]).events.map((event) => event.connection),
    [2],
  );
});

test("law: octets of any kind never throw, and all are taken", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          wireEvent.map((event) => captureOf([event]).slice(130)),
        ),
      ),
      fc.nat(300),
      (parts, size) => {
        const file = concat([...parts, utf8("\n")]);
        assert.ok(filtered(file, 1, size).length <= file.length);
      },
    ),
    { numRuns: runs(200) },
  );
});
