/**
 * The secrets that a connection has seen, to find their echoes: servers quote what they did not understand. A secret is
 * looked for as it was sent, unescaped, in Base64, and in the parts that a SASL message is made of. Case is ignored, because
 * some servers fold it; secrets under four octets are found as whole words only, else every text would be riddled.
 */
import { LIMITS } from "../base/limits.ts";
import { fromBase64, fromLatin1, latin1, toBase64 } from "../base/octets.ts";

/** Octets of one secret that are remembered; an echo of a longer one is masked from its start up to there. */
export const SECRET_OCTETS = 4096;

const WHOLE_WORD_BELOW = 4;

/** Fields of SASL messages that name the user or the protocol, and are no secrets. */
const OPEN_FIELDS = /^(n|a|r|m|u|c|user|host|port|username|realm|qop|nc|algorithm|charset)$/i;

export class KnownSecrets {
  /** Lower case; by order of arrival, the oldest are forgotten first. */
  private readonly patterns = new Set<string>();

  get size(): number {
    return this.patterns.size;
  }

  /** An argument as it stood on the wire: an atom, a quoted string, or several of them. */
  addArgument(raw: string): void {
    const text = raw.trim();
    this.addValue(text);
    for (const word of text.split(/\s+/)) this.add(word);
    const quoted = /^"([\s\S]*?)"?$/.exec(text)?.[1];
    if (quoted !== undefined) {
      this.add(quoted);
      this.addValue(quoted.replace(/\\(.)/g, "$1"));
    }
  }

  /** A value itself: the octets of a literal, or a token. */
  addValue(value: string): void {
    this.add(value);
    this.add(value.replace(/["\\]/g, "\\$&"));
    if (value.length > 0) this.add(toBase64(fromLatin1(value)));
  }

  /** A Base64 line of which the decoded text is no secret. */
  addEncoded(line: string): void {
    this.add(line);
  }

  /** A line of an authentication exchange: Base64, of which the parts may be quoted too (RFC 4616, RFC 5802, RFC 7628). */
  addSasl(line: string): void {
    this.add(line);
    const decoded = fromBase64(line);
    if (decoded === undefined) return;
    const text = latin1(decoded);
    this.addValue(text);
    const user = userOf(text);
    for (const part of text.split(/[\0\x01, ]/)) {
      if (part === "" || part === user) continue;
      const field = /^([A-Za-z]+)=(.*)$/s.exec(part);
      if (field === null) this.addPart(part);
      else if (!OPEN_FIELDS.test(field[1] ?? "")) this.addPart(field[2] ?? "");
    }
  }

  private addPart(part: string): void {
    if (!/^(bearer|basic)$/i.test(part)) this.addValue(part);
  }

  private add(text: string): void {
    const pattern = text.slice(0, SECRET_OCTETS).toLowerCase();
    if (pattern === "") return;
    this.patterns.delete(pattern);
    this.patterns.add(pattern);
    if (this.patterns.size > LIMITS.knownSecrets) {
      for (const oldest of this.patterns) {
        this.patterns.delete(oldest);
        break;
      }
    }
  }

  /** Where secrets stand in a text (ISO-8859-1) from an offset on, as ascending spans that do not overlap. */
  find(text: string, from: number): [start: number, end: number][] {
    const found: [number, number][] = [];
    if (this.patterns.size === 0) return found;
    const folded = text.toLowerCase();
    for (const pattern of this.patterns) {
      for (
        let at = folded.indexOf(pattern, from);
        at >= 0;
        at = folded.indexOf(pattern, at + pattern.length)
      ) {
        const end = at + pattern.length;
        if (pattern.length >= WHOLE_WORD_BELOW || isWholeWord(folded, at, end)) found.push([at, end]);
      }
    }
    return joined(found);
  }
}

/** The user of a PLAIN message (`authzid NUL user NUL password`) or of a CRAM-MD5 response (`user SP digest`). */
function userOf(text: string): string | undefined {
  if (text.includes("\0")) return text.split("\0")[1];
  return /^(\S+) [0-9a-f]{32}$/.exec(text)?.[1];
}

function isWholeWord(text: string, start: number, end: number): boolean {
  return !isWordCharacter(text[start - 1]) && !isWordCharacter(text[end]);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[0-9a-z\x80-\xff]/.test(character);
}

/** Joins spans that overlap or touch. */
export function joined(spans: readonly [number, number][]): [number, number][] {
  const ordered = [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of ordered) {
    const last = merged[merged.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
