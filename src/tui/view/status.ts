/** The first line: what one is looking at, and how it stands; and the last: messages, or hints. */
import type { Micros } from "../../core/base/time.ts";
import { cellWidth, clip } from "../../core/text/cells.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { safe } from "../../core/text/safe.ts";
import { wrap } from "../../core/text/wrap.ts";
import { DOTS } from "../details/hide.ts";
import type { Facts } from "../model/facts.ts";
import type { State } from "../model/state.ts";
import type { Canvas } from "./frame.ts";
import { hintsOf } from "./help.ts";
import { type Line, type Span, type Style, span } from "./style.ts";

const TITLE_LEAST = 12;

export function paintStatus(canvas: Canvas, state: State, facts: Facts, titled: string): void {
  const title = state.hidden ? DOTS : titled;
  canvas.fill(0, 0, canvas.columns, " ", "bar");
  const right = rightWords(state, facts.behindMicros());
  const rightColumns = lengthOf(right);
  const room = Math.max(0, canvas.columns - rightColumns - 1);
  // What one looks at gives way to how it stands.
  const long = countWords(facts, true);
  const counts = cellWidth(title) + 3 + lengthOf(long) <= room ? long : countWords(facts, false);
  const columns = Math.max(TITLE_LEAST, room - lengthOf(counts) - 3);
  canvas.line(0, 0, [span(` ${clip(title, columns)}  `, "bar"), ...counts], room);
  canvas.line(canvas.columns - rightColumns, 0, right);
}

function lengthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}

function countWords({ rows, connections }: Facts, long: boolean): Line {
  const { exchanges, failed, defects } = rows.counts();
  const all = connections.all().length;
  const open = connections.open();
  const inFlight = rows.inFlight();
  return [
    span(`${open}/${all} ${long ? (all === 1 ? "connection " : "connections ") : ""}open  `, "bar"),
    span(`${groupDigits(exchanges)} ${exchanges === 1 ? "exchange" : "exchanges"}`, "bar"),
    ...(inFlight === 0 ? [] : [span(` ~${groupDigits(inFlight)}`, "bar")]),
    ...(failed === 0 ? [] : [span(`  x ${groupDigits(failed)}`, "bar")]),
    ...(defects === 0 ? [] : [span(`  ! ${groupDigits(defects)}`, "bar")]),
  ];
}

/** From then on it is worth a word that what is shown is not what is now. */
const BEHIND_MICROS = 1_000_000;

function rightWords(state: State, behindMicros: Micros): readonly Span[] {
  const { filter, picked, recording, pausedAt, following, hidden, reading } = state;
  const words: [text: string, style: Style][] = [];
  if (behindMicros >= BEHIND_MICROS) words.push([`BEHIND ${Math.floor(behindMicros / 1e6)} s`, "bar"]);
  if (reading !== undefined)
    words.push([reading === "unknown" ? "reading" : `reading ${percent(reading)}`, "bar"]);
  if (filter !== undefined) words.push([filterWords(filter, hidden), "bar"]);
  if (picked !== undefined)
    words.push([`#${[...picked].slice(0, 3).join(" #")}${picked.size > 3 ? " …" : ""}`, "bar"]);
  if (hidden) words.push(["HIDDEN", "bar"]);
  if (recording !== undefined) words.push(["REC", "bar"]);
  if (pausedAt !== undefined) words.push(["PAUSED", "bar"]);
  else if (following) words.push(["FOLLOW", "bar"]);
  return words.map(([text, style]) => span(` ${text} `, style));
}

function filterWords(
  { text, only, searching, matches }: NonNullable<State["filter"]>,
  hidden: boolean,
): string {
  const shown = hidden ? DOTS : text.length > 24 ? `${text.slice(0, 23)}…` : text;
  const far = searching === undefined ? "" : ` ${percent(searching)}`;
  return `${only ? "/" : "›"}${shown} (${groupDigits(matches)}${far})`;
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}

/** Lines of a message, over the last ones of what is shown. */
const MESSAGE_LINES = 4;

const MESSAGE_HIDDEN = "a message is hidden";

export function paintBottom(canvas: Canvas, state: State): void {
  const { columns, rows } = canvas;
  const { message, hidden } = state;
  if (message === undefined) {
    canvas.line(0, rows - 1, hintsOf(state, columns));
    return;
  }
  const text = hidden && message.names === true ? MESSAGE_HIDDEN : message.text;
  const lines = wrap(safe(text), columns - 2, MESSAGE_LINES);
  lines.forEach((line, i) => {
    const y = rows - lines.length + i;
    canvas.fill(0, y, columns, " ", "plain");
    canvas.text(1, y, line, message.bad ? "bad" : "accent");
  });
}
