/**
 * The header of a literal at the end of a line (RFC 9051 §4.3, RFC 7888 §3, RFC 3516 §4.4):
 *
 *     literal  = "{" number64 ["+"] "}" CRLF *CHAR8
 *     literal8 = "~{" number64 ["+"] "}" CRLF *OCTET
 */
import { isDigit, latin1 } from "../base/octets.ts";

export interface LiteralHeader {
  /** The announced octets. */
  readonly octets: number;
  readonly synchronizing: boolean;
  readonly literal8: boolean;
  /** Offset of the header (of `~` or `{`) in its line. */
  readonly start: number;
}

const ZERO = 0x30;
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
  const digitsEnd = at + 1;
  while (isDigit(line[at])) at--;
  if (at + 1 === digitsEnd || line[at] !== OPEN) return undefined;
  const octets = number64(line, at + 1, digitsEnd);
  if (octets === undefined) return undefined;
  const literal8 = line[at - 1] === TILDE;
  return { octets, synchronizing, literal8, start: literal8 ? at - 1 : at };
}

/** Digits of the largest number64 (RFC 9051 §9). */
const MAXIMUM = "9223372036854775807";

/** The number that digits write, or `undefined` where it is larger than any size may be: then the line just ends. */
function number64(line: Uint8Array, start: number, end: number): number | undefined {
  let first = start;
  while (first < end && line[first] === ZERO) first++;
  if (end - first > MAXIMUM.length) return undefined;
  let octets = 0;
  for (let i = first; i < end; i++) octets = octets * 10 + ((line[i] ?? ZERO) - ZERO);
  return end - first === MAXIMUM.length && latin1(line, first, end) > MAXIMUM ? undefined : octets;
}
