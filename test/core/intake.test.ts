import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, latin1, utf8 } from "../../src/core/base/octets.ts";
import { createDialogue } from "../../src/core/dialogue/dialogue.ts";
import { createIntake } from "../../src/core/intake.ts";
import type { DataEvent, WireEvent } from "../../src/core/wire/event.ts";
import { chunked, dialogueStream } from "../chunks.ts";
import { runs } from "../runs.ts";

/** A bug of ours must fail the law that meets it. */
function rethrow(error: unknown): never {
  throw error;
}

export interface Said {
  readonly from: "client" | "server";
  readonly bytes: Uint8Array;
}

function data(said: Said, atMicros: number): DataEvent {
  return { kind: "data", connection: 1, atMicros, from: said.from, bytes: said.bytes, redacted: [] };
}

function masked(run: readonly Said[], keepSecrets = false): WireEvent[] {
  const events: WireEvent[] = [];
  const intake = createIntake({ keepSecrets, emit: (event) => events.push(event), onFailure: rethrow });
  run.forEach((said, i) => {
    intake.take(data(said, i));
  });
  intake.take({ kind: "close", connection: 1, atMicros: run.length, by: "client", reason: "" });
  return events;
}

function text(events: readonly WireEvent[], from: "client" | "server"): string {
  const runs = events.filter((event): event is DataEvent => event.kind === "data" && event.from === from);
  return latin1(concat([new Uint8Array(0), ...runs.map((event) => event.bytes)]));
}

/** What the units of a dialogue are, in order, as far as both directions could be framed. */
function roles(events: readonly WireEvent[]): string[] {
  const seen: string[] = [];
  const dialogue = createDialogue({
    emit: (event) => {
      if (event.kind === "frame") {
        // Lines that were masked whole share one tag, so what hangs on tags is not compared.
        const kinds = event.defects
          .map((defect) => defect.kind)
          .filter((kind) => !/-limit$|^tag-/.test(kind));
        const literals = event.frame.literals.map((literal) => literal.synchronizing);
        // Of a secret that was cut off nothing is left, not even that it began.
        if (event.frame.end !== "cut")
          seen.push(`${event.role} ${event.reason} ${kinds} ${event.frame.end} ${literals}`);
      } else if (event.kind === "opaque") {
        seen.push(`opaque ${event.from}`);
      }
    },
  });
  for (const event of events) {
    if (event.kind === "data") {
      for (let at = 0; at < event.bytes.length; )
        at += dialogue.receive(event.from, event.bytes.subarray(at), event.atMicros).consumed;
    } else if (event.kind === "omitted")
      dialogue.receive(event.from, new Uint8Array(event.octets).fill(0), event.atMicros);
  }
  dialogue.finish();
  return seen;
}

function split(run: readonly Said[], sizes: Iterator<number>): Said[] {
  return run.flatMap((said) => chunked(said.bytes, sizes).map((bytes) => ({ from: said.from, bytes })));
}

test("law: however the octets are split, the same is masked", () => {
  fc.assert(
    fc.property(dialogueStream, fc.infiniteStream(fc.nat(9)), (run, sizes) => {
      const whole = masked(run);
      const pieces = masked(split(run, sizes));
      assert.equal(text(pieces, "client"), text(whole, "client"));
      assert.equal(text(pieces, "server"), text(whole, "server"));
    }),
    { numRuns: runs(500) },
  );
});

test("law: the masked dialogue frames as the clear one does", () => {
  fc.assert(
    fc.property(dialogueStream, (run) => {
      const clear = roles(masked(run, true));
      // The tag of an answer to no command may be an echo, and so may any part of a line that is no response.
      fc.pre(!clear.some((said) => /tagged-|malformed/.test(said)));
      // Two lines that were masked whole have one tag, so that an answer cannot be told to be the second one's.
      const whole = masked(run).filter(
        (event) => event.kind === "data" && /^xxxxxxxx/m.test(latin1(event.bytes)),
      );
      fc.pre(whole.length < 2);
      assert.deepEqual(roles(masked(run)), clear);
    }),
    { numRuns: runs(1000) },
  );
});

