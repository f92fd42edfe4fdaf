/** The prompt as it is shown: its line and what is to be said of it on the last rows, the completions in a box above. */
import type { Completion } from "../../core/query/complete.ts";
import { cellWidth, clip } from "../../core/text/cells.ts";
import { safe } from "../../core/text/safe.ts";
import { cellOf, type LineWindow, lineWindow } from "../model/line-window.ts";
import type { Prompt, PromptTarget } from "../model/prompt.ts";
import { PROMPT_KINDS } from "../model/prompt-kinds.ts";
import type { Canvas } from "./frame.ts";
import { pointAt, pointBriefly } from "./pointer.ts";
import { type Line, type Span, type Style, span } from "./style.ts";

/** Completions shown at a time. */
const POPUP_ROWS = 8;
/** Cells of the longest label and the longest explanation. */
const LABEL_COLUMNS = 32;
const WORDS_COLUMNS = 60;

interface PromptPicture {
  /** The line that is typed, and beneath it what is to be said of it. */
  readonly lines: readonly Line[];
  /** Cells before the line, and the part of it that is shown. */
  readonly margin: number;
  readonly window: LineWindow;
  /** Cells of the caret on the first of the lines. */
  readonly caret: { readonly cell: number; readonly cells: number };
  /** The cell in which what the completions replace begins. */
  readonly popupCell: number;
}

/** What a click on a cell means; nothing where the prompt does not cover it. */
export function promptAt(
  prompt: Prompt,
  { columns, rows }: Pick<Canvas, "columns" | "rows">,
  x: number,
  y: number,
): PromptTarget | undefined {
  const { lines, margin, window, popupCell } = picture(prompt, columns);
  const bottom = Math.max(0, rows - lines.length);
  if (y === bottom) {
    const under = window.clusters.findLast(({ cell }) => margin + cell <= x);
    const isBehind = under === undefined || x >= margin + under.cell + under.cells;
    const place = isBehind && under !== undefined ? under.at + under.text.length : (under?.at ?? 0);
    return { kind: "place", place };
  }
  const box = boxOf(prompt, columns, popupCell, bottom);
  if (box === undefined || x < box.x || x >= box.x + box.width || y < box.top) return undefined;
  return y < box.top + box.room ? { kind: "completion", chosen: box.first + y - box.top } : undefined;
}

/** Paints the prompt over the last rows; gives the first row that it covers, the completions left aside. */
export function paintPrompt(canvas: Canvas, prompt: Prompt): number {
  const { columns, rows } = canvas;
  const { lines, caret, popupCell } = picture(prompt, columns);
  const top = Math.max(0, rows - lines.length);
  lines.forEach((line, i) => {
    canvas.fill(0, top + i, columns, " ", "plain");
    canvas.line(0, top + i, line);
  });
  canvas.select(top, caret.cell, caret.cells);
  paintPopup(canvas, prompt, popupCell, top);
  return top;
}

function picture(
  { kind, editor, error, refused, completions, chosen }: Prompt,
  columns: number,
): PromptPicture {
  const { label, hint } = PROMPT_KINDS[kind];
  // On a very narrow screen what is typed counts more than what it is for.
  const shown = clip(label, columns >> 1);
  const margin = cellWidth(shown);
  const window = lineWindow(editor.text, editor.caret, columns - margin);
  const cellAt = (place: number): number | undefined => {
    const cell = cellOf(window, place);
    return cell === undefined ? undefined : margin + cell;
  };
  const errorStyle: Style = refused ? "bad" : "faint";
  const place = error && error.column - 1;
  const choice = chosen === undefined ? undefined : completions[chosen];
  const below = (): readonly Line[] => {
    if (error === undefined || place === undefined) {
      return [[span(choice === undefined ? hint : choice.words, "faint")]];
    }
    // While a line is typed, the prompt does not jump up and down; once it was refused, all is said.
    return refused
      ? pointAt(cellAt(place), error.message, columns, "bad")
      : [pointBriefly(cellAt(place), error.message, columns, "faint")];
  };
  return {
    lines: [[span(shown, "accent"), ...inputSpans(window, place, columns - margin, errorStyle)], ...below()],
    ...{ margin, window },
    caret: { cell: margin + window.caretCell, cells: window.caretCells },
    popupCell: cellAt(completions[0]?.from ?? 0) ?? margin,
  };
}

