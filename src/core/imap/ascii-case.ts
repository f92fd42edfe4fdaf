/**
 * IMAP compares its own words without case, and means US-ASCII only (RFC 9051 §9). The methods of JavaScript's strings
 * would also change letters beyond it, and even the length of a text.
 */

/** Capital letters for a to z; every other character stays. */
export function upperCase(text: string): string {
  let ascii = 0;
  let small = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    ascii |= code;
    if (code >= 0x61 && code <= 0x7a) small = true;
  }
  if (!small) return text;
  return ascii < 0x80 ? text.toUpperCase() : text.replace(/[a-z]+/g, (run) => run.toUpperCase());
}

/** Small letters for A to Z; every other character stays. */
export function lowerCase(text: string): string {
  let ascii = 0;
  let capital = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    ascii |= code;
    if (code >= 0x41 && code <= 0x5a) capital = true;
  }
  if (!capital) return text;
  return ascii < 0x80 ? text.toLowerCase() : text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
}
