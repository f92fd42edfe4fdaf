import assert from "node:assert/strict";
import { test } from "node:test";
import { isKnownFailure, mayBePlain, upstreamFailure } from "../../src/net/upstream-failure.ts";

const target = { host: "imap.example.org", target: "192.0.2.1", at: "192.0.2.1:993" };

test("a known code has a sentence with the names in it, and a hint", () => {
  const refused = upstreamFailure("ECONNREFUSED", target);
  assert.equal(refused.sentence, "192.0.2.1:993 refuses connections");
  const names = upstreamFailure("ERR_TLS_CERT_ALTNAME_INVALID", target, "a.example");
  assert.equal(names.sentence, "the certificate of imap.example.org is for other names (a.example)");
  assert.match(names.hint, /--connect/);
});

test("an unknown code is told by what it concerns", () => {
  assert.ok(!isKnownFailure("CERT_REVOKED"));
  assert.match(
    upstreamFailure("CERT_REVOKED", target).sentence,
    /certificate of imap\.example\.org cannot be verified/,
  );
  assert.match(
    upstreamFailure("ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR", target).sentence,
    /connection to 192\.0\.2\.1:993 failed/,
  );
  assert.match(upstreamFailure("EIO", target, "EIO: x").sentence, /failed \(EIO: x\)/);
});

test("what takes old ciphers is named where it is not taken already", () => {
  const code = "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE";
  assert.match(upstreamFailure(code, { ...target, oldestTls: "1.1" }).hint, /--tls-min 1\.0/);
  const { hint } = upstreamFailure(code, { ...target, oldestTls: "1.0" });
  assert.match(hint, /^No older ones are taken here\. /);
  assert.doesNotMatch(hint, /--tls-min/);
});

test("clear text stays on this machine unless it is wanted elsewhere", () => {
  assert.ok(mayBePlain("127.0.0.1", false));
  assert.ok(mayBePlain("::1", false));
  assert.ok(!mayBePlain("192.0.2.1", false));
  assert.ok(!mayBePlain(undefined, false));
  assert.ok(mayBePlain("192.0.2.1", true));
});