/** The clusters in the window, that of the error in a style of its own, with marks where something is cut off. */
function inputSpans(
  { clusters, cutLeft, cutRight }: LineWindow,
  place: number | undefined,
  columns: number,
  errorStyle: Style,
): readonly Span[] {
  const spans: Span[] = cutLeft ? [span("…", "faint")] : [];
  let at = cutLeft ? 1 : 0;
  let plain = "";
  const flush = (): void => {
    if (plain !== "") spans.push(span(plain));
    plain = "";
  };
  for (const { text, cell, cells, at: start } of clusters) {
    // Half of a wide character may lie beyond the edge.
    plain += " ".repeat(Math.max(0, cell - at));
    if (place !== undefined && place >= start && place < start + text.length) {
      flush();
      spans.push(span(text, errorStyle));
    } else plain += text;
    at = cell + cells;
  }
  if (cutRight) plain += " ".repeat(Math.max(0, columns - 1 - at));
  flush();
  return cutRight ? [...spans, span("…", "faint")] : spans;
}

/** The box of completions: which of them it shows, from which on, and where. */
interface Box {
  readonly first: number;
  readonly room: number;
  readonly more: string | undefined;
  readonly labels: number;
  readonly x: number;
  readonly top: number;
  readonly width: number;
}

/** Above the row `bottom`, as wide as its longest line ever needs, with the chosen completion in sight. */
function boxOf(
  { completions, chosen }: Prompt,
  columns: number,
  cell: number,
  bottom: number,
): Box | undefined {
  const count = completions.length;
  const room = Math.min(POPUP_ROWS, count, bottom - 1);
  if (room <= 0) return undefined;
  const first = Math.min(Math.max(0, (chosen ?? 0) - room + 1), count - room);
  const more = count > room ? `${first + 1} to ${first + room} of ${count}` : undefined;
  const labels = widest(completions, ({ label }) => label, Math.min(LABEL_COLUMNS, columns >> 1));
  const words = Math.max(
    cellWidth(more ?? ""),
    widest(completions, ({ words }) => words, WORDS_COLUMNS),
  );
  const width = Math.min(columns, labels + words + 6);
  const x = Math.max(0, Math.min(cell - 2, columns - width));
  return { first, room, more, labels, x, top: bottom - room - (more === undefined ? 0 : 1), width };
}

function paintPopup(canvas: Canvas, prompt: Prompt, cell: number, bottom: number): void {
  const box = boxOf(prompt, canvas.columns, cell, bottom);
  if (box === undefined) return;
  const { first, room, more, labels, x, top, width } = box;
  const row = (y: number, label: string, meaning: string): void => {
    canvas.fill(x, y, width, " ", "bar");
    canvas.text(x, y, "│", "bar");
    canvas.text(x + 2, y, label, "bar", Math.min(labels, width - 4));
    canvas.text(x + 4 + labels, y, meaning, "bar", width - labels - 6);
    canvas.text(x + width - 1, y, "│", "bar");
  };
  prompt.completions.slice(first, first + room).forEach(({ label, words }, i) => {
    row(top + i, label, words);
    if (first + i === prompt.chosen) canvas.select(top + i, x, width);
  });
  if (more !== undefined) row(bottom - 1, "", more);
}

function widest(
  completions: readonly Completion[],
  text: (completion: Completion) => string,
  most: number,
): number {
  return Math.min(most, Math.max(...completions.map((each) => cellWidth(safe(text(each))))));
}
