import assert from "node:assert/strict";
import { test } from "node:test";
import { createSecureContext } from "node:tls";
import { versionSettings } from "../../src/net/tls-settings.ts";
import { TLS_VERSIONS } from "../../src/net/tls-version.ts";

test("OpenSSL takes every version, and old ciphers with old versions only", () => {
  const settings = TLS_VERSIONS.map(versionSettings);
  for (const each of settings) createSecureContext(each);
  assert.deepEqual(
    settings.map(({ minVersion, ciphers = "" }) => [minVersion, ciphers.endsWith("@SECLEVEL=0")]),
    [
      ["TLSv1", true],
      ["TLSv1.1", true],
      ["TLSv1.2", false],
      ["TLSv1.3", false],
    ],
  );
});
