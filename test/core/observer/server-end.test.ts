import assert from "node:assert/strict";
import { test } from "node:test";
import { playSelected } from "../../playbook.ts";

const ROWS: readonly [what: string, script: string, defects: readonly string[]][] = [
  ["TLS that was ended", "C: a NOOP\n-- end server", []],
  ["TLS that broke off", "C: a NOOP\n-- bare server", ["close-notify-missing"]],
  [
    "TLS that broke off in a response",
    "S| * 1 FETCH (BODY[] {9}\\r\\nhalf\n-- bare server",
    ["server-cut", "close-notify-missing"],
  ],
  ["an end behind BYE", "C: a LOGOUT\nS: * BYE x\nS: a OK x\n-- bare server", []],
  ["a timeout that was told", "S: * BYE x\n-- bare server", []],
  ["an end behind the client's", "-- end client\n-- bare server", []],
  ["a client that breaks off", "-- bare client\n-- end server", []],
  ["what cannot be read", "-- omitted server\n-- bare server", []],
  ["LOGOUT without an answer", "C: a LOGOUT\n-- bare server", ["close-notify-missing", "logout-without-bye"]],
  ["LOGOUT without BYE", "C: a LOGOUT\nS: * BYE x\n-- end server", ["logout-without-bye"]],
];

for (const [what, script, defects] of ROWS) {
  test(`${what}: ${defects.join(" and ") || "no defect"}`, () => {
    assert.deepEqual(playSelected(script).defects, defects);
  });
}
