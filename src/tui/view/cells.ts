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
/** Most texts have none of that: neither surrogates, nor variations, nor joiners, nor anything rare. */
const COMMON =
  /^[\x20-\u167f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u23ff\u2500-\u2bff\u3000-\uabff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]*$/;

/** The first cells of a text; one more than there is room for where the text does not fit. */
export function textCells(written: string, room: number): TextCells {
  const looked = room * UNITS_PER_CELL;
  const cutBefore = written.length > looked;
  const cells: string[] = [];
  let marks = 0;
  for (const character of readable(cutBefore ? cutUnits(written, looked) : written)) {
    const width = narrow(character) ? 1 : characterCells(character);
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
  if (COMMON.test(text)) return safe(text).normalize("NFC").replace(UNKNOWN, numbered);
  const plainer = text
    .replace(EMOJI_TAIL, "$1")
    .replace(SKIN_TONE, "$1")
    .replace(VARIATION, "")
    .replace(REGIONAL, letter);
  return safe(plainer).normalize("NFC").replace(UNKNOWN, numbered);
}

/** Latin, Greek, Cyrillic without its marks, arrows, boxes and blocks: one cell, without looking it up. */
function narrow(character: string): boolean {
  const code = character.charCodeAt(0);
  if (code < 0x300) return true;
  if (code < 0x530) return code >= 0x370 && (code < 0x483 || code > 0x489);
  return code >= 0x2500 && code < 0x25a0;
}

function letter(character: string): string {
  return String.fromCharCode(0x41 + (character.codePointAt(0) ?? REGIONAL_A) - REGIONAL_A);
}

function numbered(character: string): string {
  return `<${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
}
