/** Cryptography of a replay whose chance is given. */
import type { ReplayCrypto } from "../../../src/core/replay/scram.ts";
import { REPLAY_CRYPTO } from "../../../src/net/replay-crypto.ts";

export function cryptoWith(nonce: string, salt: Uint8Array): ReplayCrypto {
  return { ...REPLAY_CRYPTO, nonce: () => nonce, salt: () => salt };
}
