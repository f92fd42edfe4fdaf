import assert from "node:assert/strict";
import { test } from "node:test";
import { CONNECTION_COMMANDS } from "../../../src/core/vocabulary/commands-connection.ts";

test("the states in which these commands are legal (RFC 9051 §3, §6.1, §6.2)", () => {
  const states = new Map(CONNECTION_COMMANDS.map((row) => [row.name, row.states]));
  for (const name of ["CAPABILITY", "NOOP", "LOGOUT", "ID", "LANGUAGE"]) {
    assert.deepEqual(states.get(name), ["notAuthenticated", "authenticated", "selected"], name);
  }
  for (const name of ["STARTTLS", "AUTHENTICATE", "LOGIN"]) {
    assert.deepEqual(states.get(name), ["notAuthenticated"], name);
  }
  assert.deepEqual(states.get("ENABLE"), ["authenticated"]);
  assert.deepEqual(states.get("COMPRESS"), ["authenticated", "selected"]);
});
