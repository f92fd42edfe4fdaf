import assert from "node:assert/strict";
import { test } from "node:test";
import { alertOf } from "../../src/net/tls-alert.ts";

test("an alert has its name whatever OpenSSL calls the protocol", () => {
  for (const [code, alert] of [
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "UNKNOWN_CA"],
    ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "BAD_CERTIFICATE"],
    ["ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "BAD_CERTIFICATE"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "CERTIFICATE_REQUIRED"],
    ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "UNRECOGNIZED_NAME"],
    ["ERR_SSL_NO_SHARED_CIPHER", undefined],
    ["ECONNRESET", undefined],
  ] as const) {
    assert.equal(alertOf(code), alert, code);
  }
});
