import assert from "node:assert/strict";
import { test } from "node:test";
import { createConnectionModel } from "../../../src/core/connection/connection-model.ts";
import { snapshotOf } from "../../../src/core/connection/snapshot.ts";

test("what was not told is undefined, and joined midway a mailbox may be selected", () => {
  const fresh = snapshotOf(createConnectionModel(false));
  assert.deepEqual(
    [fresh.state, fresh.capabilities, fresh.mailbox],
    ["notAuthenticated", undefined, undefined],
  );
  const midway = snapshotOf(createConnectionModel(true));
  assert.deepEqual(
    [midway.state, midway.mailbox?.name, midway.mailbox?.exists],
    ["unknown", undefined, undefined],
  );
});
