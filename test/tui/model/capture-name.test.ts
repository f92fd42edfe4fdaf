import assert from "node:assert/strict";
import { test } from "node:test";
import { captureName } from "../../../src/tui/model/capture-name.ts";

test("a new capture is named after the moment at which it is begun, by the local clock", () => {
  const startedAt = new Date(2026, 0, 9, 23, 59, 58);
  assert.equal(captureName({ startedAt, nowMicros: () => 7_400_000 }), "imapscope-20260110-000005.imapcap");
  assert.equal(captureName({ startedAt: undefined, nowMicros: () => 0 }), "imapscope.imapcap");
});
