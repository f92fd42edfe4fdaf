/** The differences between two frames, as the text that takes a terminal from one to the other. */
import type { Frame } from "./view/frame.ts";

export interface Painter {
  /** What is to be written so that the terminal shows this frame; empty where it does already. */
  readonly paint: (frame: Frame) => string;
  /** The terminal no longer shows what was painted last. */
  readonly forget: () => void;
}

/** Cells that have not changed are written again rather than passed by, up to so many. */
const PASSED = 8;
const PLAIN = "\x1b[m";

/** `sequences` gives the one that sets each style number on a plain terminal; empty where that is plain. */
export function createPainter(sequences: readonly string[]): Painter {
  const looks = sequences.map(fromAny);
  let shown: Frame | undefined;
  /** The look that the terminal writes in now. */
  let look = PLAIN;

  /** One row, from a cell that changed to the last one that did; what lies between is passed by where it is long. */
  function paintRow(y: number, frame: Frame, before: Frame | undefined): string {
    const { columns, characters, styles } = frame;
    const start = y * columns;
    const whole = before === undefined || isUneven(frame, y) || isUneven(before, y);
    let text = "";
    // Where the terminal's cursor is.
    let cursor = -1;
    for (let x = 0; x < columns; x++) {
      const at = start + x;
      if (!whole && characters[at] === before.characters[at] && styles[at] === before.styles[at]) continue;
      if (cursor < 0 || x - cursor > PASSED) {
        text += `\x1b[${y + 1};${x + 1}H`;
        cursor = x;
      }
      for (; cursor <= x; cursor++) {
        const next = looks[styles[start + cursor] ?? 0] ?? PLAIN;
        if (next !== look) {
          look = next;
          text += next;
        }
        const character = characters[start + cursor] ?? " ";
        text +=
          character.length === 1 ? character : placed(character, cursor, characters[start + cursor + 1]);
      }
    }
    return text;
  }

  return {
    paint: (frame) => {
      const before = shown?.columns === frame.columns && shown.rows === frame.rows ? shown : undefined;
      shown = frame;
      let text = "";
      for (let y = 0; y < frame.rows; y++) {
        if (before === undefined || isChanged(y, frame, before)) text += paintRow(y, frame, before);
      }
      if (look !== PLAIN) text += PLAIN;
      look = PLAIN;
      return text;
    },
    forget: () => {
      shown = undefined;
    },
  };
}

/** Sets a look whatever was set before. */
function fromAny(sequence: string): string {
  return sequence === "" || sequence === PLAIN ? PLAIN : sequence.replace("\x1b[", "\x1b[0;");
}

function isChanged(y: number, { columns, characters, styles }: Frame, before: Frame): boolean {
  for (let at = y * columns; at < (y + 1) * columns; at++) {
    if (characters[at] !== before.characters[at] || styles[at] !== before.styles[at]) return true;
  }
  return false;
}

/** Whether it holds a wide character or marks: terminals may not agree where the cells behind them are. */
function isUneven({ columns, characters }: Frame, y: number): boolean {
  for (let at = y * columns; at < (y + 1) * columns; at++) if (characters[at]?.length !== 1) return true;
  return false;
}

/** Not one code unit: behind a wide character, or with marks, or astral. The cursor is put where it belongs. */
function placed(character: string, x: number, next: string | undefined): string {
  if (character === "" || next !== "") return character + cursorTo(x + 1);
  // Two blanks first: terminals older than an emoji give it one cell, and would leave in the other what was there.
  return `  ${cursorTo(x)}${character}`;
}

/** CHA: to a column of the same row, from 0. */
function cursorTo(column: number): string {
  return `\x1b[${column + 1}G`;
}
