/**
 * The secrets that a connection has seen, to find their echoes: servers quote what they did not understand. A secret is
 * looked for as it was sent, unescaped and escaped, in Base64, percent-encoded, and in the parts that a SASL message is made
 * of. Case is ignored, because some servers fold it; of long secrets a beginning is enough, because some servers cut what
 * they quote; secrets under four octets are found as whole words only, else every text would be riddled.
 */
import { LIMITS } from "../base/limits.ts";
import { fromLatin1, toBase64 } from "../base/octets.ts";
import { decodedSasl, saslParts } from "./sasl-parts.ts";

/** Octets of one secret that are remembered; an echo of a longer one is masked to the end of its line. */
export const SECRET_OCTETS = 4096;

const WHOLE_WORD_BELOW = 4;
/** Of a secret of so many octets, a part from its start of BEGINNING_OCTETS is an echo too. */
const LONG_OCTETS = 16;
const BEGINNING_OCTETS = 12;
/** Words among several that are no secrets for sure (mailbox names, keywords) are shorter than this. */
const TOKEN_OCTETS = 12;

export class KnownSecrets {
  /** Lower case; by order of arrival, the oldest are forgotten first. */
  private readonly patterns = new Map<string, Sought>();

  get size(): number {
    return this.patterns.size;
  }

  /** An argument as it stood on the wire: an atom, a quoted string, or several of them. */
  addArgument(raw: string): void {
    this.addWords(raw, 1);
  }

  /** Arguments of which only the long ones are secrets of their own. */
  addArguments(raw: string): void {
    this.addWords(raw, TOKEN_OCTETS);
  }

  /** Quotes are no part of a secret: they stay around the mask of an echo, which so remains a quoted string. */
  private addWords(raw: string, leastOctets: number): void {
    const text = raw.trim();
    if (!text.includes('"')) this.addValue(text);
    for (const word of text.match(/"(?:[^"\\]|\\[\s\S])*"?|[^\s"]+/g) ?? []) {
      if (word.length < leastOctets) continue;
      if (!word.startsWith('"')) {
        this.add(word);
        continue;
      }
      const inner = word.slice(1, word.length > 1 && word.endsWith('"') ? -1 : undefined);
      this.addValue(inner);
      this.addValue(inner.replace(/\\([\s\S])/g, "$1"));
    }
  }

  /** A value itself: the octets of a literal, or a token. */
  addValue(value: string): void {
    this.add(value);
    this.add(value.replace(/["\\]/g, "\\$&"));
    this.add(value.replace(/[^\w.~-]/g, percentEncoded));
    if (value.length > 0) this.add(toBase64(fromLatin1(value)));
    // An echo of several lines comes as several responses.
    if (/[\r\n]/.test(value)) for (const line of value.split(/[\r\n]+/)) this.add(line);
  }

  /** A Base64 line of which the decoded text is no secret. */
  addEncoded(line: string): void {
    this.add(line);
  }

  /** A line of an authentication exchange: Base64, of which the parts may be quoted too (RFC 4616, RFC 5802, RFC 7628). */
  addSasl(line: string): void {
    this.add(line);
    const text = decodedSasl(line);
    if (text === undefined) {
      this.addArgument(line);
      return;
    }
    this.addValue(text);
    for (const part of saslParts(text)) this.addValue(part);
  }

  private add(text: string): void {
    const pattern = text.slice(0, SECRET_OCTETS).toLowerCase();
    if (pattern === "") return;
    this.patterns.delete(pattern);
    this.patterns.set(pattern, soughtOf(pattern));
    if (this.patterns.size > LIMITS.knownSecrets) {
      for (const oldest of this.patterns.keys()) {
        this.patterns.delete(oldest);
        break;
      }
    }
  }

  /**
   * Where secrets stand in a text (ISO-8859-1) from an offset on, as ascending spans that do not overlap. `unfinished` is the
   * beginning of a secret of which the rest has not come.
   */
  find(text: string, from: number, unfinished = ""): [start: number, end: number][] {
    const found: [number, number][] = [];
    const folded = text.toLowerCase();
    for (const sought of this.patterns.values()) findEchoes(folded, from, sought, found);
    const begun = unfinished.trim().toLowerCase();
    if (begun !== "") findEchoes(folded, from, soughtOf(begun), found);
    return found.length === 0 ? found : joined(found);
  }
}

/** A pattern, and as much of it as has to be found. */
interface Sought {
  readonly pattern: string;
  readonly beginning: string;
}

function soughtOf(pattern: string): Sought {
  const beginning = pattern.length < LONG_OCTETS ? pattern : pattern.slice(0, BEGINNING_OCTETS);
  return { pattern, beginning };
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function findEchoes(
  folded: string,
  from: number,
  { pattern, beginning }: Sought,
  found: [number, number][],
): void {
  for (let at = folded.indexOf(beginning, from); at >= 0; ) {
    const end = at + beginning.length;
    const echoEnd = beginning === pattern ? end : commonEnd(folded, end, pattern, beginning.length);
    if (pattern.length >= WHOLE_WORD_BELOW || isWholeWord(folded, at, end)) found.push([at, echoEnd]);
    at = folded.indexOf(beginning, echoEnd);
  }
}

/** Where an echo ends that agrees with a secret up to `length`; at the end of the text if it is of all that is known of it. */
function commonEnd(text: string, end: number, pattern: string, length: number): number {
  let at = end;
  let agreed = length;
  while (agreed < pattern.length && text[at] === pattern[agreed]) {
    at++;
    agreed++;
  }
  return agreed === SECRET_OCTETS ? text.length : at;
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
