/**
 * The header of a literal at the end of a line (RFC 9051 §4.3, RFC 7888 §3, RFC 3516 §4.4):
 *
 *     literal  = "{" number64 ["+"] "}" CRLF *CHAR8
 *     literal8 = "~{" number64 ["+"] "}" CRLF *OCTET
 */
import { isDigit } from "../base/octets.ts";

export interface LiteralHeader {
  /** The announced octets. */
  readonly octets: number;
  readonly synchronizing: boolean;
  readonly literal8: boolean;
  /** Offset of the header (of `~` or `{`) in its line. */
  readonly start: number;
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const PLUS = 0x2b;
const TILDE = 0x7e;

/** The header with which a line (without its line end) closes, or `undefined`. Looks at its last octets only. */
export function literalHeader(line: Uint8Array): LiteralHeader | undefined {
  let at = line.length - 1;
  if (line[at] !== CLOSE) return undefined;
  at--;
  const synchronizing = line[at] !== PLUS;
  if (!synchronizing) at--;
  let octets = 0;
  let scale = 1;
  const digitsEnd = at;
  for (; isDigit(line[at]); at--) {
    octets += ((line[at] ?? 0x30) - 0x30) * scale;
    scale *= 10;
  }
  if (at === digitsEnd || line[at] !== OPEN) return undefined;
  const literal8 = line[at - 1] === TILDE;
  return { octets, synchronizing, literal8, start: literal8 ? at - 1 : at };
}
