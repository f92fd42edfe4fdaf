/**
 * Where things stand on a line: mark, time, connection, tag or kind, status, words, numbers. The words take what the rest
 * leaves. Tags and connection numbers grow their columns as longer ones come, so that lines stay aligned with few steps.
 */
import { cellWidth, clip, clipStart, padEnd, padStart } from "../core/text/cells.ts";
import { CLOCK_COLUMNS } from "./clock.ts";
import type { Palette, Style } from "./palette.ts";

/** A line before it is laid out; all texts are safe. */
export interface Row {
  /** One character that tells the kinds apart without colour. */
  readonly mark: string;
  readonly time: string;
  readonly connection: number;
  /** The tag of an exchange, or the kind of anything else. */
  readonly label: string;
  readonly status: string;
  readonly style: Style;
  readonly words: Words;
  readonly numbers?: Numbers;
}

/** What a row says. */
export interface Words {
  readonly main: string;
  readonly mailbox?: string;
  /** What must not be missed: cut last. */
  readonly tail?: string;
  /** What follows the tail as far as there is room. */
  readonly text?: string;
}

/** Each as it is shown; "" for what does not apply. */
export interface Numbers {
  readonly untagged: string;
  readonly up: string;
  readonly down: string;
  readonly wait: string;
  readonly total: string;
}

interface NumberColumn {
  readonly name: keyof Numbers;
  readonly heading: string;
  readonly columns: number;
  /** Left out on lines shorter than WIDE. */
  readonly wideOnly: boolean;
}

const NUMBER_COLUMNS: readonly NumberColumn[] = [
  { name: "untagged", heading: "untag", columns: 5, wideOnly: false },
  { name: "up", heading: "up", columns: 5, wideOnly: true },
  { name: "down", heading: "down", columns: 5, wideOnly: false },
  { name: "wait", heading: "wait", columns: 7, wideOnly: true },
  { name: "total", heading: "total", columns: 7, wideOnly: false },
];

/** From here on every column is shown. */
const WIDE = 100;
const NARROWEST = 40;
/** Words take no more than this, or the numbers would stand too far from them. */
const WORDS_MOST = 100;
const WORDS_UNLIMITED = 80;
/** Fewer cells of a text say nothing. */
const TEXT_LEAST = 8;
const STATUS_COLUMNS = 6;
const LABEL = { least: 6, most: 12, mostNarrow: 8 };

export interface Layout {
  /** One line without its line end; never more cells than the columns given. */
  readonly line: (row: Row) => string;
  readonly heading: () => string;
}

/** `columns` may be Infinity (not a terminal): then nothing is cut. */
export function createLayout(columns: number, palette: Palette): Layout {
  const width = Math.max(columns, NARROWEST);
  const numberColumns = NUMBER_COLUMNS.filter(({ wideOnly }) => !wideOnly || width >= WIDE);
  const numbersWidth = numberColumns.reduce((sum, column) => sum + 1 + column.columns, 0);
  const labelMost = width >= WIDE ? LABEL.most : LABEL.mostNarrow;
  let connectionColumns = 3;
  let labelColumns = LABEL.least;

  function room(): number {
    const left = 2 + CLOCK_COLUMNS + 1 + connectionColumns + 1 + labelColumns + 1 + STATUS_COLUMNS + 1;
    return width - left;
  }

  function numbersText(numbers: Numbers): string {
    let text = "";
    for (const { name, columns: wide } of numberColumns) text += ` ${padStart(numbers[name], wide)}`;
    return text;
  }

  return {
    heading() {
      const head = `  ${"time".padEnd(CLOCK_COLUMNS)} ${"#".padEnd(connectionColumns)} ${"tag".padEnd(labelColumns)}`;
      const words = wordsText(
        { main: "command", mailbox: "mailbox" },
        wordsWidth(room() - numbersWidth),
        columns,
      );
      const numbers = numberColumns
        .map(({ heading, columns: wide }) => ` ${heading.padStart(wide)}`)
        .join("");
      return palette("faint", clip(`${head} ${"status".padEnd(STATUS_COLUMNS)} ${words}${numbers}`, width));
    },
    line({ mark, time, connection, label, status, style, words, numbers }) {
      const number = `#${connection}`;
      connectionColumns = Math.max(connectionColumns, number.length);
      labelColumns = Math.min(Math.max(labelColumns, cellWidth(label)), labelMost);
      const head = `${mark} ${palette("faint", time)} ${padEnd(number, connectionColumns)}`;
      // Tags differ at their ends.
      const named = `${padEnd(clipStart(label, labelColumns), labelColumns)} ${padEnd(status, STATUS_COLUMNS)}`;
      const body =
        numbers === undefined
          ? clip(joined(words), room())
          : wordsText(words, wordsWidth(room() - numbersWidth), columns) + numbersText(numbers);
      return `${head} ${palette(style, named)} ${body}`.trimEnd();
    },
  };
}

function wordsWidth(room: number): number {
  return room === Number.POSITIVE_INFINITY ? WORDS_UNLIMITED : Math.max(0, Math.min(room, WORDS_MOST));
}

/** Exactly `width` cells, or more where the line has no end: what was said, and in a column of its own the mailbox. */
function wordsText(words: Words, width: number, columns: number): string {
  const { main, mailbox = "", tail = "", text = "" } = words;
  const said = beside(beside(main, tail), text);
  const mailboxColumns = Math.min(16, Math.max(8, Math.floor(width / 4)));
  const saidColumns = mailbox === "" ? width : width - mailboxColumns - 1;
  if (columns === Number.POSITIVE_INFINITY) return fill(`${fill(said, saidColumns)} ${mailbox}`, width);
  if (cellWidth(said) > saidColumns && tail !== "") return crowdedText(words, width);
  if (mailbox === "") return padEnd(said, width);
  return `${padEnd(said, saidColumns)} ${padEnd(mailbox, mailboxColumns)}`;
}

/** Too much for the columns: the tail goes first, then the mailbox unless it is named anyway, then the rest. */
function crowdedText({ main, mailbox = "", tail = "", text = "" }: Words, width: number): string {
  const end = tail === "" ? "" : `  ${clip(tail, Math.floor(width / 2))}`;
  const where =
    mailbox === "" || main.includes(mailbox) ? "" : ` ${clip(mailbox, Math.max(8, Math.floor(width / 5)))}`;
  const start = clip(main, width - cellWidth(where) - cellWidth(end)) + where + end;
  const left = width - cellWidth(start) - 1;
  return padEnd(left < TEXT_LEAST || text === "" ? start : `${start} ${clip(text, left)}`, width);
}

function fill(text: string, columns: number): string {
  return text.padEnd(text.length + columns - cellWidth(text));
}

function joined({ main, mailbox = "", tail = "", text = "" }: Words): string {
  return beside(beside(beside(main, mailbox), tail), text);
}

function beside(one: string, other: string): string {
  if (one === "") return other;
  return other === "" ? one : `${one}  ${other}`;
}
