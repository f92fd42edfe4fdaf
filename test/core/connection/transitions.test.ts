import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConnectionState } from "../../../src/core/connection/state.ts";
import { greetedState, transitionOf } from "../../../src/core/connection/transitions.ts";
import type { Status } from "../../../src/core/imap/response.ts";

type Row = readonly [command: string, status: Status, from: ConnectionState, to: ConnectionState | undefined];

const ROWS: readonly Row[] = [
  ["LOGIN", "OK", "notAuthenticated", "authenticated"],
  ["LOGIN", "NO", "notAuthenticated", undefined],
  ["AUTHENTICATE", "OK", "unknown", "authenticated"],
  ["SELECT", "OK", "authenticated", "selected"],
  ["SELECT", "NO", "selected", "authenticated"],
  ["SELECT", "NO", "unknown", undefined],
  ["SELECT", "BAD", "selected", undefined],
  ["CLOSE", "OK", "selected", "authenticated"],
  ["UNSELECT", "OK", "selected", "authenticated"],
  ["UNAUTHENTICATE", "OK", "selected", "notAuthenticated"],
  ["LOGOUT", "OK", "selected", "logout"],
  ["FETCH", "OK", "unknown", undefined],
];

for (const [command, status, from, to] of ROWS) {
  test(`${command} ${status} in ${from}: ${to ?? "stays"}`, () => {
    assert.equal(transitionOf(command, status, from).to, to);
  });
}

test("greetings", () => {
  assert.deepEqual(
    [
      greetedState("OK"),
      greetedState("PREAUTH"),
      greetedState("BYE"),
      greetedState("NO"),
      greetedState(undefined),
    ],
    ["notAuthenticated", "authenticated", "logout", "notAuthenticated", "notAuthenticated"],
  );
});