test("law: without masking, the octets are given on exactly", () => {
  fc.assert(
    fc.property(dialogueStream, (run) => {
      const events = masked(run, true);
      for (const from of ["client", "server"] as const) {
        const sent = run.filter((said) => said.from === from).map((said) => said.bytes);
        assert.equal(text(events, from), latin1(concat([new Uint8Array(0), ...sent])));
      }
    }),
  );
});

test("law: masked octets plus counts never exceed what came by more than the masks", () => {
  fc.assert(
    fc.property(dialogueStream, (run) => {
      for (const event of masked(run)) {
        if (event.kind !== "data") continue;
        for (const [start, end] of event.redacted)
          assert.match(latin1(event.bytes.subarray(start, end)), /^x+$/);
      }
    }),
  );
});

test("records keep the order and the times of arrival, also when a line is undecided", () => {
  const events = masked([
    { from: "server", bytes: utf8("* OK hi\r\n") },
    { from: "client", bytes: utf8("a1 LOG") },
    { from: "server", bytes: utf8("* OK still here\r\n") },
    { from: "client", bytes: utf8("IN alice secret9\r\n") },
  ]);
  assert.deepEqual(
    events.filter((event) => event.kind === "data").map((event) => [event.atMicros, latin1(event.bytes)]),
    [
      [0, "* OK hi\r\n"],
      [1, "a1 LOG"],
      [2, "* OK still here\r\n"],
      [3, "IN alice xxxxxxxx\r\n"],
    ],
  );
});

test("a read that passes is given on without a copy", () => {
  const bytes = utf8("* OK hi\r\n* 1 EXISTS\r\n");
  const [event] = masked([{ from: "server", bytes }]);
  assert.equal(event?.kind === "data" && event.bytes, bytes);
});

test("what comes behind COMPRESS is counted, not kept", () => {
  const events = masked([
    { from: "server", bytes: utf8("* PREAUTH hi\r\n") },
    { from: "client", bytes: utf8("c COMPRESS DEFLATE\r\n") },
    { from: "server", bytes: utf8("c OK go\r\nbinary") },
    { from: "client", bytes: utf8("binary too") },
  ]);
  assert.deepEqual(
    events
      .filter((event) => event.kind === "omitted")
      .map((event) => [event.from, event.octets, event.reason]),
    [
      ["server", 6, "compressed"],
      ["client", 10, "compressed"],
    ],
  );
});

test("imapscope may speak at a server frame border only", () => {
  const intake = createIntake({ keepSecrets: false, emit: () => {} });
  assert.equal(intake.serverFrame(), "border");
  intake.take(data({ from: "server", bytes: utf8("* OK h") }, 0));
  assert.equal(intake.serverFrame(), "within");
  intake.take(data({ from: "server", bytes: utf8("i\r\n") }, 0));
  assert.equal(intake.serverFrame(), "border");
});

test("a file may end where both directions are between frames, and nothing is held back or half said", () => {
  const intake = createIntake({ keepSecrets: false, emit: () => {} });
  const steps: readonly (readonly ["client" | "server", string, boolean])[] = [
    ["server", "* OK hi\r\n", true],
    ["client", "a1 LOG", false],
    ["client", "IN {5}\r\n", false],
    ["server", "+ go\r\n", false],
    ["client", "alice secret\r\n", true],
    ["server", "* 1 FETCH (BODY[] {10}\r\n123\r\n", false],
    ["server", "67890)\r\n", true],
    ["client", "a2 IDLE\r\n", true],
    ["server", "+ idling\r\na1 NO no\r\n", true],
    ["client", "DONE\r\n", true],
    ["client", "a3 AUTHENTICATE PLAIN\r\n", false],
    ["server", "a3 BAD no\r\n", true],
  ];
  for (const [from, text, border] of steps) {
    intake.take(data({ from, bytes: utf8(text) }, 0));
    assert.equal(intake.atFrameBorder(), border, text);
  }
});

