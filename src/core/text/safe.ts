/**
 * The one gate for text that a peer wrote. A mailbox name or a server's words may hold control characters that move the
 * cursor, retitle the terminal, forge a line of a log, or turn the reading direction round. Whatever reaches a
 * terminal, a page or a log line passes through here, and comes out on one line with all of that made visible.
 */
import { displayText } from "../base/octets.ts";

/** Controls (C0, DEL, C1), format characters (bidi, zero width, tags), lone surrogates, line and paragraph separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * The text with every unsafe character replaced by something to be seen: C0 and DEL by their control pictures (`␛`),
 * all others by their number (`<202E>`). Cost is linear; text that is printable ASCII comes back as it is.
 */
export function safe(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSAFE, visible);
}

/** Octets as people read them (UTF-8, lossy), made safe. */
export function safeBytes(bytes: Uint8Array): string {
  return safe(displayText(bytes));
}

/** Whether the text may be shown as it is. */
export function isSafe(text: string): boolean {
  return PLAIN.test(text) || text.search(UNSAFE) === -1;
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<${code
    .toString(16)
    .toUpperCase()
    .padStart(code < 0x100 ? 2 : 4, "0")}>`;
}
