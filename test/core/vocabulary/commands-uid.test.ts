import assert from "node:assert/strict";
import { test } from "node:test";
import { commandEntry } from "../../../src/core/vocabulary/commands.ts";
import { UID_COMMANDS } from "../../../src/core/vocabulary/commands-uid.ts";

test("every UID command has a plain form whose answers it also gives", () => {
  for (const row of UID_COMMANDS) {
    assert.ok(row.name.startsWith("UID "), row.name);
    const plain = commandEntry(row.name.slice(4));
    assert.ok(plain !== undefined, row.name);
    // COPY and STORE as untagged responses come from IMAP2 servers, which have no UIDs.
    const missing = plain.solicits.filter(
      (name) => !row.solicits.includes(name) && name !== "COPY" && name !== "STORE",
    );
    assert.deepEqual(missing, [], row.name);
  }
});

test("EXPUNGE may come during any of them, and none uses message sequence numbers (RFC 9051 §7.5.1)", () => {
  for (const row of UID_COMMANDS) {
    assert.deepEqual([row.mayExpunge, row.usesSequenceNumbers], [true, false], row.name);
  }
});
