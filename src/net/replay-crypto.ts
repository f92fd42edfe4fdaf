/** The cryptography and the chance that a replay needs for SASL. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { ReplayCrypto } from "../core/replay/scram.ts";

const HASH_OCTETS = { sha1: 20, sha256: 32, sha512: 64 } as const;

export const REPLAY_CRYPTO: ReplayCrypto = {
  nonce: () => randomBytes(18).toString("base64url"),
  salt: () => randomBytes(16),
  hash: (name, octets) => createHash(name).update(octets).digest(),
  hmac: (name, key, octets) => createHmac(name, key).update(octets).digest(),
  pbkdf2: (name, password, salt, iterations) =>
    pbkdf2Sync(password, salt, iterations, HASH_OCTETS[name], name),
};
