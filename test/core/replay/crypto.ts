/** Cryptography of a replay whose chance is given. */
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import type { ReplayCrypto } from "../../../src/core/replay/scram.ts";

const LENGTHS = { sha1: 20, sha256: 32, sha512: 64 };

export function cryptoWith(nonce: string, salt: Uint8Array): ReplayCrypto {
  return {
    nonce: () => nonce,
    salt: () => salt,
    hash: (name, octets) => createHash(name).update(octets).digest(),
    hmac: (name, key, octets) => createHmac(name, key).update(octets).digest(),
    pbkdf2: (name, password, bySalt, iterations) =>
      pbkdf2Sync(password, bySalt, iterations, LENGTHS[name], name),
  };
}
