import assert from "node:assert/strict";
import { test } from "node:test";
import { createCapabilities } from "../../../src/core/connection/capabilities.ts";

test("a list is void after a login, unless the login brought a new one", () => {
  const capabilities = createCapabilities();
  capabilities.learn(["imap4rev1", "AUTH=PLAIN"], undefined);
  capabilities.invalidate(1);
  assert.deepEqual([capabilities.current(), capabilities.stale()], [undefined, true]);
  capabilities.learn(["IMAP4rev1"], 2);
  capabilities.invalidate(2);
  assert.deepEqual([...(capabilities.current() ?? [])], ["IMAP4REV1"]);
});

test("whether it is on offer is unknown without a list", () => {
  const capabilities = createCapabilities();
  assert.equal(capabilities.offers("IDLE"), undefined);
  capabilities.learn(["THREAD=REFERENCES", "APPENDLIMIT=10"], undefined);
  assert.deepEqual([capabilities.offers("IDLE"), capabilities.offers("IDLE", "THREAD=")], [false, true]);
  assert.equal(capabilities.valueOf("APPENDLIMIT"), "10");
});
