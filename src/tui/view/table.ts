/** The table of exchanges and of what else happened, newest last. */
import type { Micros } from "../../core/base/time.ts";
import { clip, clipStart, padEnd, padStart } from "../../core/text/cells.ts";
import { formatDuration } from "../../core/text/duration.ts";
import { formatOctets } from "../../core/text/octets.ts";
import { commandEntry, responseEntry } from "../../core/vocabulary/vocabulary.ts";
import { DOTS } from "../details/hide.ts";
import type { Area } from "../model/layout.ts";
import type { Row } from "../rows/row.ts";
import type { Canvas } from "./frame.ts";
import { rowStyle, statusText, timeStyle } from "./row-style.ts";
import type { Span, Style } from "./style.ts";
import { createWaterfall, type Waterfall } from "./waterfall.ts";

export interface TableView {
  /** Those on the screen, from the top. */
  readonly rows: readonly Row[];
  /** Which of them the cursor is on. */
  readonly cursor: number | undefined;
  readonly marked: (row: Row) => boolean;
  readonly commented: (row: Row) => string | undefined;
  readonly matched: (row: Row) => boolean;
  readonly nowMicros: Micros;
  readonly clock: (at: Micros) => string;
  readonly hidden: boolean;
}

interface Column {
  readonly heading: string;
  readonly width: number;
  /** On screens of at least so many columns it is so wide. */
  readonly wider?: readonly [from: number, width: number];
  /** Left out on narrower screens. */
  readonly from: number;
  readonly right?: boolean;
  /** What does not fit is cut at its beginning. */
  readonly ends?: boolean;
  readonly of: (row: Row, view: TableView) => string;
}

const BEFORE: readonly Column[] = [
  { heading: "time", width: 12, from: 0, of: ({ atMicros }, { clock }) => clock(atMicros) },
  { heading: "#", width: 4, from: 0, of: ({ connection }) => `#${connection}` },
];

const NAMED: readonly Column[] = [
  // Some libraries have tags of eight characters and more, of which the last ones count.
  { heading: "tag", width: 7, wider: [150, 10], from: 0, ends: true, of: ({ label }) => label },
  { heading: "status", width: 6, from: 0, of: (row, { nowMicros }) => statusText(row, nowMicros) },
];

const MAILBOX: Column = {
  heading: "mailbox",
  width: 16,
  from: 112,
  of: ({ mailbox }, { hidden }) => (hidden ? "" : mailbox),
};

const NUMBERS: readonly Column[] = [
  {
    ...{ heading: "untag", width: 5, from: 130, right: true },
    of: ({ exchange }) => (exchange === undefined ? "" : formatOctets(exchange.untagged)),
  },
  {
    ...{ heading: "up", width: 5, from: 130, right: true },
    of: ({ exchange }) => (exchange === undefined ? "" : formatOctets(exchange.up)),
  },
  {
    ...{ heading: "down", width: 5, from: 90, right: true },
    of: ({ exchange, octets }) => optional(exchange?.down ?? octets, formatOctets),
  },
  {
    ...{ heading: "wait", width: 7, from: 100, right: true },
    of: ({ exchange }) => optional(exchange?.waitMicros, formatDuration),
  },
  { heading: "total", width: 7, from: 0, right: true, of: totalText },
];

/** Cells of the waterfall by the columns of the screen. The command keeps at least 25 from 80 columns on. */
const WATERFALL: readonly (readonly [from: number, cells: number])[] = [
  [180, 40],
  [160, 24],
  [120, 14],
  [76, 10],
];

export function paintTable(canvas: Canvas, area: Area, view: TableView): void {
  if (area.rows <= 0) return;
  const shown = columnsFor(canvas.columns);
  paintHeading(canvas, area.y, shown);
  const waterfall = createWaterfall(view.rows, view.nowMicros, shown.waterfall);
  view.rows.slice(0, area.rows - 1).forEach((row, i) => {
    paintRow(canvas, area.y + 1 + i, row, view, shown, waterfall);
    if (i === view.cursor) canvas.select(area.y + 1 + i);
  });
}

interface Shown {
  readonly before: readonly Column[];
  readonly named: readonly Column[];
  readonly numbers: readonly Column[];
  readonly mailbox: boolean;
  readonly words: number;
  readonly waterfall: number;
}

function columnsFor(columns: number): Shown {
  const fits = ({ from }: Column): boolean => columns >= from;
  const widened = (column: Column): Column => {
    const [from, width] = column.wider ?? [Number.POSITIVE_INFINITY, 0];
    return columns >= from ? { ...column, width } : column;
  };
  const before = BEFORE.map(widened);
  const named = NAMED.map(widened);
  const numbers = NUMBERS.filter(fits);
  const waterfall = WATERFALL.find(([from]) => columns >= from)?.[1] ?? 0;
  const mailbox = fits(MAILBOX);
  const rest = [...before, ...named, ...numbers, ...(mailbox ? [MAILBOX] : [])];
  const taken = rest.reduce((sum, { width }) => sum + width + 1, 3) + (waterfall === 0 ? 0 : waterfall + 1);
  return { before, named, numbers, mailbox, words: Math.max(0, columns - taken), waterfall };
}

