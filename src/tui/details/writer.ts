/**
 * Writes the lines of the details: indented by depth, long text broken, and folds, beneath which nothing is made while they
 * are shut. Where there are very many of something they are grouped, so that no fold ever opens more than a hundred lines at once.
 */

import { cellWidth } from "../../core/text/cells.ts";
import type { Subject } from "../../core/text/explain.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { safe } from "../../core/text/safe.ts";
import { wrap } from "../../core/text/wrap.ts";
import { type Line, type Style, span } from "../view/style.ts";
import { createKeptLines, type KeptLines } from "./kept-lines.ts";
import type { DetailLine, DetailOptions } from "./material.ts";

/** Items that stand beside each other before they are put into groups of so many. */
const GROUP = 100;
/** Items that stand openly at either end. */
const EDGE = 50;
const INDENT = 2;
/** Of fewer items none is kept for the next time. */
const KEPT_LEAST = 20;
/** Cells that stay for text, however deep it stands. */
const LEAST_COLUMNS = 20;
/** Deeper levels stand no further to the right. */
const DEEPEST = 12;

export interface FoldOptions {
  readonly about?: readonly Subject[];
  /** Whether it is open at first. */
  readonly opened?: boolean;
  /** How many lines are in it at least, where that is known without making them. */
  readonly items?: number;
}

export interface Writer {
  readonly options: DetailOptions;
  /** Cells of a line that are left at this depth. */
  readonly columns: number;
  readonly line: (line: Line, about?: readonly Subject[]) => void;
  /** A text on as many lines as it takes, at most `lines`, behind `head`, under whose end further lines stand. */
  readonly text: (head: Line, text: string, style?: Style, more?: TextOptions) => void;
  /** A line with a sign, beneath which `inside` stands while it is open. */
  readonly fold: (name: string, line: Line, inside: (inner: Writer) => void, more?: FoldOptions) => void;
  /** One of many: written anew only where a fold in it has changed. */
  readonly item: (name: string, write: (writer: Writer) => void) => void;
  /** `count` items; where they are very many, in folds that `label` names by their first and last place (from 0). */
  readonly each: (
    name: string,
    count: number,
    label: (first: number, last: number) => Line,
    write: (writer: Writer, place: number) => void,
  ) => void;
  /** The same, but where they are very many the first and the last stand openly, and only the middle is folded. */
  readonly ends: Writer["each"];
}

export interface TextOptions {
  readonly lines?: number;
  readonly about?: readonly Subject[];
  /** Stands before each further line, instead of spaces. */
  readonly under?: Line;
  /** Stands behind the last line of it. */
  readonly tail?: Line;
}

/** What is written: lines, and the folds among them with whether each is toggled. */
interface Written {
  readonly lines: DetailLine[];
  readonly folds: Map<string, boolean>;
}

/** `kept` are the lines of the same document with other folds open. */
export function writeDetails(
  options: DetailOptions,
  write: (writer: Writer) => void,
  kept: KeptLines = createKeptLines(),
): readonly DetailLine[] {
  const written: Written = { lines: [], folds: new Map() };
  write(writerAt(options, written, kept, 0));
  return written.lines;
}

function writerAt(options: DetailOptions, written: Written, kept: KeptLines, depth: number): Writer {
  const { lines, folds } = written;
  const indent = INDENT * Math.min(depth, DEEPEST);
  const before: Line = indent === 0 ? [] : [span(" ".repeat(indent))];
  const columns = Math.max(LEAST_COLUMNS, options.columns - indent);

  function line(written: Line, about: readonly Subject[] = []): void {
    const whole = before.length === 0 ? written : [...before, ...written];
    lines.push(about.length === 0 ? { line: whole } : { line: whole, about });
  }

  function text(head: Line, written: string, style: Style = "plain", more: TextOptions = {}): void {
    const used = widthOf(head);
    const under: Line = more.under ?? [span(" ".repeat(used))];
    const room = Math.max(LEAST_COLUMNS, columns - used - widthOf(more.tail ?? []));
    const pieces = wrap(safe(written), room, more.lines);
    pieces.forEach((piece, i) => {
      const first = i === 0 ? head : under;
      const last = i === pieces.length - 1 ? (more.tail ?? []) : [];
      line([...first, span(piece, style), ...last], more.about);
    });
  }

  function fold(name: string, head: Line, inside: (inner: Writer) => void, more: FoldOptions = {}): void {
    const toggled = options.toggled.has(name);
    folds.set(name, toggled);
    const open = toggled !== (more.opened === true);
    const about = more.about === undefined || more.about.length === 0 ? {} : { about: more.about };
    const items = more.items === undefined ? {} : { items: more.items };
    const line = [...before, span(open ? "▾ " : "▸ ", "faint"), ...head];
    lines.push({ line, fold: name, open, ...about, ...items });
    if (open) inside(writerAt(options, written, kept, depth + 1));
  }

  function item(name: string, write: (inner: Writer) => void): void {
    const made = kept.of(name, options.toggled, () => {
      const within: Written = { lines: [], folds: new Map() };
      write(writerAt(options, within, kept, depth));
      return within;
    });
    for (const one of made.lines) lines.push(one);
    for (const [inner, toggled] of made.folds) folds.set(inner, toggled);
  }

  const self: Writer = {
    options,
    columns,
    line,
    text,
    fold,
    item,
    each: (name, count, label, write) => writeRange(self, name, 0, count, label, write),
    ends: (name, count, label, write) => {
      if (count <= GROUP + 2 * EDGE) {
        for (let place = 0; place < count; place++) write(self, place);
        return;
      }
      writeRange(self, name, 0, EDGE, label, write);
      self.fold(
        `${name}/middle`,
        label(EDGE, count - EDGE - 1),
        (inner) => writeRange(inner, name, EDGE, count - 2 * EDGE, label, write),
        { items: GROUP },
      );
      writeRange(self, name, count - EDGE, EDGE, label, write);
    },
  };
  return self;
}

function writeRange(
  writer: Writer,
  name: string,
  from: number,
  count: number,
  label: (first: number, last: number) => Line,
  write: (writer: Writer, place: number) => void,
): void {
  if (count <= GROUP) {
    for (let place = from; place < from + count; place++) {
      if (count < KEPT_LEAST) write(writer, place);
      else writer.item(`${name}[${place}]`, (one) => write(one, place));
    }
    return;
  }
  let size = GROUP;
  while (size * GROUP < count) size *= GROUP;
  for (let first = from; first < from + count; first += size) {
    const some = Math.min(size, from + count - first);
    writer.fold(
      `${name}/${size}@${first}`,
      label(first, first + some - 1),
      (inner) => writeRange(inner, name, first, some, label, write),
      { items: Math.min(some, GROUP) },
    );
  }
}

/** `items 101 to 200`. */
export function rangeLabel(what: string): (first: number, last: number) => Line {
  return (first, last) => [span(`${what} ${groupDigits(first + 1)} to ${groupDigits(last + 1)}`, "faint")];
}

function widthOf(line: Line): number {
  return line.reduce((cells, { text }) => cells + cellWidth(safe(text)), 0);
}
