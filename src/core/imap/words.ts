/**
 * Words of the protocol read off octets. Nearly every word on the wire is one of a few (FETCH, OK, FLAGS, UID): those are found
 * by their octets, in upper case, without making a text of them; a text that is not made is not collected either.
 */
import { latin1 } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";

/** Reads a word in upper case. `start` and `end` are offsets within the line. */
export type WordReader = (line: Uint8Array, start: number, end: number) => string;

/** Finds what a table has for a word, in any case. */
export type WordTable<T> = (line: Uint8Array, start: number, end: number) => T | undefined;

/** Power of two, and many times the words of any table, so that few of them share a place. */
const PLACES = 1024;

function placeOf(length: number, first: number, last: number): number {
  return ((length * 67) ^ ((first & 0x5f) * 31) ^ ((last & 0x5f) * 7)) & (PLACES - 1);
}

/**
 * A table of words, which are in upper case. Of two words that share a place, the first has it: tables begin with what is
 * frequent. So a word that is not found may be in the table all the same, and has to be read the long way.
 */
export function wordTable<T>(rows: Iterable<readonly [word: string, row: T]>): WordTable<T> {
  const places: (readonly [word: string, row: T] | undefined)[] = Array.from({ length: PLACES });
  for (const entry of rows) {
    const [word] = entry;
    places[placeOf(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1))] ??= entry;
  }
  return (line, start, end) => {
    const entry = places[placeOf(end - start, line[start] ?? 0, line[end - 1] ?? 0)];
    return entry !== undefined && stands(entry[0], line, start, end) ? entry[1] : undefined;
  };
}

/** A reader that knows these words; any other word it reads the long way. */
export function wordReader(words: readonly string[]): WordReader {
  const find = wordTable(words.map((word) => [word, word] as const));
  return (line, start, end) => find(line, start, end) ?? upperCase(latin1(line, start, end));
}

function stands(word: string, line: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) {
    const octet = line[start + i] ?? 0;
    const upper = octet >= 0x61 && octet <= 0x7a ? octet - 0x20 : octet;
    if (upper !== word.charCodeAt(i)) return false;
  }
  return true;
}
