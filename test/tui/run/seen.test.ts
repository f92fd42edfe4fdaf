import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../../src/core/observation.ts";
import { createConnectionTable } from "../../../src/tui/rows/connection-table.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { createSeen } from "../../../src/tui/run/seen.ts";
import { started, state } from "../../observations.ts";
import { play, SELECTED_PRELUDE } from "../../playbook.ts";

function seenOf(observations: readonly Observation[]) {
  const rows = createRowStore();
  const connections = createConnectionTable();
  const seen = createSeen(rows, connections);
  for (const observation of observations) {
    rows.add(observation);
    connections.add(observation);
    seen.add(observation);
  }
  return seen.values();
}

test("connections, mailboxes, users and tags that were seen, each once", () => {
  const { connections, mailboxes, users, tags } = seenOf(
    play(`${SELECTED_PRELUDE}
      C: p2 STATUS Sent (MESSAGES)
      S: p2 OK done`).observations,
  );
  assert.deepEqual(connections, [1]);
  assert.deepEqual([...mailboxes].sort(), ["INBOX", "Sent"]);
  assert.deepEqual(users, ["alice"]);
  assert.deepEqual(tags, ["p2", "p1"]);
});

test("however many there are, it stays bounded, with the newest tags", () => {
  const many = Array.from({ length: 5000 }, (_, i) => [
    started({ id: i + 1, tag: `a${i}` }),
    state({ mailbox: `m${i}` }),
  ]).flat();
  const { mailboxes, tags } = seenOf(many);
  assert.equal(mailboxes.length, 1000);
  assert.equal(tags[0], "a4999");
  assert.ok(tags.length <= 200);
});
