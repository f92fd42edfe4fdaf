/** The law of skimming: but for the dialogue itself, what is observed is the same as where all of it is parsed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../src/core/base/octets.ts";
import type { Observation } from "../../src/core/observation.ts";
import { createObserver, observationsOf } from "../../src/core/observe.ts";
import type { Depth } from "../../src/core/observer/context.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { chunked } from "../chunks.ts";
import { runs } from "../runs.ts";

const number = fc.integer({ min: 1, max: 9 });
/** As long as a date is, and perhaps one. */
const date = fc
  .array(fc.constantFrom(...'0123456789 -+:Nov"\\(){}\0\x7f\xe9'), { minLength: 26, maxLength: 26 })
  .map((octets) => `INTERNALDATE "${octets.join("")}"`);
const long = fc.constantFrom("0", "00", "9007199254740993", "18446744073709551615", "123456789012345678901");
const item = fc.oneof(
  number.map((uid) => `UID ${uid * 11}`),
  fc.constantFrom("FLAGS ()", "FLAGS (\\Seen)", "FLAGS (\\Seen $Junk)", "RFC822.SIZE 5", "MODSEQ (7)"),
  fc.constantFrom('INTERNALDATE "19-Nov-2026 08:00:00 +0000"', "X-GM-MSGID 12", "RFC822.SIZE -1", "UID 0"),
  fc
    .tuple(fc.constantFrom("MODSEQ (#)", "X-GM-THRID #", "RFC822.SIZE #"), long)
    .map(([it, n]) => it.replace("#", n)),
  date,
);
const plain = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(" "));
/** With a nested value last, behind all else that the commands ask for: what stands behind it is not looked at. */
const whole = fc
  .tuple(number, fc.constantFrom("(NIL NIL)", '("text (" "\\")")', "()"))
  .map(([n, envelope]) => {
    const items = 'FLAGS () RFC822.SIZE 5 INTERNALDATE "19-Nov-2026 08:00:00 +0000"';
    return `UID ${n * 11} ${items} ENVELOPE ${envelope}`;
  });
const fetched = fc.oneof(plain, whole);
const usual = fc.tuple(number, fetched).map(([n, items]) => `* ${n} FETCH (${items})\r\n`);
const odd = fc.constantFrom(
  "* 3 EXISTS\r\n",
  "* 2 EXPUNGE\r\n",
  "* 4 fetch (uid 44 flags (\\seen))\r\n",
  "* 0 FETCH (UID 1)\r\n",
  "* 5 FETCH (UID 55 )\r\n",
  "* 5 FETCH (UID 55)\n",
  "* 5 FETCH (UID 55))\r\n",
  "* 5 FETCH (BODY[] {3}\r\nabc UID 55)\r\n",
  "* 5 FETCH (ENVELOPE ({3}\r\nabc NIL))\r\n",
  '* 5 FETCH (INTERNALDATE "a\\"b" UID 55)\r\n',
  '* 5 FETCH (INTERNALDATE "19-Nov-2026 08:00:00\r\n+000" UID 55)\r\n',
  '* 5 FETCH (INTERNALDATE "19-Nov-2026 08:00:00\r\n+000" ENVELOPE (NIL))\r\n',
  "* 5 FETCH (FLAGS (\\Seen \\Seen)\r\n",
  "* 44 UIDFETCH (FLAGS ())\r\n",
  "* OK [CLOSED] x\r\n",
  "* VANISHED 33\r\n",
  "* BYE x\r\n",
);
const command = fc.constantFrom(
  "FETCH 1:* (UID FLAGS ENVELOPE)",
  "FETCH 1:5 FLAGS",
  "UID FETCH 11:99 (FLAGS RFC822.SIZE INTERNALDATE)",
  "STORE 1:3 +FLAGS (\\Seen)",
  "SELECT Other (QRESYNC (7 5))",
  "NOTIFY NONE",
  "ENABLE UIDONLY",
  "NOOP",
);
const said = fc.oneof(
  { weight: 2, arbitrary: command.map((text) => ({ text, tagged: true })) },
  { weight: 8, arbitrary: usual.map((text) => ({ text, tagged: false })) },
  { weight: 2, arbitrary: odd.map((text) => ({ text, tagged: false })) },
  { weight: 1, arbitrary: fc.constantFrom("OK done", "NO no").map((text) => ({ text, tagged: false })) },
);

const BEGINNING = [
  ["server", "* PREAUTH ready\r\n"],
  ["client", "a0 SELECT INBOX\r\n"],
  ["server", "* 9 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\na0 OK [READ-WRITE] done\r\n"],
] as const;

