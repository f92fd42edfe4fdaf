/**
 * The classic dialogue: `C: a1 LOGIN alice xxxxxxxx`, `S: * OK …`. Each row is a line as it was sent; a literal that
 * fits on one follows as text, a longer one is folded to its size, with the head of it beneath when asked.
 */

import { displayText } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame, Literal } from "../imap/frame.ts";
import { cutUnits } from "./cells.ts";
import { groupDigits } from "./octets.ts";
import { alterations, ownWords } from "./own-words.ts";
import { isSafe, safe } from "./safe.ts";

export interface TranscriptOptions {
  /** Lines of a folded literal that are shown of its kept head. */
  readonly previewLines: number;
  /** Characters of a row before it is cut; a line may be as long as the peer likes. */
  readonly rowCharacters: number;
}

export interface TranscriptRow {
  /** When the first octet of what the row shows was read. */
  readonly atMicros: Micros;
  /** `literal` for the rows of a folded literal. */
  readonly kind: "line" | "literal";
  /** With `C: ` or `S: ` before it, or with `S by imapscope: ` and the like; safe to print. */
  readonly text: string;
  /** For the rows of a folded literal: which one of the frame it is, from 0. */
  readonly literal?: number;
}

export const TRANSCRIPT: TranscriptOptions = { previewLines: 0, rowCharacters: 4096 };

/** Octets of a literal up to which it is shown as the text it is. */
const SHOWN_OCTETS = 80;

/** The rows of one frame, in the order of its octets. Cost is bounded by what is shown. */
export function transcriptRows(
  frame: Frame,
  options: TranscriptOptions = TRANSCRIPT,
): readonly TranscriptRow[] {
  const who = sayer(frame);
  const rows: TranscriptRow[] = [];
  let atMicros = frame.startMicros;
  let begun = "";
  const add = (text: string, literal?: number): void => {
    const shown = text === "" ? who : `${who} ${text}`;
    if (literal === undefined) rows.push({ atMicros, kind: "line", text: shown });
    else rows.push({ atMicros, kind: "literal", text: shown, literal });
  };
  frame.lines.forEach((line, i) => {
    const text = begun + lineText(line, options.rowCharacters);
    begun = "";
    const last = i === frame.lines.length - 1;
    if (!last || i === 0 || text !== "") add(last ? text + lineEnd(frame) : text);
    const literal = frame.literals[i];
    if (literal === undefined) return;
    atMicros = literal.continuedMicros ?? literal.announcedMicros;
    const whole = oneLine(literal);
    if (whole !== undefined) begun = whole;
    else for (const row of foldedRows(literal, frame, options)) add(row, i);
  });
  for (const alteration of alterations(frame.own)) add(`| ${safe(alteration)}`);
  return rows;
}

/** Who is to be taken for having said it: a peer, or imapscope, in a place where no peer can say so. */
function sayer({ from, own }: Frame): string {
  const letter = from === "client" ? "C" : "S";
  return own === undefined ? `${letter}:` : `${letter} ${ownWords(own)}:`;
}

function lineText(line: Uint8Array, characters: number): string {
  // A character takes at most four octets; what follows those is not decoded at all.
  const looked = line.length > characters * 4 ? line.subarray(0, characters * 4) : line;
  const text = safe(displayText(looked));
  const cut = line.length > looked.length || text.length > characters;
  return cut ? `${cutUnits(text, characters)}… (${groupDigits(line.length)} octets)` : text;
}

/** What a row cannot show by itself: how the frame ended, if not by CRLF, and what was not kept of it. */
function lineEnd(frame: Frame): string {
  const dropped = frame.droppedOctets === 0 ? "" : ` … (${groupDigits(frame.droppedOctets)} octets not kept)`;
  return frame.end === "cut" ? `${dropped} (cut off here)` : dropped;
}

/** The text of a literal that is short, complete, and has no line ends or other controls. */
function oneLine(literal: Literal): string | undefined {
  const { head, octets, received } = literal;
  if (octets > SHOWN_OCTETS || head.length !== octets || received !== octets) return undefined;
  const text = displayText(head);
  return isSafe(text) ? text : undefined;
}

function foldedRows(
  literal: Literal,
  frame: Frame,
  { previewLines, rowCharacters }: TranscriptOptions,
): string[] {
  const shown = literal.head.subarray(0, previewLines * rowCharacters);
  const lines = previewLines === 0 ? [] : displayText(shown).split(/\r?\n/, previewLines);
  const rows = lines.map((line) => `| ${cutUnits(safe(line), rowCharacters)}`);
  rows.push(`| {${groupDigits(literal.octets)} octets}${arrival(literal, frame)}`);
  return rows;
}

function arrival({ octets, received }: Literal, frame: Frame): string {
  if (received === octets) return "";
  if (received === 0 && frame.end === "refused") return " refused by the server";
  return `, ${groupDigits(received)} came`;
}
