import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../../src/core/observation.ts";
import { eventRow } from "../../../src/tui/rows/event-row.ts";
import {
  closed,
  completed,
  data,
  defectFound,
  notice,
  opened,
  push,
  request,
  response,
  started,
  state,
  status,
  tlsBegun,
} from "../../observations.ts";

const greeting = response("* OK hi", {
  response: status({ text: "hi" }),
  attribution: { certainty: "greeting", exchange: undefined, candidates: [], during: undefined },
});

/** Kind, label, words, mailbox and text. */
const ROWS: readonly (readonly [Observation, string | undefined])[] = [
  [opened(), "connection|open|127.0.0.1:53422 -> imaps://imap.example.org:993 (at imaps://127.0.0.1:993)||"],
  [closed(), "connection|close|by the client: end of stream||"],
  [tlsBegun(), "tls|tls|server leg: TLSv1.3 TLS_AES_256_GCM_SHA384, for imap.example.org||"],
  [state(), "state|state|authenticated -> selected INBOX||"],
  [push(), "push|push|12 EXISTS|INBOX|"],
  [push({ during: 1 }), "push|push|12 EXISTS|INBOX|during a1 NOOP"],
  [push({ late: 1, mailbox: undefined }), "push|push|12 EXISTS||late result"],
  [
    push({ mailbox: "x\x1b]0;title\x07", response: data("EXISTS", { kind: "count" }, 1) }),
    "push|push|1 EXISTS|x␛]0;title␇|",
  ],
  [greeting, "greeting|greet|OK hi||"],
  [notice("it is slow\x1b[2J"), "notice|notice|it is slow␛[2J||"],
  [response("* 1 EXISTS"), undefined],
  [request("a1 NOOP"), undefined],
  [started(), undefined],
  [completed(), undefined],
];

for (const [observation, expected] of ROWS) {
  test(`${observation.kind}: ${expected ?? "has no row of its own"}`, () => {
    const row = eventRow(observation, (id) => (id === 1 ? "a1 NOOP" : undefined));
    const words = row && [row.kind, row.label, row.main, row.mailbox, row.text].join("|");
    assert.equal(words, expected);
  });
}

test("a defect says during which exchange it was found", () => {
  const row = eventRow(defectFound(), () => "a1 NOOP");
  assert.match(row?.main ?? "", /^client-bare-lf.*a1 NOOP/);
});

test("whatever a peer sends, a row is short and safe", () => {
  const long = "\x1b[31m日本\u202e".repeat(10_000);
  for (const observation of [notice(long), push({ mailbox: long }), state({ mailbox: long })]) {
    const row = eventRow(observation, () => long);
    const texts = [row?.main, row?.mailbox, row?.text].join("");
    assert.ok(texts.length < 1000);
    assert.doesNotMatch(texts, /[\p{Cc}\u202e]/u);
  }
});
