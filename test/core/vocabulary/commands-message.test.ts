import assert from "node:assert/strict";
import { test } from "node:test";
import { MESSAGE_COMMANDS } from "../../../src/core/vocabulary/commands-message.ts";

test("all but CONVERSIONS need a selected mailbox (RFC 9051 §6.4, RFC 5259 §5.1)", () => {
  const others = MESSAGE_COMMANDS.filter(({ states }) => states.includes("authenticated"));
  assert.deepEqual(
    others.map(({ name }) => name),
    ["CONVERSIONS"],
  );
});

test("the commands with a set argument use message sequence numbers", () => {
  assert.deepEqual(
    MESSAGE_COMMANDS.filter((row) => row.usesSequenceNumbers)
      .map(({ name }) => name)
      .sort(),
    ["CONVERT", "COPY", "FETCH", "MOVE", "REPLACE", "STORE"],
  );
});