function eventsOf(lines: readonly { text: string; tagged: boolean }[], sizes: Iterator<number>): WireEvent[] {
  let tag = 0;
  let done = 0;
  const spoken = lines.map(({ text, tagged }) => {
    if (tagged) return ["client", `a${++tag} ${text}\r\n`] as const;
    return ["server", /^(OK|NO) /.test(text) ? `a${++done} ${text}\r\n` : text] as const;
  });
  const events: WireEvent[] = [];
  for (const [from, text] of [...BEGINNING, ...spoken]) {
    for (const bytes of chunked(utf8(text), sizes, 1000)) {
      events.push({ kind: "data", connection: 1, atMicros: events.length * 10, from, bytes, redacted: [] });
    }
  }
  return joined(events);
}

/** Reads of the server that follow each other become one, as sockets deliver them. */
function joined(events: readonly WireEvent[]): WireEvent[] {
  const reads: WireEvent[] = [];
  for (const event of events) {
    const last = reads[reads.length - 1];
    if (
      last?.kind === "data" &&
      event.kind === "data" &&
      last.from === event.from &&
      last.bytes.length < 200
    ) {
      reads[reads.length - 1] = { ...last, bytes: Buffer.concat([last.bytes, event.bytes]) };
    } else reads.push(event);
  }
  return reads;
}

/** What is told besides the requests and the responses; the greeting is told at any depth. */
function told(events: readonly WireEvent[], depth: Depth): readonly Observation[] {
  return observationsOf(events, depth).filter(isTold);
}

function isTold(each: Observation): boolean {
  return each.kind !== "request" && (each.kind !== "response" || each.role === "greeting");
}

test("law: a skimmed dialogue gives what a parsed one gives, requests and responses aside", () => {
  fc.assert(
    fc.property(
      fc.array(said, { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      (lines, sizes) => {
        const events = eventsOf(lines, sizes);
        assert.deepEqual(observationsOf(events, "skim"), told(events, "shallow"));
      },
    ),
    { numRuns: runs(2000) },
  );
});

test("law: from where one looks deeper on, all is observed that a deep look from the beginning observes there", () => {
  fc.assert(
    fc.property(
      fc.array(said, { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      fc.nat(100),
      fc.nat(30),
      (lines, sizes, from, length) => {
        const events = eventsOf(lines, sizes);
        const begin = from % (events.length + 1);
        const end = begin + length;
        const [seen, wanted]: [Observation[], Observation[]] = [[], []];
        const changing = createObserver({ depth: "skim", emit: (each) => seen.push(each) });
        const deep = createObserver({ depth: "shallow", emit: (each) => wanted.push(each) });
        for (const [i, event] of events.entries()) {
          if (i === begin) changing.look("shallow");
          if (i === end) changing.look("skim");
          const skims = i < begin || i >= end;
          const [seenBefore, wantedBefore] = [seen.length, wanted.length];
          changing.take(event);
          deep.take(event);
          const news = wanted.slice(wantedBefore);
          assert.deepEqual(seen.slice(seenBefore), skims ? news.filter(isTold) : news);
        }
      },
    ),
    { numRuns: runs(2000) },
  );
});

test("a listing is skimmed: of the dialogue the greeting alone is observed, and all responses are counted", () => {
  const listing = Array.from({ length: 9 }, (_, i) => `* ${i + 1} FETCH (UID ${i + 11} ENVELOPE (NIL))\r\n`);
  const lines = ["FETCH 1:* (UID ENVELOPE)", ...listing, "OK done"].map((text, i) => ({
    text,
    tagged: i === 0,
  }));
  const greeting = { kind: "data", connection: 1, atMicros: 0, from: "server", redacted: [] } as const;
  const begun: WireEvent[] = [
    {
      ...{ kind: "open", connection: 1, atMicros: 0, client: "c", listener: "imaps://l:1", midway: false },
      upstream: "imaps://u:1",
    },
    { ...greeting, bytes: utf8("* OK hi\r\n") },
  ];
  const observed = observationsOf([...begun, ...eventsOf(lines, [].values())], "skim");
  assert.deepEqual(
    observed.flatMap((each) => (each.kind === "response" || each.kind === "request" ? [each.role] : [])),
    ["greeting"],
  );
  const counted = observed.flatMap((each) =>
    each.kind === "exchange" ? [each.exchange.attributed.certain] : [],
  );
  assert.deepEqual(counted, [2, 9]);
});
