/**
 * Keys: that of a CA, and those of the leaves. Leaves are for a P-256 key, which is made in no time, and for clients from
 * before that for an RSA key as well, which is made when the first such client comes: it takes as long as all else at a
 * start. Both live as long as the process and are never written anywhere.
 */
import { generateKeyPair, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Makes an RSA key off the main thread; that takes 100 to 500 ms. */
export function makeRsaKeys(): Promise<KeyPair> {
  return new Promise((resolve, reject) => {
    generateKeyPair("rsa", { modulusLength: 2048 }, (error, publicKey, privateKey) =>
      error === null ? resolve({ publicKey, privateKey }) : reject(error),
    );
  });
}

let ecKeys: KeyPair | undefined;
let rsaKeys: Promise<KeyPair> | undefined;

/** The P-256 key of all leaves of this process; there is nothing in it that two authorities could not share. */
export function ecLeafKeys(): KeyPair {
  ecKeys ??= generateKeyPairSync("ec", { namedCurve: "P-256" });
  return ecKeys;
}

/** And the RSA key, which is made at the first call. */
export function rsaLeafKeys(): Promise<KeyPair> {
  rsaKeys ??= makeRsaKeys();
  return rsaKeys;
}
