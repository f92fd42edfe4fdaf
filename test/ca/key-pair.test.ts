import assert from "node:assert/strict";
import { test } from "node:test";
import { ecLeafKeys, makeRsaKeys, rsaLeafKeys } from "../../src/ca/key-pair.ts";

test("the keys of leaves are made once, those of CAs each time", async () => {
  assert.equal(ecLeafKeys(), ecLeafKeys());
  assert.equal(ecLeafKeys().publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
  const [rsa, again, other] = await Promise.all([rsaLeafKeys(), rsaLeafKeys(), makeRsaKeys()]);
  assert.equal(rsa, again);
  assert.equal(rsa.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  assert.equal(rsa.publicKey.equals(other.publicKey), false);
});
