/**
 * The inside of a JSON string, octet by octet. A line of IMAP is nearly always printable ASCII with a CRLF and a few
 * quotes: for it this one pass does the work of decoding to text, JSON.stringify and encoding again in a third of the time.
 */
import { BACKSLASH, DQUOTE, SP } from "../base/octets.ts";

/** The most octets that one octet becomes: `\u0000`. */
export const MOST_ESCAPED = 6;

const DEL = 0x7f;
const LETTER_U = 0x75;
const ZERO = 0x30;

/** The letter after the backslash for the characters that have one. */
const SHORT = new Uint8Array(DEL);
for (const [character, letter] of ["\bb", "\tt", "\nn", "\ff", "\rr", '""', "\\\\"]) {
  SHORT[character?.charCodeAt(0) ?? 0] = letter?.charCodeAt(0) ?? 0;
}

/**
 * Writes `bytes`, escaped as JSON.stringify does it, into `into` from `at` on, and returns where it ended; -1 where an
 * octet is not ASCII, or DEL. `into` has room for `MOST_ESCAPED` octets for each octet.
 */
export function escapeAscii(bytes: Uint8Array, into: Uint8Array, at: number): number {
  const octets = bytes.length;
  let end = at;
  for (let i = 0; i < octets; i++) {
    const octet = bytes[i] ?? 0;
    if ((octet > DQUOTE && octet !== BACKSLASH && octet < DEL) || octet === SP || octet === 0x21) {
      into[end++] = octet;
      continue;
    }
    if (octet >= DEL) return -1;
    const letter = SHORT[octet] ?? 0;
    into[end++] = BACKSLASH;
    if (letter !== 0) {
      into[end++] = letter;
      continue;
    }
    into[end++] = LETTER_U;
    into[end++] = ZERO;
    into[end++] = ZERO;
    into[end++] = ZERO + (octet >> 4);
    into[end++] = hexDigit(octet & 0x0f);
  }
  return end;
}

function hexDigit(value: number): number {
  return value < 10 ? ZERO + value : 0x61 + value - 10;
}
