import assert from "node:assert/strict";
import { test } from "node:test";
import { MAILBOX_COMMANDS } from "../../../src/core/vocabulary/commands-mailbox.ts";

test("all of them need authentication, and none a selected mailbox (RFC 9051 §6.3)", () => {
  for (const { name, states } of MAILBOX_COMMANDS) {
    assert.deepEqual(states, ["authenticated", "selected"], name);
  }
});

test("SELECT and EXAMINE are answered alike (RFC 9051 §6.3.2, §6.3.3)", () => {
  const [select, examine] = ["SELECT", "EXAMINE"].map((name) =>
    MAILBOX_COMMANDS.find((row) => row.name === name),
  );
  assert.ok(select !== undefined && examine !== undefined);
  assert.deepEqual([select.solicits, select.codes], [examine.solicits, examine.codes]);
  assert.ok(select.solicits.includes("EXISTS") && select.codes.includes("UIDVALIDITY"));
});