test("the count of octets that were dropped is a fact, and no gap in what was relayed", () => {
  const events: WireEvent[] = [];
  const intake = createIntake({
    keepSecrets: false,
    emit: (event) => events.push(event),
    onFailure: rethrow,
  });
  const place = { connection: 1, atMicros: 0, from: "server" } as const;
  intake.take({ kind: "omitted", ...place, octets: 9, reason: "opaque", relayed: false });
  intake.take(data({ from: "server", bytes: utf8("* BYE bye\r\n") }, 1));
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["omitted", "data"],
  );
});

test("octets that were not relayed are counted only", () => {
  const events: WireEvent[] = [];
  const intake = createIntake({ keepSecrets: false, emit: (event) => events.push(event) });
  intake.take({ ...data({ from: "client", bytes: utf8("secret") }, 0), relayed: false });
  assert.deepEqual(
    events.map((event) => event.kind),
    ["omitted"],
  );
});

test("should analysis fail, the connection is opaque, octets are counted, and someone is told", () => {
  const events: WireEvent[] = [];
  const failures: unknown[] = [];
  const intake = createIntake({
    keepSecrets: false,
    emit: (event) => events.push(event),
    onFailure: (error) => failures.push(error),
  });
  const broken = new Proxy(utf8("a1 LOGIN u p\r\n"), {
    get: (bytes, name) => {
      if (name === "indexOf") throw new Error("a bug");
      const value: unknown = Reflect.get(bytes, name, bytes);
      return typeof value === "function" ? value.bind(bytes) : value;
    },
  });
  intake.take(data({ from: "client", bytes: utf8("a0 LOG") }, 0));
  intake.take(data({ from: "client", bytes: broken }, 1));
  intake.take(data({ from: "client", bytes: utf8("more") }, 2));
  assert.equal(failures.length, 1);
  assert.deepEqual(
    events.map((event) => (event.kind === "omitted" ? event.octets : event.kind)),
    [6, 14, 4],
  );
  assert.equal(intake.serverFrame(), "over");
});

test("after the server's BYE there is nothing left to say", () => {
  const intake = createIntake({ keepSecrets: false, emit: () => {} });
  intake.take(data({ from: "server", bytes: utf8("* OK hi\r\n* BYE bye\r\n") }, 0));
  assert.equal(intake.serverFrame(), "over");
});

test("the end of each take is told, behind all that it gave on", () => {
  const told: string[] = [];
  const intake = createIntake({
    keepSecrets: false,
    emit: ({ kind }) => told.push(`emit ${kind}`),
    onTaken: ({ kind }) => told.push(`taken ${kind}`),
  });
  intake.take(data({ from: "server", bytes: utf8("* OK hi\r\n") }, 0));
  intake.take({ kind: "end", connection: 1, atMicros: 1, from: "server" });
  assert.deepEqual(told, ["emit data", "taken data", "emit end", "taken end"]);
});

test("of TLS where a command belongs nothing is kept but by what it is known, however it comes", () => {
  const hello = Uint8Array.from([
    0x16,
    3,
    1,
    2,
    0,
    1,
    ...utf8(" secret\nticket"),
    10,
    ...utf8("a LOGIN x y\r\n"),
    0,
  ]);
  for (const size of [1, 2, 3, 1000]) {
    const client = chunked(hello, [].values(), size).map((bytes) => ({ from: "client" as const, bytes }));
    const events = masked([
      { from: "server", bytes: utf8("* OK hi\r\n") },
      { from: "client", bytes: utf8("a NOOP\r\n") },
      ...client,
    ]);
    assert.equal(text(events, "client"), "a NOOP\r\n\x16\x03xxxxxxxx\n", String(size));
    const omitted = events.flatMap((event) => (event.kind === "omitted" ? [event.octets] : []));
    assert.equal(
      omitted.reduce((sum, octets) => sum + octets, 0),
      hello.length - hello.indexOf(10) - 1,
    );
  }
});
