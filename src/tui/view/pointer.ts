/** A message that points at a cell of the line above it, however long the message and wherever the cell. */
import { cellWidth, clip } from "../../core/text/cells.ts";
import { safe } from "../../core/text/safe.ts";
import { type Line, type Style, span } from "./style.ts";

/** Lines that a message may take besides that of its pointer. */
const LINES_MOST = 3;

/** The message behind its pointer, before it, or beneath it: where there is room. Without a cell, the message alone. */
export function pointAt(
  cell: number | undefined,
  message: string,
  columns: number,
  style: Style,
): readonly Line[] {
  const text = safe(message);
  const width = cellWidth(text);
  const fits = cell !== undefined && Math.max(columns - cell - 2, cell - 1) >= width;
  if (fits) return [pointBriefly(cell, text, columns, style)];
  const lines = wrap(text, columns).map((line): Line => [span(line, style)]);
  return cell === undefined ? lines : [[span(`${" ".repeat(cell)}^`, style)], ...lines];
}

/** The same on one line, on that side of the pointer that has more room, and cut where it has too little. */
export function pointBriefly(cell: number | undefined, message: string, columns: number, style: Style): Line {
  const text = safe(message);
  if (cell === undefined) return [span(clip(text, columns), style)];
  const behind = columns - cell - 2;
  if (cellWidth(text) <= behind || behind >= cell - 1) {
    return [span(`${" ".repeat(cell)}^ ${clip(text, behind)}`, style)];
  }
  const before = clip(text, cell - 1);
  return [span(`${" ".repeat(cell - 1 - cellWidth(before))}${before} ^`, style)];
}

/** Lines of a safe text, broken between words; what is left after the last is cut off. */
function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && cellWidth(longer) > columns && lines.length < LINES_MOST - 1) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => clip(each, columns));
}
