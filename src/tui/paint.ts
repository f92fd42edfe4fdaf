/** The cells of a frame into those of blessed's screen, which then writes what has changed. */
import type { Frame } from "./view/frame.ts";

/** An attribute and what stands in the cell. */
export type ScreenCell = [attribute: number, character: string];
export interface ScreenRow extends Array<ScreenCell> {
  dirty?: boolean;
}

/** No attribute: a cell that the terminal does not show yet. */
const NOT_SHOWN = -1;

/**
 * Gives whether anything has changed. `lines` is what should be on the screen, and `shown` what blessed believes to be there.
 * blessed counts a cell for each character, so a row that holds or held a wide one is written whole; and behind whatever
 * terminals might not agree on, the cursor is put where it belongs.
 */
export function paintFrame(
  frame: Frame,
  attributes: Int32Array,
  lines: readonly ScreenRow[],
  shown: readonly ScreenRow[],
): boolean {
  const { columns, characters, styles } = frame;
  let any = false;
  for (let y = 0; y < frame.rows; y++) {
    const row = lines[y];
    if (row === undefined) break;
    let changed = false;
    let uneven = false;
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      const cell = row[x];
      if (cell === undefined) break;
      let character = characters[at] ?? " ";
      if (character.length !== 1) {
        uneven = true;
        character = placed(character, x, characters[at + 1]);
      }
      const attribute = attributes[styles[at] ?? 0] ?? 0;
      if (cell[1] === character && cell[0] === attribute) continue;
      if (cell[1].length !== 1) uneven = true;
      cell[0] = attribute;
      cell[1] = character;
      changed = true;
    }
    if (!changed) continue;
    any = true;
    row.dirty = true;
    if (uneven) for (const cell of shown[y] ?? []) cell[0] = NOT_SHOWN;
  }
  return any;
}

/** Not one code unit: behind a wide character, or with marks, or astral. */
function placed(character: string, x: number, next: string | undefined): string {
  if (character === "" || next !== "") return character + cursorTo(x + 1);
  // Two blanks first: terminals older than an emoji give it one cell, and would leave in the other what was there.
  return `  ${cursorTo(x)}${character}`;
}

const CURSOR_TO: string[] = [];

/** CHA: to a column of the same row, from 0. */
function cursorTo(column: number): string {
  CURSOR_TO[column] ??= `\x1b[${column + 1}G`;
  return CURSOR_TO[column];
}
