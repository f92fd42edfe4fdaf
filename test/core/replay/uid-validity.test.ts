import assert from "node:assert/strict";
import { test } from "node:test";
import { changedValidities } from "../../../src/core/replay/uid-validity.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf } from "../../playbook.ts";

function session(validity: number, command: string): WireEvent[] {
  return eventsOf(
    `S: * PREAUTH\nC: a SELECT Box\nS: * 1 EXISTS\nS: * OK [UIDVALIDITY ${validity}] valid\nS: a OK [READ-WRITE]\nC: b ${command}\nS: b OK`,
  );
}

test("a mailbox whose UIDs are others is named, where UIDs were used in it", () => {
  const recorded = session(7, "UID FETCH 1 FLAGS");
  assert.deepEqual(changedValidities(recorded, session(8, "NOOP")), [
    { mailbox: "Box", recorded: "7", now: "8" },
  ]);
  assert.deepEqual(changedValidities(recorded, session(7, "NOOP")), []);
  assert.deepEqual(changedValidities(session(7, "NOOP"), session(8, "NOOP")), []);
  assert.deepEqual(changedValidities(recorded, []), []);
});
