import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { createConnectionFacts } from "../../src/files/connection-facts.ts";
import { eventsOf } from "../playbook.ts";

test("what a later reader needs is kept, the latest of each kind, at its own time", () => {
  const facts = createConnectionFacts();
  const events: WireEvent[] = [
    ...eventsOf(`
      -- tls server
      -- tls client
      S: * OK ready
      C: a1 COMPRESS DEFLATE
      S: a1 OK go
      -- tls client
      -- end client
    `),
    { kind: "deflate", connection: 1, atMicros: 99_000, from: "server" },
    { kind: "error", connection: 1, atMicros: 99_001, leg: "server", code: "EPIPE" },
  ];
  for (const event of events) facts.take(event);
  assert.deepEqual(
    facts.restated().map((each) => [each.kind, each.atMicros]),
    [
      ["open", 0],
      ["tls", 1000],
      ["tls", 6000],
      ["end", 7000],
      ["deflate", 99_000],
    ],
  );
  const [open] = facts.restated();
  assert.ok(open?.kind === "open" && open.midway);
});
