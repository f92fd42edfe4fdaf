/**
 * SASL as a server plays it that accepts any secret: the usual prompts, fresh challenges, and whatever comes back is taken for
 * right. Only SCRAM cannot be played so, because there the server proves that it knows the password too (RFC 5802 §3).
 */
import { fromBase64, fromLatin1, latin1, readable, toBase64 } from "../base/octets.ts";
import { type ReplayCrypto, startScram } from "./scram.ts";

export type SaslTurn =
  /** Base64, as it stands behind `+ `. */
  | { readonly kind: "challenge"; readonly text: string }
  /** `user` is undefined where the mechanism did not tell it. */
  | { readonly kind: "done"; readonly user: string | undefined }
  | { readonly kind: "failed"; readonly why: string };

/** Takes what the client said, decoded; the first time `undefined` where it gave no initial response. */
export type Sasl = (said: Uint8Array | undefined) => SaslTurn;

export interface SaslOptions {
  readonly crypto: ReplayCrypto;
  /** For mechanisms in which the server must know it. */
  readonly password: string | undefined;
}

interface MechanismRow {
  readonly start: (options: SaslOptions) => Sasl;
  readonly needsPassword: boolean;
}

const NO_PROMPT = "";

export const MECHANISMS: Readonly<Record<string, MechanismRow>> = {
  // RFC 4616 §2: authzid NUL authcid NUL passwd
  PLAIN: row(() => asking([NO_PROMPT], ([said = ""]) => said.split("\0")[1])),
  LOGIN: row(() => asking(["Username:", "Password:"], ([user]) => user)),
  // RFC 4422 appendix A
  EXTERNAL: row(() => asking([NO_PROMPT], ([said]) => said || undefined)),
  // RFC 2195 §2: user SP digest
  "CRAM-MD5": row(({ crypto }) =>
    asking([`<${crypto.nonce()}@imapscope>`], ([said = ""]) => /^(.*) [^ ]*$/s.exec(said)?.[1]),
  ),
  XOAUTH2: row(() => asking([NO_PROMPT], ([said = ""]) => /^user=([^\x01]*)\x01/.exec(said)?.[1])),
  // RFC 7628 §3.1
  OAUTHBEARER: row(() => asking([NO_PROMPT], ([said = ""]) => /^[^,]*,a=([^,]*),/.exec(said)?.[1])),
  "SCRAM-SHA-1": scram("sha1"),
  "SCRAM-SHA-256": scram("sha256"),
  "SCRAM-SHA-512": scram("sha512"),
};

/** Whether a mechanism, in capitals, is one that can be played at all. */
export function isKnown(mechanism: string): boolean {
  return Object.hasOwn(MECHANISMS, mechanism);
}

/** Whether a mechanism can be played with what is at hand. */
export function isPlayable(mechanism: string, password: string | undefined): boolean {
  const found = isKnown(mechanism) ? MECHANISMS[mechanism] : undefined;
  return found !== undefined && (!found.needsPassword || password !== undefined);
}

/** The client's line as octets; `undefined` where it is no Base64. `=` stands for none (RFC 9051 §6.2.2). */
export function saslOctets(line: string): Uint8Array | undefined {
  return line === "=" ? new Uint8Array(0) : fromBase64(line);
}

function row(start: MechanismRow["start"]): MechanismRow {
  return { start, needsPassword: false };
}

function scram(hash: "sha1" | "sha256" | "sha512"): MechanismRow {
  return { start: (options) => startScram({ ...options, hash }), needsPassword: true };
}

/** Asks one thing after the other, and finds the user in the answers. An initial response answers the first. */
function asking(prompts: readonly string[], userOf: (said: readonly string[]) => string | undefined): Sasl {
  const said: string[] = [];
  return (octets) => {
    if (octets !== undefined) said.push(readable(latin1(octets)));
    const prompt = prompts[said.length];
    if (prompt === undefined) return { kind: "done", user: userOf(said) };
    return { kind: "challenge", text: toBase64(fromLatin1(prompt)) };
  };
}
