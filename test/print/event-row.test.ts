import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../src/core/imap/defect.ts";
import type { EventObservation } from "../../src/core/text/event.ts";
import { eventRow, greetingRow } from "../../src/print/event-row.ts";
import {
  closed,
  code,
  defectFound,
  notice,
  opened,
  push,
  response,
  state,
  status,
  tlsBegun,
} from "../observations.ts";

const END: EventObservation = {
  kind: "connection",
  connection: 1,
  atMicros: 1,
  event: { kind: "end", from: "server" },
};
const ERROR: EventObservation = {
  kind: "connection",
  connection: 1,
  atMicros: 1,
  event: { kind: "error", connection: 1, atMicros: 1, leg: "server", code: "ECONNRESET" },
};
const STARTTLS: EventObservation = {
  kind: "tls",
  connection: 1,
  atMicros: 1,
  event: { kind: "starttls", leg: "client" },
};
const LIKELY = defectFound("client-bare-lf", {
  defect: defect("client-bare-lf", "A LF.", { certainty: "likely" }),
});

const ROWS: readonly (readonly [mark: string, label: string, observation: EventObservation, main: string])[] =
  [
    ["+", "open", opened(), "127.0.0.1:53422 -> imaps://imap.example.org:993 (at imaps://127.0.0.1:993)"],
    ["-", "end", END, "the server ended its half of the connection"],
    ["x", "error", ERROR, "server leg: ECONNRESET"],
    ["-", "close", closed(), "by the client: end of stream"],
    ["^", "tls", tlsBegun(), "server leg: TLSv1.3 TLS_AES_256_GCM_SHA384, for imap.example.org"],
    ["^", "tls", STARTTLS, "STARTTLS on the client leg"],
    [">", "state", state(), "authenticated -> selected INBOX"],
    [">", "state", state({ readOnly: true }), "authenticated -> selected INBOX (read-only)"],
    [">", "state", state({ to: "logout", mailbox: undefined }), "authenticated -> logout"],
    ["*", "push", push(), "12 EXISTS"],
    [
      "!",
      "defect",
      defectFound(),
      "client-bare-lf by the client in a1 NOOP: A line ended in LF. (RFC 9051 §2.2)",
    ],
    ["!", "defect", LIKELY, "likely client-bare-lf by the client in a1 NOOP: A LF. (RFC 9051 §2.2)"],
    ["i", "notice", notice("It says \u001b[2J"), "It says ␛[2J"],
  ];

for (const [mark, label, observation, main] of ROWS) {
  test(`${label}: ${main}`, () => {
    const row = eventRow(observation, "now", "a1 NOOP");
    assert.deepEqual([row.mark, row.label, row.words.main, row.status], [mark, label, main, ""]);
  });
}

test("a push says what was running", () => {
  const { words, numbers } = eventRow(push(), "now", "a1 IDLE");
  assert.deepEqual([words.mailbox, words.text, numbers?.down], ["INBOX", "during a1 IDLE", "13"]);
  assert.equal(eventRow(push(), "now", undefined).words.text, "");
});

test("the greeting", () => {
  const made = response("* OK [ALERT] hi", { response: status({ code: code("ALERT"), text: "hi" }) });
  const row = greetingRow(made, "now");
  assert.deepEqual([row.label, row.words.main, row.numbers?.down], ["greet", "OK [ALERT] hi", "17"]);
});

test("late results of a search say so", () => {
  assert.equal(eventRow(push({ late: 3 }), "now", undefined).words.text, "late result");
  assert.equal(eventRow(push({ late: 3 }), "now", "a2 NOOP").words.text, "late result, during a2 NOOP");
});