function paintHeading(canvas: Canvas, y: number, shown: Shown): void {
  const { numbers, mailbox, words, waterfall } = shown;
  const named = [...shown.before, ...shown.named]
    .map(({ heading, width }) => padEnd(heading, width))
    .join(" ");
  const where = mailbox ? ` ${padEnd(MAILBOX.heading, MAILBOX.width)}` : "";
  const figures = numbers.map(({ heading, width }) => ` ${padStart(heading, width)}`).join("");
  const bars = waterfall === 0 ? "" : ` ${padEnd("when", waterfall)}`;
  canvas.text(0, y, `   ${named} ${padEnd("command", words)}${where}${figures}${bars}`, "heading");
}

function paintRow(
  canvas: Canvas,
  y: number,
  row: Row,
  view: TableView,
  { before, named, numbers, mailbox, words, waterfall }: Shown,
  bars: Waterfall,
): void {
  const style = rowStyle(row);
  let x = canvas.text(0, y, view.marked(row) ? "◆" : view.matched(row) ? "›" : " ", "match");
  x = canvas.text(x, y, signOf(row), style) + 1;
  for (const column of before) x = cell(canvas, x, y, column, row, view, "faint") + 1;
  for (const column of named) x = cell(canvas, x, y, column, row, view, style) + 1;
  const end = canvas.columns - (waterfall === 0 ? 0 : waterfall + 1);
  // What has no figures has their room for its words.
  const columns = mailbox ? [MAILBOX, ...numbers] : numbers;
  const hasFigures = row.exchange !== undefined || columns.some(({ of }) => of(row, view) !== "");
  canvas.line(x, y, wordsOf(row, view), hasFigures ? words : end - x);
  if (hasFigures) {
    x += words;
    if (mailbox) x = cell(canvas, x + 1, y, MAILBOX, row, view, "plain");
    for (const column of numbers) x = cell(canvas, x + 1, y, column, row, view, numberStyle(column, row));
  }
  if (waterfall > 0) canvas.line(end + 1, y, bars(row), waterfall);
}

function cell(
  canvas: Canvas,
  x: number,
  y: number,
  { width, right, ends, of }: Column,
  row: Row,
  view: TableView,
  style: Style,
): number {
  const text = of(row, view);
  const cut = ends === true ? clipStart(text, width) : clip(text, width);
  canvas.text(x, y, right === true ? padStart(text, width) : cut, style, width);
  return x + width;
}

/** One sign that tells the kinds apart without colour. */
export function signOf({ kind, status }: Row): string {
  switch (kind) {
    case "exchange":
      return status === "OK" ? " " : status === "open" ? "~" : "x";
    case "push":
    case "greeting":
      return "*";
    case "state":
      return ">";
    case "tls":
      return "^";
    case "connection":
      return "+";
    case "defect":
      return "!";
    case "notice":
      return "i";
  }
}

export function wordsOf(row: Row, view: TableView): readonly Span[] {
  const { kind, main, tail, text } = row;
  const commented = view.commented(row);
  const comment = commented !== undefined && view.hidden ? DOTS : commented;
  const noted: readonly Span[] = comment === undefined ? [] : [{ text: `“${comment}” `, style: "accent" }];
  if (view.hidden) return [...noted, { text: hiddenWords(row), style: "plain" }];
  return [
    ...noted,
    { text: main, style: kind === "exchange" || kind === "push" ? "plain" : rowStyle(row) },
    ...(tail === "" ? [] : [{ text: `  ${tail}`, style: "accent" } as const]),
    ...(text === "" ? [] : [{ text: `  ${text}`, style: "faint" } as const]),
  ];
}

/** What may be seen on a shared screen: names of commands and responses, no content. */
function hiddenWords({ kind, main }: Row): string {
  if (kind === "exchange") {
    const [name = ""] = /^(?:UID )?\S+/.exec(main) ?? [];
    return commandEntry(name) === undefined ? DOTS : name;
  }
  if (kind === "push") {
    const [, number = "", name = ""] = /^(\d+ )?(\S+)/.exec(main) ?? [];
    return number + (responseEntry(name) === undefined ? DOTS : name);
  }
  return kind === "state" || kind === "tls" || kind === "defect"
    ? (/^(?:likely )?[\w>-]+(?: -> \w+)?/.exec(main)?.[0] ?? "")
    : "";
}

function totalText({ exchange, atMicros }: Row, { nowMicros }: TableView): string {
  if (exchange === undefined) return "";
  return formatDuration(Math.max(0, (exchange.endMicros ?? nowMicros) - atMicros));
}

function numberStyle({ heading }: Column, row: Row): Style {
  const { exchange, atMicros } = row;
  if (heading === "wait") return timeStyle(exchange?.waitMicros, row);
  if (heading !== "total") return "plain";
  const end = exchange?.endMicros;
  return end === undefined ? "open" : timeStyle(end - atMicros, row);
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? "" : format(value);
}
