import assert from "node:assert/strict";
import { test } from "node:test";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { createEventMasker, maskEvents } from "../../src/library/mask-events.ts";

function data(connection: number, from: "client" | "server", text: string, atMicros: number): WireEvent {
  return { kind: "data", connection, atMicros, from, bytes: new TextEncoder().encode(text), redacted: [] };
}

function open(connection: number): WireEvent {
  const addresses = {
    client: "127.0.0.1:5",
    listener: "imaps://localhost:993",
    upstream: "imaps://localhost:993",
  };
  return { kind: "open", connection, atMicros: 0, ...addresses, midway: false };
}

function textOf(events: readonly WireEvent[], connection: number): string {
  const decoder = new TextDecoder();
  return events
    .map((event) =>
      event.kind === "data" && event.connection === connection ? decoder.decode(event.bytes) : "",
    )
    .join("");
}

const CLEAR: readonly WireEvent[] = [
  open(1),
  open(2),
  data(1, "server", "* OK hi\r\n", 1),
  data(2, "server", "* OK hi\r\n", 2),
  data(1, "client", "a1 LOGIN alice won", 3),
  data(2, "client", "b1 LOGIN bob builder\r\n", 4),
  data(1, "client", "derland\r\n", 5),
];

test("connections are masked apart from each other, whatever order they come in", () => {
  const masked = maskEvents(CLEAR);
  assert.equal(textOf(masked, 1), "* OK hi\r\na1 LOGIN alice xxxxxxxx\r\n");
  assert.equal(textOf(masked, 2), "* OK hi\r\nb1 LOGIN bob xxxxxxxx\r\n");
});

test("a capture that ends within a secret gives nothing of it, and no event that was not there", () => {
  const cut = [...CLEAR.slice(0, 4), data(1, "client", "a1 LOGIN alice wonder", 5)];
  const masked = maskEvents(cut);
  assert.equal(JSON.stringify(textOf(masked, 1)).includes("wonder"), false);
  assert.deepEqual(
    masked.filter(({ kind }) => kind === "end"),
    [],
  );
  assert.equal(masked.length, cut.length);
});

test("masking twice changes nothing", () => {
  const once = maskEvents(CLEAR);
  assert.equal(textOf(maskEvents(once), 1), textOf(once, 1));
});

test("the streaming masker gives events as soon as they are decided", () => {
  const given: WireEvent[] = [];
  const masker = createEventMasker({ onEvent: (event) => given.push(event) });
  for (const event of CLEAR.slice(0, 3)) masker.take(event);
  assert.equal(given.length, 3);
});
