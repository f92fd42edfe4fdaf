/**
 * A picture of the screen: cells with a character and a style each. The one gate between texts and a terminal: whatever is
 * painted here is made safe first, so no octet of a peer reaches the terminal as a control or as markup.
 */
import { characterCells } from "../../core/text/cells.ts";
import { isSafe } from "../../core/text/safe.ts";
import { type TextCells, textCells } from "./cells.ts";
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

export function createCanvas(columns: number, rows: number): Canvas {
  const characters = new Array<string>(columns * rows).fill(" ");
  const styles = new Uint8Array(columns * rows);

  function text(x: number, y: number, written: string, style: Style, most = columns - x): number {
    const room = Math.min(most, columns - x);
    if (room <= 0 || y < 0 || y >= rows || x < 0) return x;
    const number = STYLE_NUMBERS.get(style) ?? 0;
    const start = y * columns + x;
    if (written === "") return x;
    if (!PLAIN.test(written)) return x + paintWide(start, textCells(written, room), room, number);
    const taken = Math.min(written.length, room);
    repair(start, start + taken);
    for (let i = 0; i < taken; i++) {
      characters[start + i] = written[i] ?? " ";
      styles[start + i] = number;
    }
    if (written.length > room) characters[start + room - 1] = "…";
    return x + taken;
  }

  /** Painting over one half of a wide character leaves a blank of the other. */
  function repair(start: number, end: number): void {
    if (start >= end) return;
    if (characters[start] === "") characters[start - 1] = " ";
    if (characters[end] === "") characters[end] = " ";
  }

  /** The cells taken. */
  function paintWide(start: number, { cells, cut }: TextCells, room: number, number: number): number {
    const shown = cut ? Math.min(cells.length, room - 1) : cells.length;
    repair(start, start + shown + (cut ? 1 : 0));
    for (let i = 0; i < shown; i++) {
      characters[start + i] = cells[i] ?? " ";
      styles[start + i] = number;
    }
    if (!cut) return shown;
    // Half of a wide character that was cut.
    if (shown > 0 && cells[shown] === "") characters[start + shown - 1] = " ";
    characters[start + shown] = "…";
    styles[start + shown] = number;
    return shown + 1;
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
      const from = Math.max(0, x);
      const to = Math.min(columns, x + most);
      // What would not take one cell, or is no text, would shift all that follows.
      const painted = isSafe(character) && isOne(character) ? character : " ";
      repair(y * columns + from, y * columns + to);
      for (let i = y * columns + from; i < y * columns + to; i++) {
        characters[i] = painted;
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

function isOne(character: string): boolean {
  return character.length === 1 && characterCells(character) === 1;
}
