/**
 * Words of the protocol read off octets. Nearly every word on the wire is one of a few (FETCH, OK, FLAGS, UID): those are found
 * by their octets, in upper case, without making a text of them; a text that is not made is not collected either.
 */
import { latin1 } from "../base/octets.ts";
import { upperCase } from "./ascii-case.ts";

/** Reads a word in upper case. `start` and `end` are offsets within the line. */
export type WordReader = (line: Uint8Array, start: number, end: number) => string;

/** Power of two, and many times the words of any table, so that few of them share a place. */
const PLACES = 1024;

function placeOf(length: number, first: number, last: number): number {
  return ((length * 67) ^ ((first & 0x5f) * 31) ^ ((last & 0x5f) * 7)) & (PLACES - 1);
}

/** A reader that knows these words, which are in upper case; any other word it reads the long way. */
export function wordReader(words: Iterable<string>): WordReader {
  const places: (string | undefined)[] = Array.from({ length: PLACES });
  for (const word of words) {
    // Of two words that share a place, the first has it: tables begin with what is frequent.
    places[placeOf(word.length, word.charCodeAt(0), word.charCodeAt(word.length - 1))] ??= word;
  }
  return (line, start, end) => {
    const word = places[placeOf(end - start, line[start] ?? 0, line[end - 1] ?? 0)];
    return word !== undefined && stands(word, line, start, end) ? word : upperCase(latin1(line, start, end));
  };
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
