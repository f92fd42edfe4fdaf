/**
 * Runs of FETCH responses: nearly all lines that a server ever sends. They change nothing in the dialogue and hold no
 * credentials, so who follows the dialogue alone, octet by octet and close behind the relay, passes such a run at once.
 */
import { CR, isDigit, LF, SP } from "../base/octets.ts";
import { ShortText, viewOf } from "../base/short-text.ts";

const ASTERISK = 0x2a;
const CLOSING_BRACE = 0x7d;
const FETCH = new ShortText(" FETCH ");

/** Where the whole FETCH responses without literals end that follow each other from `start` on; `start` where none stands. */
export function fetchRunEnd(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== ASTERISK) return start;
  const words = viewOf(bytes);
  let end = start;
  while (beginsFetch(bytes, words, end)) {
    const lf = bytes.indexOf(LF, end);
    const last = bytes[lf - 1] === CR ? lf - 2 : lf - 1;
    if (lf < 0 || bytes[last] === CLOSING_BRACE) break;
    end = lf + 1;
  }
  return end;
}

/** `* 12 FETCH `, written as servers write it. */
function beginsFetch(bytes: Uint8Array, words: DataView, start: number): boolean {
  if (start + 2 >= bytes.length || bytes[start] !== ASTERISK || bytes[start + 1] !== SP) return false;
  let at = start + 2;
  while (isDigit(bytes[at])) at++;
  return at > start + 2 && at <= start + 12 && FETCH.stands(words, at, bytes.length);
}
