/** Text on several lines of a screen: broken at spaces where that can be, anywhere else. */
import { cellWidth, characterCells } from "./cells.ts";

/**
 * Lines of a safe text, each at most `columns` cells; a break takes the space at which it stands. At most `lines` of them, the last
 * one ending in `…` where something was left out. Cost is linear in what is shown.
 */
export function wrap(text: string, columns: number, lines = Number.POSITIVE_INFINITY): readonly string[] {
  const room = Math.max(2, columns);
  const wrapped: string[] = [];
  let from = 0;
  while (from < text.length && wrapped.length < lines) {
    const end = breakAfter(text, from, room);
    wrapped.push(text.slice(from, end).replace(/ $/, ""));
    from = end;
  }
  if (wrapped.length === 0) return [""];
  if (from >= text.length) return wrapped;
  const last = wrapped.at(-1) ?? "";
  return [...wrapped.slice(0, -1), `${cellWidth(last) < room ? last : shorter(last)}…`];
}

const PLAIN = /^[\x20-\x7e]*$/;

/** Where the next line begins. */
function breakAfter(text: string, from: number, room: number): number {
  // A text of a cell a character that fits needs no counting.
  if (text.length - from <= room && PLAIN.test(text)) return text.length;
  let cells = 0;
  let at = from;
  let space = -1;
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    cells += characterCells(character);
    if (character === " " && at > from) space = at;
    if (cells > room) return space > from && character !== " " ? space + 1 : character === " " ? at + 1 : at;
    at += character.length;
  }
  return text.length;
}

function shorter(line: string): string {
  const characters = [...line];
  const last = characters.pop() ?? "";
  // Marks go with the character that they stand on.
  return characterCells(last) === 0 && characters.length > 0
    ? shorter(characters.join(""))
    : characters.join("");
}
