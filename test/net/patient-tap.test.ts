/** Relayed octets are looked at when the relay is at rest, and before anything else is told or asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_STARTTLS, type Taken } from "../../src/core/intake.ts";
import { createPatientTap } from "../../src/net/patient-tap.ts";
import { createRest } from "../../src/net/rest.ts";
import type { RelayTap, Tap } from "../../src/net/tap.ts";

const NOTHING: Taken = { consumed: 0, switch: undefined };

/** A tap that notes what reaches it, by the name of its connection. */
function noting(name: string, notes: string[], consumed?: number): Tap {
  const note = (what: string): Taken => {
    notes.push(`${name} ${what}`);
    return NOTHING;
  };
  return {
    take: ({ kind }) => note(kind),
    data: (from, bytes, atMicros) => {
      note(`${from} ${String(Buffer.from(bytes))} @${atMicros}`);
      return consumed === undefined || bytes.length <= consumed
        ? { consumed: bytes.length, switch: undefined }
        : { consumed, switch: { kind: "startTls" } as Taken["switch"] };
    },
    dropped: (from) => note(`dropped ${from}`),
    startTls: (leg) => note(`starttls ${leg}`),
    end: (from, bare) => note(`end ${from}${bare === true ? " bare" : ""}`),
    error: (leg) => note(`error ${leg}`),
    close: (by) => note(`close ${by}`),
    serverFrame: () => (note("border?") === NOTHING ? "border" : "over"),
    startTlsState: () => {
      note("starttls?");
      return NO_STARTTLS;
    },
  };
}

const OTHERS: Record<string, (tap: RelayTap) => unknown> = {
  "client x @9": (tap) => tap.data("client", Buffer.from("x"), 9),
  "end server": (tap) => tap.end("server"),
  "end client bare": (tap) => tap.end("client", true),
  "dropped client": (tap) => tap.dropped("client", 3),
  "starttls client": (tap) => tap.startTls("client"),
  "error server": (tap) => tap.error("server", "ECONNRESET", ""),
  "close client": (tap) => tap.close("client", ""),
  "border?": (tap) => assert.equal(tap.serverFrame(), "border"),
  "starttls?": (tap) => assert.equal(tap.startTlsState(), NO_STARTTLS),
  end: (tap) => tap.take({ kind: "end", connection: 1, atMicros: 0, from: "client" }),
};

for (const [what, tellOrAsk] of Object.entries(OTHERS)) {
  test(`${what}: preceded by what was relayed before, of any connection`, () => {
    const notes: string[] = [];
    const rest = createRest(() => undefined);
    const one = createPatientTap(noting("1", notes), rest);
    const other = createPatientTap(noting("2", notes), rest);
    one.relayed("client", Buffer.from("a"), 5);
    other.relayed("server", Buffer.from("b"), 6);
    one.relayed("server", Buffer.from("c"), 7);
    assert.deepEqual(notes, []);
    tellOrAsk(other);
    assert.deepEqual(notes, ["1 client a @5", "2 server b @6", "1 server c @7", `2 ${what}`]);
  });
}

test("octets behind a change of the transport that nobody obeys are looked at too", () => {
  const notes: string[] = [];
  const rest = createRest(() => undefined);
  createPatientTap(noting("1", notes, 2), rest).relayed("client", Buffer.from("abcde"), 5);
  rest.catchUp();
  assert.deepEqual(notes, ["1 client abcde @5", "1 client cde @5", "1 client e @5"]);
});

test("what waits is looked at when the event loop has nothing else", async () => {
  const notes: string[] = [];
  createPatientTap(noting("1", notes), createRest()).relayed("client", Buffer.from("a"), 5);
  assert.deepEqual(notes, []);
  while (notes.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(notes, ["1 client a @5"]);
});
