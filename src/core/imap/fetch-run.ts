/**
 * Runs of FETCH responses: nearly all lines that a server ever sends. They change nothing in the dialogue and hold no
 * credentials, so who follows the dialogue alone, octet by octet and in the tick in which they came, passes such a run at once.
 */
import { CR, isDigit, LF, SP } from "../base/octets.ts";

const ASTERISK = 0x2a;
const CLOSING_BRACE = 0x7d;
const FETCH = [0x46, 0x45, 0x54, 0x43, 0x48, SP];

/** Where the whole FETCH responses without literals end that follow each other from `start` on; `start` where none stands. */
export function fetchRunEnd(bytes: Uint8Array, start: number): number {
  let end = start;
  while (beginsFetch(bytes, end)) {
    const lf = bytes.indexOf(LF, end);
    const last = bytes[lf - 1] === CR ? lf - 2 : lf - 1;
    if (lf < 0 || bytes[last] === CLOSING_BRACE) break;
    end = lf + 1;
  }
  return end;
}

/** `* 12 FETCH `, written as servers write it. */
function beginsFetch(bytes: Uint8Array, start: number): boolean {
  if (bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return false;
  let at = start + 2;
  while (isDigit(bytes[at])) at++;
  if (at === start + 2 || at > start + 12 || bytes[at] !== SP) return false;
  for (const octet of FETCH) if (bytes[++at] !== octet) return false;
  return true;
}
