/**
 * A picture of the screen: cells with a character and a style each. The one gate between texts and a terminal: whatever is
 * painted here is made safe first, so no octet of a peer reaches the terminal as a control or as markup.
 */
import { characterCells } from "../../core/text/cells.ts";
import { safe } from "../../core/text/safe.ts";
import { type Line, STYLES, type Style } from "./style.ts";

/** Finished cells; a wide character stands in its first cell, and the one behind it is empty. */
export interface Frame {
  readonly columns: number;
  readonly rows: number;
  /** Row by row; `columns` times `rows`. */
  readonly characters: readonly string[];
  /** The number of a style in STYLES, with {@link SELECTED} where the cell is selected. */
  readonly styles: Uint8Array;
}

export const SELECTED = 0x40;

export interface Canvas extends Frame {
  /**
   * Paints a text, made safe, from a cell on and cut at `columns` cells (by default the edge of the screen), an ellipsis
   * marking the cut; gives the column behind it.
   */
  readonly text: (x: number, y: number, text: string, style: Style, columns?: number) => number;
  /** The same with pieces; a piece that does not fit is cut and the rest left out. */
  readonly line: (x: number, y: number, line: Line, columns?: number) => number;
  /** Fills cells with one character that takes one cell. */
  readonly fill: (x: number, y: number, columns: number, character: string, style: Style) => void;
  /** Shows a whole row, or some cells of it, as selected. */
  readonly select: (y: number, x?: number, columns?: number) => void;
}

const STYLE_NUMBERS: ReadonlyMap<Style, number> = new Map(STYLES.map((style, number) => [style, number]));
const PLAIN = /^[\x20-\x7e]*$/;
/** Marks that one character may carry; more would paint over the lines above. */
const MARKS_KEPT = 2;
/** Variation selectors: terminals disagree on what they do to the width. */
const VARIATION = /^[\ufe00-\ufe0f]$/;

export function createCanvas(columns: number, rows: number): Canvas {
  const characters = new Array<string>(columns * rows).fill(" ");
  const styles = new Uint8Array(columns * rows);

  function text(x: number, y: number, written: string, style: Style, most = columns - x): number {
    const room = Math.min(most, columns - x);
    if (room <= 0 || y < 0 || y >= rows || x < 0) return x;
    const number = STYLE_NUMBERS.get(style) ?? 0;
    const start = y * columns + x;
    if (PLAIN.test(written)) {
      const shown = written.length <= room ? written : `${written.slice(0, room - 1)}…`;
      for (let i = 0; i < shown.length; i++) {
        characters[start + i] = shown[i] ?? " ";
        styles[start + i] = number;
      }
      return x + shown.length;
    }
    return x + paintWide(start, cellsOf(written, room), room, number);
  }

  /** The cells taken. */
  function paintWide(start: number, cells: readonly string[], room: number, number: number): number {
    const cut = cells.length > room;
    const shown = cut ? cells.slice(0, room - 1) : cells;
    shown.forEach((cell, i) => {
      // Half of a wide character that was cut.
      const halved = cut && i === shown.length - 1 && cells[i + 1] === "";
      characters[start + i] = halved ? " " : cell;
      styles[start + i] = number;
    });
    if (!cut) return shown.length;
    characters[start + shown.length] = "…";
    styles[start + shown.length] = number;
    return shown.length + 1;
  }

  return {
    columns,
    rows,
    characters,
    styles,
    text,
    line: (x, y, line, most = columns - x) => {
      let at = x;
      for (const { text: written, style } of line) {
        const room = x + most - at;
        if (room <= 0) break;
        at = text(at, y, written, style, room);
      }
      return at;
    },
    fill: (x, y, most, character, style) => {
      if (y < 0 || y >= rows) return;
      const number = STYLE_NUMBERS.get(style) ?? 0;
      const from = y * columns + Math.max(0, x);
      const to = y * columns + Math.min(columns, x + most);
      for (let i = from; i < to; i++) {
        characters[i] = character;
        styles[i] = number;
      }
    },
    select: (y, x = 0, most = columns - x) => {
      if (y < 0 || y >= rows) return;
      const to = y * columns + Math.min(columns, x + most);
      for (let i = y * columns + x; i < to; i++) styles[i] = (styles[i] ?? 0) | SELECTED;
    },
  };
}

/** A text as cells: a wide character is followed by an empty one, marks stand with what they belong to. */
function cellsOf(written: string, room: number): readonly string[] {
  const cells: string[] = [];
  let marks = 0;
  for (const character of safe(written).normalize("NFC")) {
    const width = characterCells(character);
    if (width === 0) {
      const last = cells.at(-1) === "" ? cells.length - 2 : cells.length - 1;
      if (last >= 0 && marks++ < MARKS_KEPT && !VARIATION.test(character)) cells[last] += character;
      continue;
    }
    marks = 0;
    cells.push(character);
    if (width === 2) cells.push("");
    // One more than there is room for says that it has to be cut.
    if (cells.length > room) break;
  }
  return cells;
}
