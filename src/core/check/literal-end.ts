/**
 * Where a literal ends whose announced length may be wrong. The grammar tells: behind a literal comes what closes or continues
 * the list that it is in, and behind the unit the next one begins. So its last line is the one before the next line that is
 * clearly a response (or a command), and in that line the end is where the rest is balanced.
 */
import type { Sender } from "../base/leg.ts";
import { BACKSLASH, CR, DQUOTE, LF, latin1, SP } from "../base/octets.ts";
import { commandLine, isCommand, isDone } from "../dialogue/skim.ts";
import { serverLine } from "../imap/free-text.ts";
import { literalHeader } from "../imap/literal-header.ts";
import { responseEntry } from "../vocabulary/vocabulary.ts";

export interface LiteralPlace {
  readonly bytes: Uint8Array;
  /** Its first octet. */
  readonly start: number;
  readonly from: Sender;
  /** Parentheses that are open where it stands. */
  readonly depth: number;
  /** Nothing may follow it in its command but another literal: APPEND. */
  readonly isLast: boolean;
  /** The response is a FETCH: its values stand behind their names. */
  readonly inItems: boolean;
}

export interface LiteralEnd {
  readonly end: number;
  /** Where it may end as well. */
  readonly other: number | undefined;
}

/** Of the end of a line in which a literal may end: what follows a literal is short. */
const TAIL_OCTETS = 8 * 1024;

/** Whether a literal may end at an offset, by what follows it up to its line's end. */
export function mayEndAt(place: LiteralPlace, end: number): boolean {
  const { bytes } = place;
  if (end < place.start || end >= bytes.length) return false;
  const feed = bytes.indexOf(LF, end);
  return feed >= 0 && tailFits(place, bytes.subarray(end, lineEnd(bytes, end, feed)), false);
}

/** Where it ends by the grammar; `undefined` where nothing that follows looks like it. */
export function findLiteralEnd(
  place: LiteralPlace,
  isRecordBorder: (offset: number) => boolean,
): LiteralEnd | undefined {
  const { bytes } = place;
  for (let start = place.start; ; ) {
    const feed = bytes.indexOf(LF, start);
    if (feed < 0) return undefined;
    const next = feed + 1;
    const end = lineEnd(bytes, start, feed);
    const isUnitEnd = next === bytes.length || beginsUnit(place.from, lineAt(bytes, next));
    if (isUnitEnd || literalHeader(bytes.subarray(start, end)) !== undefined) {
      const ends = endsWithin(place, start, end);
      if (ends.length > 0) return chosen(place, ends, end, isRecordBorder);
    }
    if (isUnitEnd) return undefined;
    start = next;
  }
}

function endsWithin(place: LiteralPlace, start: number, end: number): number[] {
  const { bytes } = place;
  const ends: number[] = [];
  for (let at = Math.max(start, end - TAIL_OCTETS); at <= end; at++) {
    if (tailFits(place, bytes.subarray(at, end), true)) ends.push(at);
  }
  return ends;
}

/** The earliest, unless another one says more of itself: a record that begins there, or nothing that follows. */
function chosen(
  { depth }: LiteralPlace,
  ends: readonly number[],
  lineEnd: number,
  isRecordBorder: (offset: number) => boolean,
): LiteralEnd {
  const best =
    ends.find(isRecordBorder) ?? (depth === 0 && ends.includes(lineEnd) ? lineEnd : (ends[0] ?? lineEnd));
  return { end: best, other: ends.find((end) => end !== best) };
}

/** Whether the rest of a line can follow the literal: balanced, or up to the header of another one. */
function tailFits({ depth, isLast, inItems }: LiteralPlace, tail: Uint8Array, closely: boolean): boolean {
  const first = tail[0];
  if (first === undefined) return depth === 0;
  const header = literalHeader(tail);
  if (first !== SP && !(first === CLOSE && depth > 0)) return false;
  if (closely && first === SP) {
    if (isLast && header === undefined) return false;
    if (inItems && depth === 1 && !ITEM.test(latin1(tail, 0, 40))) return false;
  }
  const left = openAfter(tail.subarray(0, header?.start ?? tail.length), depth);
  return left !== undefined && (header === undefined ? left === 0 : true);
}

/** The name of a message data item, with its value to come. */
const ITEM = /^ [A-Z][A-Z0-9.-]*[ [<]/i;
const OPEN = 0x28;
const CLOSE = 0x29;

/** How many parentheses are open behind a piece of a line; `undefined` where it closes too many, or no quote. */
export function openAfter(text: Uint8Array, before: number): number | undefined {
  let depth = before;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const octet = text[i];
    if (octet === DQUOTE) quoted = !quoted;
    else if (quoted && octet === BACKSLASH) i++;
    else if (!quoted && octet === OPEN) depth++;
    else if (!quoted && octet === CLOSE) depth--;
    if (depth < 0) return undefined;
  }
  return quoted ? undefined : depth;
}

/** Whether a line clearly begins a unit: a known response or a completion, a known command or DONE. */
export function beginsUnit(from: Sender, line: Uint8Array): boolean {
  if (from === "client") return isCommand(commandLine(line)) || isDone(line);
  const { kind, name, rest } = serverLine(line);
  if (kind === "continuation") return rest === line.length || line[rest] === SP;
  return kind === "tagged" || (kind === "untagged" && responseEntry(name) !== undefined);
}

function lineAt(bytes: Uint8Array, start: number): Uint8Array {
  const feed = bytes.indexOf(LF, start);
  return bytes.subarray(start, feed < 0 ? bytes.length : lineEnd(bytes, start, feed));
}

/** Where the text of a line ends, without CR. */
export function lineEnd(bytes: Uint8Array, start: number, feed: number): number {
  return feed > start && bytes[feed - 1] === CR ? feed - 1 : feed;
}
