import assert from "node:assert/strict";
import { test } from "node:test";
import { defect } from "../../../src/core/imap/defect.ts";
import { type EventObservation, formatEvent } from "../../../src/core/text/event.ts";
import { isSafe } from "../../../src/core/text/safe.ts";
import { closed, defectFound, notice, opened, push, state, tlsBegun } from "../../observations.ts";

const ROWS: readonly (readonly [observation: EventObservation, during: string | undefined, text: string])[] =
  [
    [opened(), undefined, "127.0.0.1:53422 -> imaps://imap.example.org:993 (at imaps://127.0.0.1:993)"],
    [closed(), undefined, "by the client: end of stream"],
    [tlsBegun(), undefined, "server leg: TLSv1.3 TLS_AES_256_GCM_SHA384, for imap.example.org"],
    [state({ mailbox: "Входящие" }), undefined, "authenticated -> selected Входящие"],
    [push(), "a1", "12 EXISTS"],
    [
      defectFound("client-bare-lf", { defect: defect("client-bare-lf", "A LF.", { certainty: "likely" }) }),
      "a1",
      "likely client-bare-lf by the client in a1: A LF. (RFC 9051 §2.2)",
    ],
  ];

for (const [observation, during, text] of ROWS) {
  test(`${observation.kind} on one line: ${text}`, () =>
    assert.equal(formatEvent(observation, during), text));
}

test("what a peer wrote is made safe and kept short", () => {
  const hostile = `\u001b]0;x\u0007\u202e${"a".repeat(10_000)}`;
  for (const event of [notice(hostile), state({ mailbox: hostile })]) {
    const text = formatEvent(event);
    assert.ok(isSafe(text) && text.length <= 400, event.kind);
  }
});
