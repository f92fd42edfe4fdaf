/** The whole screen, from the state and the rows: pure, and the same for the same. */
import type { Micros } from "../../core/base/time.ts";
import type { DetailLine } from "../details/material.ts";
import { TABS } from "../details/material.ts";
import { cursorPosition, type Facts, rowsInSight } from "../model/facts.ts";
import { type Area, detailRows, layoutOf } from "../model/layout.ts";
import type { Page, State } from "../model/state.ts";
import { paintConnections } from "./connections.ts";
import { type Canvas, createCanvas, type Frame } from "./frame.ts";
import { paintLanes } from "./lanes.ts";
import { paintPrompt } from "./prompt.ts";
import { paintBottom, paintStatus } from "./status.ts";
import type { Line } from "./style.ts";
import { paintTable, type TableView } from "./table.ts";

export interface ViewSettings {
  /** What is looked at: the upstream, or the name of the capture. */
  readonly title: string;
  /** Times as people read them, in 12 cells. */
  readonly clock: (at: Micros) => string;
  /** Lines of the details as they are now. */
  readonly detailLines: () => readonly DetailLine[];
  readonly pageLines: (page: Page) => readonly Line[];
}

export function view(state: State, facts: Facts, settings: ViewSettings): Frame {
  const canvas = createCanvas(state.size.columns, state.size.rows);
  const layout = layoutOf(state.size, state.place);
  paintStatus(canvas, state, facts, settings.title);
  switch (state.place) {
    case "help":
    case "session":
    case "explanation":
      paintPage(canvas, layout.page, settings.pageLines(state.place), state.scroll[state.place]);
      break;
    case "connections":
      paintConnections(canvas, layout.page, {
        rows: facts.connections.all(),
        cursor: state.connectionCursor,
        picked: state.picked,
        nowMicros: facts.nowMicros(),
        hidden: state.hidden,
      });
      break;
    case "exchanges":
    case "details":
      paintRows(canvas, layout.table, state, facts, settings);
      if (state.place === "details") paintDetails(canvas, layout.details, state, settings.detailLines());
  }
  paintBottom(canvas, state);
  if (state.prompt !== undefined) paintPrompt(canvas, state.prompt);
  return canvas;
}

function paintRows(canvas: Canvas, area: Area, state: State, facts: Facts, { clock }: ViewSettings): void {
  const { rows, connections, matched } = facts;
  const numbers = rowsInSight(state, facts);
  const { filter, lanes } = state;
  const shown: TableView = {
    rows: numbers.map(rows.row),
    cursor: numbers.length === 0 ? undefined : cursorPosition(state, facts) - state.top,
    marked: ({ number }) => state.marks.has(number),
    commented: ({ number }) => state.comments.get(number),
    matched: ({ number }) => filter !== undefined && !filter.only && matched?.has(number) === true,
    nowMicros: facts.nowMicros(),
    clock,
    hidden: state.hidden,
  };
  if (lanes === undefined) paintTable(canvas, area, shown);
  else paintLanes(canvas, area, { ...shown, lanes, connections });
  if (numbers.length === 0 && area.rows > 2) canvas.text(2, area.y + 2, emptyWords(state), "faint");
}

function emptyWords({ filter, picked, reading }: State): string {
  if (reading !== undefined) return "reading …";
  if (filter !== undefined)
    return filter.searching === undefined ? "Nothing matches. Esc shows everything." : "searching …";
  return picked === undefined
    ? "Nothing has happened yet. Point a client here."
    : "Nothing of these connections. Esc shows all.";
}

function paintDetails(
  canvas: Canvas,
  area: Area,
  { details, size, hidden }: State,
  lines: readonly DetailLine[],
): void {
  canvas.fill(0, area.y, canvas.columns, "─", "faint");
  let x = 2;
  TABS.forEach((tab, i) => {
    const style = tab === details.tab ? "heading" : "faint";
    x = canvas.text(x, area.y, ` ${i + 1} ${tab} `, style) + 1;
  });
  if (details.failure !== undefined) {
    canvas.text(2, area.y + 2, hidden ? "it cannot be read back; H shows why" : details.failure, "bad");
    return;
  }
  paintExtent(canvas, area.y, details.top, detailRows(size), lines.length);
  lines.slice(details.top, details.top + detailRows(size)).forEach(({ line }, i) => {
    const y = area.y + 1 + i;
    canvas.line(1, y, line);
    if (details.top + i === details.cursor) canvas.select(y);
  });
}

function paintPage(canvas: Canvas, area: Area, lines: readonly Line[], top: number): void {
  lines.slice(top, top + area.rows).forEach((line, i) => {
    canvas.line(1, area.y + i, line);
  });
  paintExtent(canvas, area.y, top, area.rows, lines.length);
}

/** Which lines are seen, where there are more. */
function paintExtent(canvas: Canvas, y: number, top: number, rows: number, length: number): void {
  if (length <= rows) return;
  const text = ` ${top + 1} to ${Math.min(length, top + rows)} of ${length} `;
  canvas.text(Math.max(0, canvas.columns - text.length), y, text, "faint");
}
