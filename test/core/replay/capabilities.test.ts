/** Lists of capabilities as they may stand in a replay. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { alterCapabilities, capabilitiesIn, type Stage } from "../../../src/core/replay/capabilities.ts";

const STAGE: Stage = {
  tls: true,
  canStartTls: true,
  compressed: false,
  authenticated: false,
  password: undefined,
};

const ALTERED: readonly (readonly [name: string, line: string, stage: Partial<Stage>, expected: string])[] = [
  [
    "what cannot be played is left out of a greeting",
    "* OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=PLAIN] Dovecot ready.\r\n",
    {},
    "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Dovecot ready.\r\n",
  ],
  [
    "SCRAM stays where the password is known, without channel binding",
    "* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS\r\n",
    { password: "secret" },
    "* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256\r\n",
  ],
  [
    "TLS that runs is not offered",
    "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n",
    {},
    "* CAPABILITY IMAP4rev1\r\n",
  ],
  [
    "TLS that can begin is",
    "* CAPABILITY IMAP4rev1 IDLE\r\n",
    { tls: false },
    "* CAPABILITY IMAP4rev1 IDLE STARTTLS\r\n",
  ],
  [
    "but not to who is logged in",
    "a OK [capability imap4rev1 Idle] in\r\n",
    { tls: false, authenticated: true },
    "a OK [capability imap4rev1 Idle] in\r\n",
  ],
  [
    "TLS that cannot begin is not offered",
    "* CAPABILITY IMAP4rev1 StartTLS\r\n",
    { tls: false, canStartTls: false },
    "* CAPABILITY IMAP4rev1\r\n",
  ],
  [
    "compression once is enough",
    "* CAPABILITY IMAP4rev1 COMPRESS=DEFLATE\r\n",
    { compressed: true },
    "* CAPABILITY IMAP4rev1\r\n",
  ],
  [
    "what lists nothing stays",
    "a OK [READ-ONLY] STARTTLS AUTH=GSSAPI\r\n",
    {},
    "a OK [READ-ONLY] STARTTLS AUTH=GSSAPI\r\n",
  ],
];

for (const [name, line, stage, expected] of ALTERED) {
  test(`capabilities: ${name}`, () => {
    const { text, changes } = alterCapabilities(line, { ...STAGE, ...stage });
    assert.equal(text, expected);
    assert.equal(changes.length > 0, text !== line);
  });
}

test("each change is said", () => {
  const { changes } = alterCapabilities("* CAPABILITY IMAP4rev1 AUTH=GSSAPI\r\n", { ...STAGE, tls: false });
  assert.deepEqual(changes, ["AUTH=GSSAPI left out", "STARTTLS put in"]);
});

test("the capabilities of a line are read without case", () => {
  assert.deepEqual(capabilitiesIn("x OK [CAPABILITY imap4rev1 Idle] ready\r\n"), ["imap4rev1", "Idle"]);
  assert.equal(capabilitiesIn("* OK ready\r\n"), undefined);
});
