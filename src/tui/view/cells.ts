/**
 * Texts as cells of a screen, made safe: a wide character is followed by an empty cell, marks stand with what they belong to,
 * and whatever terminals disagree about is left out or shown as something they agree about.
 */
import { characterCells, cutUnits } from "../../core/text/cells.ts";
import { safe } from "../../core/text/safe.ts";

export interface TextCells {
  readonly cells: readonly string[];
  /** Whether there is more of the text than was looked at: the cells are enough, or it was nothing but marks. */
  readonly cut: boolean;
}

/** Marks that one character may carry; more would paint over the lines above. */
const MARKS_KEPT = 2;
/** Code units looked at for each cell: enough for a family of emoji, so that the cost depends on the room alone. */
const UNITS_PER_CELL = 16;
/** What a mark stands on that has nothing to stand on. */
const CARRIER = "◌";

/**
 * Emoji made of several: terminals take from one to eight cells for them, so only the first is shown. Skin tones likewise,
 * and what chooses between text and picture.
 */
const EMOJI_TAIL =
  /(\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)+/gu;
const SKIN_TONE = /(\p{Emoji_Modifier_Base}\ufe0f?)\p{Emoji_Modifier}/gu;
const VARIATION = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Halves of flags: as the letters that they are. */
const REGIONAL = /[\u{1f1e6}-\u{1f1ff}]/gu;
const REGIONAL_A = 0x1f1e6;
/** For private use, and not (yet) assigned: nobody knows what a terminal makes of them. */
const UNKNOWN = /[\p{Co}\p{Cn}]/gu;
/** Scripts without marks, boxes and arrows: characters that stay as they are, which most texts are made of. */
const SETTLED =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f\u2010-\u2027\u2190-\u21ff\u2500-\u25ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;

/** The first cells of a text; one more than there is room for where the text does not fit. */
export function textCells(written: string, room: number): TextCells {
  const looked = room * UNITS_PER_CELL;
  const cutBefore = written.length > looked;
  const cells: string[] = [];
  let marks = 0;
  for (const character of readable(cutBefore ? cutUnits(written, looked) : written)) {
    const width = cellsOf(character);
    if (width === 0) {
      if (cells.length === 0) cells.push(CARRIER);
      const last = cells.at(-1) === "" ? cells.length - 2 : cells.length - 1;
      if (marks++ < MARKS_KEPT) cells[last] += character;
      continue;
    }
    marks = 0;
    if (cells.length > room) return { cells, cut: true };
    cells.push(character);
    if (width === 2) cells.push("");
  }
  return { cells, cut: cutBefore || cells.length > room };
}

function readable(text: string): string {
  if (SETTLED.test(text)) return text;
  const plainer = text
    .replace(EMOJI_TAIL, "$1")
    .replace(SKIN_TONE, "$1")
    .replace(VARIATION, "")
    .replace(REGIONAL, letter);
  return safe(plainer).normalize("NFC").replace(UNKNOWN, numbered);
}

/** Latin, Greek, Cyrillic, boxes, ideographs and Hangul without looking them up. */
function cellsOf(character: string): 0 | 1 | 2 {
  const code = character.charCodeAt(0);
  if (code < 0x300 || (code >= 0x370 && code < 0x483) || (code >= 0x2500 && code < 0x25a0)) return 1;
  if ((code >= 0x4e00 && code < 0xa000) || (code >= 0xac00 && code < 0xd7a4)) return 2;
  return characterCells(character);
}

function letter(character: string): string {
  return String.fromCharCode(0x41 + (character.codePointAt(0) ?? REGIONAL_A) - REGIONAL_A);
}

function numbered(character: string): string {
  return `<${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}
