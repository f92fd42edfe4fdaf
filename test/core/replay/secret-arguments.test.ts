import assert from "node:assert/strict";
import { test } from "node:test";
import { MASK } from "../../../src/core/base/mask.ts";
import { frameOf } from "../../../src/core/imap/frame-of.ts";
import { createMatcher } from "../../../src/core/replay/match.ts";
import { readRequest } from "../../../src/core/replay/request.ts";

const CANARY = "Tr0ub4dor";

/** A line with a secret, the same line as it is recorded, and whether the client is logged in. */
const ROWS: readonly (readonly [clear: string, masked: string, authenticated: boolean])[] = [
  [`a LOGIN joe ${CANARY}`, `a LOGIN joe ${MASK}`, false],
  [`a LOGIN joe "${CANARY} x"`, `a LOGIN joe ${MASK}`, false],
  [`a LOGIN {3}\r\njoe {9}\r\n${CANARY}`, `a LOGIN {3}\r\njoe {8}\r\n${MASK}`, false],
  [`a LOGIN joe {9+}\r\n${CANARY}`, `a LOGIN joe {8+}\r\n${MASK}`, false],
  [`a LOGIN joe x ${CANARY}`, `a LOGIN joe ${MASK}`, false],
  [`a LOGIN (joe ${CANARY}`, `a LOGIN ${MASK}`, false],
  [`a AUTHENTICATE PLAIN ${CANARY}`, `a AUTHENTICATE PLAIN ${MASK}`, false],
  [`a AUTHENTICATE ${CANARY}==`, `a AUTHENTICATE ${MASK}`, false],
  [`a PROXYAUTH ${CANARY}`, `a PROXYAUTH ${MASK}`, true],
  [`a X-MASTERAUTH ${CANARY} b`, `a X-MASTERAUTH ${MASK}`, true],
  [`a RESETKEY INBOX ${CANARY}`, `a RESETKEY ${MASK}`, true],
  [`a XAPPLEPUSHSERVICE a ${CANARY}`, `a XAPPLEPUSHSERVICE ${MASK}`, true],
  [
    `a URLFETCH "imap://u@h/x;urlauth=anonymous:internal:${CANARY}"`,
    `a URLFETCH "imap://u@h/x;urlauth=anonymous:internal:${MASK}"`,
    true,
  ],
  [`a URLFETCH {9}\r\n${CANARY}`, `a URLFETCH {8}\r\n${MASK}`, true],
  [
    `a APPEND x CATENATE (URL "imap://u:${CANARY}@h/x" TEXT {1}\r\ny)`,
    `a APPEND x CATENATE (URL "imap://u:${MASK}@h/x" TEXT {1}\r\ny)`,
    true,
  ],
  [`a APPEND x CATENATE (URL {9}\r\n${CANARY})`, `a APPEND x CATENATE (URL {8}\r\n${MASK})`, true],
  [CANARY, MASK, false],
  [`a ${CANARY} b`, MASK, false],
  [`a XLOG joe ${CANARY}`, MASK, false],
  [`LOGIN joe ${CANARY}`, `LOGIN ${MASK}`, true],
];

test("no secret gets into a request", () => {
  for (const [clear, , authenticated] of ROWS) {
    const { command, exact, fields } = readRequest(frameOf("client", `${clear}\r\n`), [], authenticated);
    const { tag, ...rest } = command;
    const made = JSON.stringify([rest, exact, fields]);
    assert.ok(
      !made.includes(CANARY) && !made.toUpperCase().includes(CANARY.toUpperCase()),
      `${clear}: ${made}`,
    );
  }
});

test("a command with its secret is the recorded one with a mask, at both levels but for a literal's size", () => {
  for (const [clear, masked, authenticated] of ROWS) {
    const asked = readRequest(frameOf("client", `${clear}\r\n`), [], authenticated);
    const recorded = readRequest(frameOf("client", `${masked}\r\n`), [], authenticated);
    assert.ok(createMatcher("canonical").matches(asked, recorded), clear);
    if (!masked.includes("CATENATE (URL {"))
      assert.ok(createMatcher("exact").matches(asked, recorded), clear);
  }
});

test("a command that is not known keeps its arguments once the client is logged in", () => {
  const frame = frameOf("client", "a XFOO bar\r\n");
  assert.equal(readRequest(frame, [], true).fields.at(-1)?.value, "BAR");
  assert.equal(readRequest(frame, [], false).fields.at(-1)?.value, MASK);
});
