/**
 * Octets: find, slice, compare, and turn into text. Everything in core works on octets; text is made only where a
 * person or a table needs it.
 */

export const NUL = 0x00;
export const LF = 0x0a;
export const CR = 0x0d;
export const SP = 0x20;
export const DQUOTE = 0x22;
export const BACKSLASH = 0x5c;

const encoder = new TextEncoder();
const lossyUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const NO_OCTETS: Uint8Array = new Uint8Array(0);

/** One character per octet (ISO-8859-1): lossless, and what grammar and tables compare with. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  if (bytes.latin1Slice !== undefined) return bytes.latin1Slice(start, end);
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

/** Whether octets are those of a text (ISO-8859-1); no text is made of them. */
export function spells(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Text for people: UTF-8, with U+FFFD where the octets are not UTF-8. */
export function displayText(bytes: Uint8Array): string {
  return lossyUtf8.decode(bytes);
}

/** The text of octets that are exactly UTF-8 (a byte order mark is kept), else `undefined`. */
export function exactUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 octets of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** One octet per character of a text whose characters are all below U+0100. */
export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Joins runs of octets; a single run is returned as it is, not copied. */
export function concat(runs: readonly Uint8Array[]): Uint8Array {
  if (runs.length === 1 && runs[0] !== undefined) return runs[0];
  let octets = 0;
  for (const run of runs) octets += run.length;
  const joined = new Uint8Array(octets);
  let at = 0;
  for (const run of runs) {
    joined.set(run, at);
    at += run.length;
  }
  return joined;
}

/** Room for octets, of the same kind of array as others: code that meets one kind only is several times as fast. */
export function roomLike(bytes: Uint8Array, octets: number): Uint8Array {
  const kind = bytes.constructor as Uint8ArrayConstructor & {
    readonly [Symbol.species]: Uint8ArrayConstructor;
  };
  return new kind[Symbol.species](octets);
}

/** A copy that does not keep the (often much larger) buffer of a socket read alive. */
export function detach(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** A text that does not keep the (often much longer) one alive that it was cut out of. */
export function detachText(text: string): string {
  return lossyUtf8.decode(encoder.encode(text));
}

export function isDigit(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x30 && octet <= 0x39;
}

/** Lossless Base64 of octets (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x2000) {
    binary += latin1(bytes, at, Math.min(at + 0x2000, bytes.length));
  }
  return btoa(binary);
}

/** Octets of a Base64 text, or `undefined` where it is not Base64 (RFC 4648 §4). */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    return fromLatin1(atob(text));
  } catch {
    return undefined;
  }
}

/** Text for people of octets given as ISO-8859-1: UTF-8 where they are exactly that, else as they are. */
export function readable(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) >= 0x80) {
      return exactUtf8(fromLatin1(text)) ?? text;
    }
  }
  return text;
}
