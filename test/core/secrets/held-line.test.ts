import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1, utf8 } from "../../../src/core/base/octets.ts";
import type { Segment } from "../../../src/core/imap/segment.ts";
import { HeldLine, heldOctets, withoutLineEnd } from "../../../src/core/secrets/held-line.ts";
import { Slot } from "../../../src/core/secrets/record-queue.ts";

function holding(parts: readonly string[]): { held: HeldLine; slots: Slot[] } {
  const held = new HeldLine();
  const slots = parts.map((part) => {
    const bytes = utf8(part);
    const slot = new Slot({ kind: "data", connection: 1, atMicros: 0, from: "client", bytes, redacted: [] });
    const run: Segment = {
      kind: "line",
      bytes,
      start: 0,
      end: bytes.length,
      last: false,
      index: 0,
      header: undefined,
      line: undefined,
    };
    held.add(run, slot);
    return slot;
  });
  return { held, slots };
}

function texts(slots: readonly Slot[]): string[] {
  return slots.map((slot) => {
    const event = slot.masked();
    return event?.kind === "data" ? latin1(event.bytes) : "";
  });
}

test("a replacement stands in the read in which what it replaces ended", () => {
  const { held, slots } = holding(["ab se", "cr", "et cd"]);
  held.release([{ start: 3, end: 9, by: "mask" }], 12);
  assert.deepEqual(texts(slots), ["ab ", "", "xxxxxxxx cd"]);
  assert.deepEqual(
    slots.map((slot) => slot.held),
    [0, 0, 0],
  );
  assert.equal(held.isEmpty(), true);
});

test("what lies behind the released octets is dropped", () => {
  const { held, slots } = holding(["a LOGIN u s", "ecret"]);
  held.release([], 10);
  assert.deepEqual(texts(slots), ["a LOGIN u ", ""]);
});

test("a line end, or the CR that may be half of one, is no part of a line", () => {
  for (const end of ["", "\n", "\r\n", "\r"]) assert.equal(latin1(withoutLineEnd(utf8(`a b${end}`))), "a b");
  assert.ok(heldOctets("client") < heldOctets("server"));
});
