/** The rows of a dialogue as they stand beneath a line, each with its time. */
import type { Micros } from "../core/base/time.ts";
import { formatOffset } from "../core/text/duration.ts";
import { groupDigits } from "../core/text/octets.ts";
import type { TranscriptRow } from "../core/text/transcript.ts";
import { CLOCK_COLUMNS } from "./clock.ts";
import type { Dialogue } from "./dialogue-buffer.ts";
import type { Palette } from "./palette.ts";

const INDENT = "  ";

/** The dialogue of an exchange, with the milliseconds since its first octet. */
export function dialogueLines(dialogue: Dialogue, sentMicros: Micros, palette: Palette): readonly string[] {
  const line = (row: TranscriptRow): string =>
    dialogueLine(`+${formatOffset(Math.max(0, row.atMicros - sentMicros))}`, row, palette);
  const { head, dropped, tail } = dialogue;
  const gap =
    dropped === 0 ? [] : [`${INDENT}${" ".repeat(CLOCK_COLUMNS)} … ${groupDigits(dropped)} rows not kept`];
  return [...head.map(line), ...gap, ...tail.map(line)];
}

/** Rows that belong to no exchange, with their times. */
export function looseLines(
  rows: readonly TranscriptRow[],
  clock: (at: Micros) => string,
  palette: Palette,
): readonly string[] {
  return rows.map((row) => dialogueLine(clock(row.atMicros), row, palette));
}

function dialogueLine(time: string, { text }: TranscriptRow, palette: Palette): string {
  const style = text.startsWith("C") ? "client" : "server";
  return `${INDENT}${palette("faint", time.padStart(CLOCK_COLUMNS))} ${palette(style, text)}`;
}
