/**
 * Lists of flags by their octets. A mailbox has thousands of messages and a handful of such lists: each is read once, and all
 * messages that have it share one list. Only what is short and without defects is kept; a later one may take its place.
 */
import { latin1 } from "../base/octets.ts";

interface KnownList {
  /** From parenthesis to parenthesis, as ISO-8859-1. */
  readonly text: string;
  readonly flags: readonly string[];
}

/** Power of two. */
const PLACES = 1024;
const LIST_OCTETS = 128;
const CLOSE = 0x29;

const places: (KnownList | undefined)[] = Array.from({ length: PLACES });

/** Where a short list ends that opens at `start`: behind its first closing parenthesis; -1 where it does not. */
export function flagListEnd(line: Uint8Array, start: number): number {
  const last = Math.min(line.length, start + LIST_OCTETS);
  for (let at = start + 1; at < last; at++) if (line[at] === CLOSE) return at + 1;
  return -1;
}

/** The flags of a list that was kept. */
export function knownFlags(line: Uint8Array, start: number, end: number): readonly string[] | undefined {
  const known = places[placeOf(line, start, end)];
  return known !== undefined && stands(known.text, line, start, end) ? known.flags : undefined;
}

export function keepFlags(line: Uint8Array, start: number, end: number, flags: readonly string[]): void {
  places[placeOf(line, start, end)] = { text: latin1(line, start, end), flags };
}

function placeOf(line: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (line[at] ?? 0)) | 0;
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

function stands(text: string, line: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== line[start + i]) return false;
  return true;
}
