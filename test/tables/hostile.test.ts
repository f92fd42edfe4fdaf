/** Octets that want to cost much (RFC 2683 §3.2.1.5): each takes time in proportion to its length, and never throws. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { observeDialogue, type Run } from "../../src/index.ts";

const HI: Run = ["server", "* PREAUTH hi\r\n"];

const ROWS: readonly (readonly [name: string, runs: readonly Run[]])[] = [
  ["a line of megabytes", [["server", `* OK ${"x".repeat(4_000_000)}\r\n`]]],
  ["a URL after the other", [["server", `* OK ${"imap://".repeat(30_000)}\r\n`]]],
  ["an authorization after the other", [["server", `* URLFETCH ${";urlauth=".repeat(20_000)}\r\n`]]],
  ["a link after the other", [["server", `* OK [ALERT] ${"http://".repeat(30_000)}\r\n`]]],
  ["one tag for everything", [["client", "a NOOP\r\n".repeat(15_000)]]],
  ["parentheses", [["server", `* THREAD ${"(".repeat(10_000)}\r\n`]]],
  ["literals in one frame", [["client", `a APPEND x ${"{1}\r\nx ".repeat(100_000)}\r\n`]]],
  ["IDLE after IDLE", [["client", "a IDLE\r\nDONE\r\n".repeat(5000)]]],
  [
    "passwords",
    [["client", Array.from({ length: 1000 }, (_, i) => `a${i} LOGIN u pass${i}word\r\n`).join("")]],
  ],
  ["sizes", [["server", `* X {${"9".repeat(100_000)}}\r\n`]]],
];

for (const [name, runs] of ROWS) {
  test(name, { timeout: 120_000 }, () => {
    const { observations } = observeDialogue([HI, ...runs, ["server", "* BYE\r\n"]], {
      onFailure: (error) => {
        throw error;
      },
    });
    assert.ok(observations.some((each) => each.kind === "state" && each.to === "logout"));
  });
}
