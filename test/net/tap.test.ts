import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_STARTTLS } from "../../src/core/intake.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import type { Notice } from "../../src/net/notice.ts";
import { createTap } from "../../src/net/tap.ts";

const clock = { startedAt: new Date(), micros: () => 7 };

test("facts carry connection and time, data its own time of reading", () => {
  const events: WireEvent[] = [];
  const tap = createTap({
    connection: 3,
    clock,
    createIntake: (connection) => {
      assert.equal(connection, 3);
      return {
        take: (event) => {
          events.push(event);
          return { consumed: 1, switch: undefined };
        },
        serverFrame: () => "border",
        startTlsState: () => NO_STARTTLS,
      };
    },
    onNotice: () => assert.fail(),
  });
  const bytes = Uint8Array.of(1);
  assert.equal(tap.data("client", bytes, 5, { relayed: false }).consumed, 1);
  tap.dropped("server", 9);
  tap.end("server");
  tap.error("client", "ECONNRESET", "read\nreset");
  tap.close("imapscope", "over");
  assert.equal(tap.serverFrame(), "border");
  assert.deepEqual(events, [
    { kind: "data", connection: 3, atMicros: 5, from: "client", bytes, redacted: [], relayed: false },
    {
      ...({ kind: "omitted", connection: 3, atMicros: 7, from: "server", octets: 9 } as const),
      ...({ reason: "opaque", relayed: false } as const),
    },
    { kind: "end", connection: 3, atMicros: 7, from: "server" },
    { kind: "error", connection: 3, atMicros: 7, leg: "client", code: "ECONNRESET", message: "read?reset" },
    { kind: "close", connection: 3, atMicros: 7, by: "imapscope", reason: "over" },
  ]);
});

test("the first exception ends the analysis, wherever it comes from", () => {
  const fail = () => {
    throw new Error("bug");
  };
  const fine = {
    take: () => ({ consumed: 0, switch: undefined }),
    serverFrame: () => "border" as const,
    startTlsState: () => NO_STARTTLS,
  };
  for (const createIntake of [
    fail,
    () => ({ ...fine, take: fail }),
    () => ({ ...fine, serverFrame: fail }),
  ]) {
    const notices: Notice[] = [];
    const tap = createTap({ connection: 1, clock, createIntake, onNotice: (notice) => notices.push(notice) });
    tap.end("client");
    tap.serverFrame();
    assert.deepEqual(tap.data("client", new Uint8Array(4), 0), { consumed: 4, switch: undefined });
    assert.equal(tap.serverFrame(), "over");
    assert.equal(notices.length, 1);
    assert.deepEqual([notices[0]?.level, notices[0]?.connection], ["error", 1]);
    assert.match(notices[0]?.text ?? "", /Error: bug/);
  }
});
