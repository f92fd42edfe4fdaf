/** The server's side of SCRAM (RFC 5802, RFC 7677), without channel binding: TLS ends at imapscope. */
import { fromBase64, fromLatin1, latin1, toBase64, utf8 } from "../base/octets.ts";
import type { Sasl, SaslTurn } from "./mechanism.ts";

export type HashName = "sha1" | "sha256" | "sha512";

/** What replay needs of cryptography and chance, passed in. */
export interface ReplayCrypto {
  /** Printable, without commas, another one each time. */
  readonly nonce: () => string;
  readonly salt: () => Uint8Array;
  readonly hash: (name: HashName, octets: Uint8Array) => Uint8Array;
  readonly hmac: (name: HashName, key: Uint8Array, octets: Uint8Array) => Uint8Array;
  /** As long as the hash. */
  readonly pbkdf2: (name: HashName, password: Uint8Array, salt: Uint8Array, iterations: number) => Uint8Array;
}

export interface ScramOptions {
  readonly crypto: ReplayCrypto;
  readonly password: string | undefined;
  readonly hash: HashName;
}

const ITERATIONS = 4096;
const NO_PROMPT: SaslTurn = { kind: "challenge", text: "" };

export function startScram({ crypto, password = "", hash }: ScramOptions): Sasl {
  const salt = crypto.salt();
  let user: string | undefined;
  let firstBare = "";
  let serverFirst = "";
  let header = "";
  let next = first;

  function first(said: Uint8Array): SaslTurn {
    const parts = /^((?:[ny]|p=[^,]*),(?:a=[^,]*)?,)((?:m=[^,]*,)?n=([^,]*),r=([^,]+).*)$/s.exec(
      latin1(said),
    );
    if (parts === null) return failed("the first message of SCRAM cannot be read");
    const [, gs2 = "", bare = "", name = "", nonce = ""] = parts;
    if (gs2.startsWith("p=")) return failed("channel binding was not offered");
    header = gs2;
    firstBare = bare;
    user = name.replaceAll("=2C", ",").replaceAll("=3D", "=");
    serverFirst = `r=${nonce}${crypto.nonce()},s=${toBase64(salt)},i=${ITERATIONS}`;
    next = final;
    return challenge(serverFirst);
  }

  function final(said: Uint8Array): SaslTurn {
    const parts = /^(c=([^,]*),(r=[^,]*)(?:,[^p].*)?),p=([^,]*)$/s.exec(latin1(said));
    const [, withoutProof = "", binding = "", nonce = "", proof = ""] = parts ?? [];
    if (!serverFirst.startsWith(`${nonce},`)) return failed("the nonce is not the one that was given");
    if (binding !== toBase64(fromLatin1(header)))
      return failed("the channel binding is not the one announced");
    const salted = crypto.pbkdf2(hash, utf8(password.normalize("NFKC")), salt, ITERATIONS);
    const message = fromLatin1(`${firstBare},${serverFirst},${withoutProof}`);
    const storedKey = crypto.hash(hash, crypto.hmac(hash, salted, fromLatin1("Client Key")));
    const signature = crypto.hmac(hash, storedKey, message);
    const key = fromBase64(proof)?.map((octet, at) => octet ^ (signature[at] ?? 0));
    if (key === undefined || latin1(crypto.hash(hash, key)) !== latin1(storedKey)) {
      return failed("the password is not the one that --password gives");
    }
    const serverKey = crypto.hmac(hash, salted, fromLatin1("Server Key"));
    next = () => ({ kind: "done", user });
    return challenge(`v=${toBase64(crypto.hmac(hash, serverKey, message))}`);
  }

  return (said) => (said === undefined ? NO_PROMPT : next(said));
}

function challenge(text: string): SaslTurn {
  return { kind: "challenge", text: toBase64(fromLatin1(text)) };
}

function failed(why: string): SaslTurn {
  return { kind: "failed", why };
}
