/**
 * How many cells of a terminal a text takes, and how it is cut and padded to a number of them. Widths follow what
 * terminals do: East Asian wide characters and emoji take two cells, combining marks none.
 */
import { safe } from "./safe.ts";

/** A safe text of which each code unit takes one cell: nothing below U+0300 is wide or a mark. */
const NARROW = /^[\x20-\u02ff]*$/;
const MARK = /^[\p{Mn}\p{Me}\u1160-\u11ff]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** First and last code points of the wide blocks besides emoji, ascending. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1aff0, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** Marks that one character may carry; more would paint over the lines above. */
const MARKS_KEPT = 2;

/** Code units looked at for each cell to be filled: enough for a wide character with its marks. */
const UNITS_PER_CELL = 4;

/** The cells that a safe text takes. */
export function cellWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += characterCells(character);
  return cells;
}

/** Cuts a safe text to at most `columns` cells; what was cut shows as `…`. */
export function clip(text: string, columns: number): string {
  if (columns <= 0) return "";
  if (NARROW.test(text)) return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
  let cells = 0;
  let marks = 0;
  let kept = "";
  // What still fits once a `…` has to stand after it.
  let keptBeforeEllipsis = "";
  for (const character of text) {
    const width = characterCells(character);
    marks = width === 0 ? marks + 1 : 0;
    if (marks > MARKS_KEPT) continue;
    cells += width;
    if (cells > columns) return `${keptBeforeEllipsis}…`;
    kept += character;
    if (cells < columns) keptBeforeEllipsis = kept;
  }
  return kept;
}

/** Text from a peer, made safe and cut to `columns` cells; its cost depends on `columns` and not on the text. */
export function glance(text: string, columns: number): string {
  const looked = columns * UNITS_PER_CELL;
  if (text.length <= looked) return clip(safe(text), columns);
  const cut = safe(cutUnits(text, looked));
  return cellWidth(cut) < columns ? `${clip(cut, columns)}…` : clip(`${cut}…`, columns);
}

/** Cuts a safe text to its last cells, at most `columns`; what was cut before them shows as `…`. */
export function clipStart(text: string, columns: number): string {
  if (columns <= 0) return "";
  if (NARROW.test(text)) return text.length <= columns ? text : `…${text.slice(text.length - columns + 1)}`;
  if (cellWidth(text) <= columns) return clip(text, columns);
  let cells = 1;
  let marks = "";
  let kept = "";
  for (const character of [...text].reverse()) {
    const width = characterCells(character);
    if (width === 0) marks = character + marks;
    else {
      cells += width;
      if (cells > columns) break;
      kept = character + marks + kept;
      marks = "";
    }
  }
  return `…${clip(kept, columns - 1)}`;
}

/** The end of a text from a peer, made safe and cut to `columns` cells; its cost depends on `columns` and not on the text. */
export function glanceEnd(text: string, columns: number): string {
  const looked = columns * UNITS_PER_CELL;
  if (text.length <= looked) return clipStart(safe(text), columns);
  const from = text.length - looked;
  const first = text.charCodeAt(from);
  const end = safe(text.slice(first >= 0xdc00 && first < 0xe000 ? from + 1 : from));
  return cellWidth(end) < columns ? `…${clipStart(end, columns - 1)}` : clipStart(`…${end}`, columns);
}

/** The first `units` code units of a text, without half a surrogate pair at the end. */
export function cutUnits(text: string, units: number): string {
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? units - 1 : units);
}

/** Cut and filled up with spaces on the right to exactly `columns` cells. */
export function padEnd(text: string, columns: number): string {
  if (text.length <= columns && NARROW.test(text)) return text.padEnd(columns);
  const cut = clip(text, columns);
  return cut.padEnd(cut.length + columns - cellWidth(cut));
}

/** Cut and filled up with spaces on the left to exactly `columns` cells. */
export function padStart(text: string, columns: number): string {
  if (text.length <= columns && NARROW.test(text)) return text.padStart(columns);
  const cut = clip(text, columns);
  return cut.padStart(cut.length + columns - cellWidth(cut));
}

/** The cells of one safe character: 0 for what is painted over the one before it. */
export function characterCells(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (MARK.test(character)) return 0;
  if (EMOJI.test(character)) return 2;
  for (const [first, last] of WIDE) {
    if (code < first) return 1;
    if (code <= last) return 2;
  }
  return 1;
}
