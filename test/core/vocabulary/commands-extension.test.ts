import assert from "node:assert/strict";
import { test } from "node:test";
import { EXTENSION_COMMANDS } from "../../../src/core/vocabulary/commands-extension.ts";

test("commands of extensions need a capability", () => {
  for (const { name, capabilities } of EXTENSION_COMMANDS) assert.ok(capabilities.length > 0, name);
});

test("a command that asks has an answer (RFC 4314 §3, RFC 9208 §4.1, RFC 5464 §4, RFC 4467 §7)", () => {
  for (const { name, solicits } of EXTENSION_COMMANDS) {
    const asks = /^(GET|LIST|MY|GEN|URL)/.test(name) || name === "SETQUOTA";
    assert.equal(solicits.length > 0, asks, name);
  }
});
