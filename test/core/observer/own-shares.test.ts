import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../../src/core/base/octets.ts";
import type { Observation } from "../../../src/core/observation.ts";
import { observationsOf } from "../../../src/core/observe.ts";
import type { DataEvent, WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf } from "../../playbook.ts";
import { runs } from "../../runs.ts";

const at = { connection: 1, atMicros: 0, kind: "data", redacted: [] } as const;
const server = (text: string): DataEvent => ({ ...at, from: "server", bytes: utf8(text) });
const client = (text: string): DataEvent => ({ ...at, from: "client", bytes: utf8(text) });
const own = (event: DataEvent): DataEvent => ({ ...event, byImapscope: true });
const dropped = (event: DataEvent): DataEvent => ({ ...event, relayed: false });

/** A greeting without its list, a list with a word more, an answer to STARTTLS, a BYE; and words of others in between. */
const SAID: readonly DataEvent[] = [
  server("* OK "),
  dropped(server("[CAPABILITY é STARTTLS] ")),
  server("hi\r\n"),
  client("a CAPABILITY\r\n"),
  server("* CAPABILITY"),
  own(server(" STARTTLS")),
  server(" IMAP4rev1\r\na OK done\r\n* 1 EXISTS\r\n"),
  client("b STARTTLS\r\n"),
  own(server("b NO not now (imapscope)\r\n* BYE\r\n")),
];

const SHARES = [
  "* OK hi: tookOut [CAPABILITY é STARTTLS]",
  "a CAPABILITY",
  "* CAPABILITY STARTTLS IMAP4rev1: putIn STARTTLS",
  "a OK done",
  "* 1 EXISTS",
  "b STARTTLS",
  "b NO not now (imapscope): said b NO not now (imapscope)",
  "* BYE: said * BYE",
];

function observed(events: readonly WireEvent[]): readonly Observation[] {
  return observationsOf([...eventsOf(""), ...events]);
}

function sharesOf(observations: readonly Observation[]): readonly string[] {
  return observations.flatMap((each) => {
    if (each.kind !== "request" && each.kind !== "response") return [];
    const [line] = each.frame.lines;
    const shares = (each.frame.own ?? []).map(({ did, text }) => `: ${did} ${text}`);
    return [Buffer.from(line ?? []).toString() + shares.join("")];
  });
}

test("a frame has what of it imapscope said, put in or took out, and no other frame has it", () => {
  assert.deepEqual(sharesOf(observed(SAID)), SHARES);
});

test("it is the same for any chunking", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(cuts, (sizes) => {
      let turn = 0;
      const cut = SAID.flatMap((event) => {
        const pieces: DataEvent[] = [];
        for (let from = 0; from < event.bytes.length; ) {
          const size = sizes[turn++ % sizes.length] ?? 1;
          pieces.push({ ...event, bytes: event.bytes.subarray(from, from + size) });
          from += size;
        }
        return pieces;
      });
      assert.deepEqual(sharesOf(observed(cut)), SHARES);
    }),
    { numRuns: runs(200) },
  );
});

test("exchanges and pushes have the shares of what belongs to them", () => {
  const seen = observed(SAID);
  const exchanges = seen.flatMap((each) => (each.kind === "exchange" ? [each.exchange.own] : []));
  assert.deepEqual(exchanges, [
    [{ did: "putIn", text: "STARTTLS" }],
    [{ did: "said", text: "b NO not now (imapscope)" }],
  ]);
  const pushes = seen.flatMap((each) => (each.kind === "push" ? [each.own] : []));
  assert.deepEqual(pushes, [undefined, [{ did: "said", text: "* BYE" }]]);
});

test("a notice says what the first one was, before it", () => {
  const seen = observed(SAID);
  const place = seen.findIndex(({ kind }) => kind === "notice");
  const notice = seen[place];
  assert.ok(notice?.kind === "notice");
  assert.deepEqual(
    [notice.code, notice.text, notice.own],
    [
      "byImapscope",
      'imapscope itself took "[CAPABILITY é STARTTLS]" out of what the server said.',
      [{ did: "tookOut", text: "[CAPABILITY é STARTTLS]" }],
    ],
  );
  assert.equal(seen[place + 1]?.kind, "response");
  assert.equal(seen.filter(({ kind }) => kind === "notice").length, 1);
});

test("what is long is cut, wherever it was cut before", () => {
  const long = "x".repeat(1000);
  for (const size of [1, 255, 256, 257, 2000]) {
    const whole = `* BYE ${long}\r\n`;
    const pieces = whole.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    const seen = observed(pieces.map((text) => own(server(text))));
    const [share] = seen.flatMap((each) => (each.kind === "response" ? (each.frame.own ?? []) : []));
    assert.equal(share?.text, `${whole.slice(0, 256)}…`, String(size));
  }
});

test("a frame that is cut off where octets went no further is not altered", () => {
  const seen = observed([server("* OK hi\r\n* 1 EX"), dropped(server("ISTS\r\n"))]);
  assert.deepEqual(sharesOf(seen), ["* OK hi", "* 1 EX"]);
});
