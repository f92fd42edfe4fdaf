/** The one line that imapscope itself ever says to a client (RFC 9051 §7.1.5). */
import { utf8 } from "../core/base/octets.ts";
import { plainText } from "./notice.ts";

/**
 * `* BYE [UNAVAILABLE] imapscope: reason` (RFC 5530 §3). Whatever the reason holds, it stays one line of ASCII, and no
 * part of it can be taken for a response code.
 */
export function byeLine(reason: string): Uint8Array {
  return utf8(`* BYE [UNAVAILABLE] imapscope: ${plainText(reason)}\r\n`);
}
