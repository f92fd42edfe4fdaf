/**
 * Runs of FETCH responses: nearly all lines that a server ever sends. They change nothing in the dialogue and hold no
 * credentials, so who follows the dialogue alone, octet by octet and close behind the relay, passes such a run at once.
 */
import { CR, isDigit, LF, SP } from "../base/octets.ts";

const ASTERISK = 0x2a;
const CLOSING_BRACE = 0x7d;
const DIGITS = 10;
/** `* 1234567890 FETCH `: where less is left, nothing is passed, so that no look goes behind the octets. */
const BEGINNING_OCTETS = DIGITS + 9;

/** Where the whole FETCH responses without literals end that follow each other from `start` on; `start` where none stands. */
export function fetchRunEnd(bytes: Uint8Array, start: number): number {
  const last = bytes.length - BEGINNING_OCTETS;
  let end = start;
  while (end <= last && beginsFetch(bytes, end)) {
    const lf = bytes.indexOf(LF, end);
    if (lf < 0 || bytes[bytes[lf - 1] === CR ? lf - 2 : lf - 1] === CLOSING_BRACE) break;
    end = lf + 1;
  }
  return end;
}

/** `* 12 FETCH `, written as servers write it. */
function beginsFetch(bytes: Uint8Array, start: number): boolean {
  if (bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return false;
  const first = start + 2;
  let at = first;
  while (at < first + DIGITS && isDigit(bytes[at])) at++;
  return at > first && standsFetch(bytes, at);
}

/** One octet after the other: to read several at once takes a view, which costs more than the few lines of a read save. */
function standsFetch(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at] === SP &&
    bytes[at + 1] === 0x46 &&
    bytes[at + 2] === 0x45 &&
    bytes[at + 3] === 0x54 &&
    bytes[at + 4] === 0x43 &&
    bytes[at + 5] === 0x48 &&
    bytes[at + 6] === SP
  );
}
