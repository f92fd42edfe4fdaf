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
import type { DetailLine, DetailOptions } from "./material.ts";

/** Items that stand beside each other before they are put into groups of so many. */
const GROUP = 100;
/** Items that stand openly at either end. */
const EDGE = 50;
const INDENT = 2;
/** Cells that stay for text, however deep it stands. */
const LEAST_COLUMNS = 20;
/** Deeper levels stand no further to the right. */
const DEEPEST = 12;

export interface FoldOptions {
  readonly about?: readonly Subject[];
  /** Whether it is open at first. */
  readonly opened?: boolean;
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

export function writeDetails(options: DetailOptions, write: (writer: Writer) => void): readonly DetailLine[] {
  const lines: DetailLine[] = [];
  write(writerAt(options, lines, 0));
  return lines;
}

function writerAt(options: DetailOptions, lines: DetailLine[], depth: number): Writer {
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
    const open = options.toggled.has(name) !== (more.opened === true);
    const about = more.about === undefined || more.about.length === 0 ? {} : { about: more.about };
    lines.push({ line: [...before, span(open ? "▾ " : "▸ ", "faint"), ...head], fold: name, open, ...about });
    if (open) inside(writerAt(options, lines, depth + 1));
  }

  const self: Writer = {
    options,
    columns,
    line,
    text,
    fold,
    each: (name, count, label, write) => writeRange(self, name, 0, count, label, write),
    ends: (name, count, label, write) => {
      if (count <= GROUP + 2 * EDGE) {
        for (let place = 0; place < count; place++) write(self, place);
        return;
      }
      writeRange(self, name, 0, EDGE, label, write);
      self.fold(`${name}/middle`, label(EDGE, count - EDGE - 1), (inner) =>
        writeRange(inner, name, EDGE, count - 2 * EDGE, label, write),
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
    for (let place = from; place < from + count; place++) write(writer, place);
    return;
  }
  let size = GROUP;
  while (size * GROUP < count) size *= GROUP;
  for (let first = from; first < from + count; first += size) {
    const some = Math.min(size, from + count - first);
    writer.fold(`${name}/${size}@${first}`, label(first, first + some - 1), (inner) =>
      writeRange(inner, name, first, some, label, write),
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
