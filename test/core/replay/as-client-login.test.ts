import assert from "node:assert/strict";
import { test } from "node:test";
import { displayText, fromBase64 } from "../../../src/core/base/octets.ts";
import { type Credentials, loginFor } from "../../../src/core/replay/as-client-login.ts";

const PASSWORD: Credentials = { user: "alice", secret: { kind: "password", value: 'se"sam' } };
const TOKEN: Credentials = { user: "a,b", secret: { kind: "token", value: "tok" } };

function parts(
  name: string,
  mechanism: string,
  capabilities: string,
  credentials: Credentials,
  initialResponse = true,
): string[] {
  const login = loginFor(
    { tag: "a1", name, mechanism, initialResponse },
    new Set(capabilities.split(" ").filter(Boolean)),
    credentials,
  );
  return login.kind === "parts" ? login.parts.map(displayText) : [login.why];
}

function decoded(line: string | undefined): string {
  const octets = fromBase64(line?.trim().split(" ").at(-1) ?? "");
  return octets === undefined ? "" : displayText(octets);
}

test("as it was recorded, where the server offers that", () => {
  assert.deepEqual(parts("LOGIN", "", "IMAP4REV1 AUTH=PLAIN", PASSWORD), ['a1 LOGIN "alice" "se\\"sam"\r\n']);
  const plain = parts("AUTHENTICATE", "PLAIN", "AUTH=PLAIN SASL-IR", PASSWORD);
  assert.equal(plain.length, 1);
  assert.match(plain[0] ?? "", /^a1 AUTHENTICATE PLAIN /);
  assert.equal(decoded(plain[0]), '\0alice\0se"sam');
  const asked = parts("AUTHENTICATE", "PLAIN", "AUTH=PLAIN SASL-IR", PASSWORD, false);
  assert.deepEqual([asked[0], decoded(asked[1])], ["a1 AUTHENTICATE PLAIN\r\n", '\0alice\0se"sam']);
  const login = parts("AUTHENTICATE", "LOGIN", "AUTH=LOGIN SASL-IR", PASSWORD);
  assert.deepEqual(
    [login[0], ...login.slice(1).map(decoded)],
    ["a1 AUTHENTICATE LOGIN\r\n", "alice", 'se"sam'],
  );
});

test("another way where it does not, and none where there is none", () => {
  assert.match(parts("LOGIN", "", "LOGINDISABLED AUTH=PLAIN", PASSWORD)[0] ?? "", /AUTHENTICATE PLAIN\r\n$/);
  assert.match(parts("AUTHENTICATE", "SCRAM-SHA-256", "AUTH=SCRAM-SHA-256", PASSWORD)[0] ?? "", /^a1 LOGIN/);
  assert.match(parts("LOGIN", "", "LOGINDISABLED", PASSWORD)[0] ?? "", /offers none of AUTH=PLAIN, LOGIN/);
  assert.match(parts("LOGIN", "", "AUTH=PLAIN", TOKEN)[0] ?? "", /offers none of AUTH=OAUTHBEARER/);
});

test("a token goes by the mechanism for it", () => {
  const bearer = parts("LOGIN", "", "AUTH=OAUTHBEARER AUTH=XOAUTH2 SASL-IR", TOKEN);
  assert.equal(decoded(bearer[0]), "n,a=a=2Cb,\x01auth=Bearer tok\x01\x01");
  const recorded = parts("AUTHENTICATE", "XOAUTH2", "AUTH=OAUTHBEARER AUTH=XOAUTH2", TOKEN);
  assert.deepEqual(
    [recorded[0], decoded(recorded[1])],
    ["a1 AUTHENTICATE XOAUTH2\r\n", "user=a,b\x01auth=Bearer tok\x01\x01"],
  );
});

test("what cannot be quoted is a literal", () => {
  const odd: Credentials = { user: "алиса", secret: { kind: "password", value: "x\ny" } };
  assert.deepEqual(parts("LOGIN", "", "", odd), ["a1 LOGIN {10}\r\n", "алиса {3}\r\n", "x\ny\r\n"]);
});
