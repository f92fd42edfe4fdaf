/**
 * What the first message of SCRAM says of channel binding: its first letter (RFC 5802 §7). That is no secret, and a login that
 * fails through an interceptor cannot be explained without it, so the masker leaves as many Base64 digits as say that and
 * nothing else: `n,,n=alice,r=...` becomes `biws` and the mask. Behind `n` and `y` one octet more is in those digits, which by
 * the grammar is either `,` or the `a` of `a=`; the names behind it, the nonce and everything later stay masked. The
 * alternatives were worse: a mask of another form would make captures that older readers do not know, and a fact of its
 * own in the capture would be a conclusion.
 */
import { MASK } from "../base/mask.ts";
import { fromBase64, fromLatin1, latin1, toBase64 } from "../base/octets.ts";

/** `unsupported`: by the client (`n`). `unoffered`: the client could, but saw no offer (`y`). `required`: it binds (`p`). */
export type ChannelBinding = "unsupported" | "unoffered" | "required";

/** What a message may begin with, in whole groups of Base64: three octets each. */
const OPENINGS: readonly (readonly [digits: string, binding: ChannelBinding])[] = (
  [
    ["n,,", "unsupported"],
    ["n,a", "unsupported"],
    ["y,,", "unoffered"],
    ["y,a", "unoffered"],
    ["p=tls-unique", "required"],
    ["p=tls-exporter,", "required"],
    ["p=tls-server-end-p", "required"],
  ] as const
).map(([text, binding]) => [toBase64(fromLatin1(text)), binding]);

/** The beginning of client-first-message, up to the nonce. */
const FIRST_MESSAGE = /^(?:[ny]|p=[\w.-]+),(?:a=[^,]*)?,(?:m=[^,]*,)?n=[^,]*,r=/;

/** How many Base64 digits of a client's line may be seen: none, unless it is the first message of SCRAM, masked or not. */
export function openDigits(line: string): number {
  const [digits = ""] = openingOf(line) ?? [];
  if (digits === "" || line === digits + MASK) return digits.length;
  const bytes = fromBase64(line);
  return bytes !== undefined && FIRST_MESSAGE.test(latin1(bytes)) ? digits.length : 0;
}

/** What a client's line says of channel binding; `undefined` where it is no first message of SCRAM. */
export function channelBindingOf(line: string): ChannelBinding | undefined {
  return openingOf(line)?.[1];
}

function openingOf(line: string) {
  return OPENINGS.find(([digits]) => line.startsWith(digits));
}
