/**
 * The table with its connections side by side: a lane for each, in which what happened there stands at its time, so that one
 * sees what one client does and what another gets for it.
 */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import { clipStart, padStart } from "../../core/text/cells.ts";
import { formatDuration } from "../../core/text/duration.ts";
import { LANES_FROM } from "../model/lanes.ts";
import type { Area } from "../model/layout.ts";
import type { ConnectionRow, ConnectionTable } from "../rows/connection-table.ts";
import type { Row, RowKind } from "../rows/row.ts";
import type { Selection } from "../rows/selections.ts";
import type { Canvas } from "./frame.ts";
import { rowStyle, statusText, timeStyle } from "./row-style.ts";
import { type Line, span } from "./style.ts";
import { signOf, type TableView, wordsOf } from "./table.ts";

export interface LanesView extends TableView {
  /** Those with a lane of their own, from the left; all others share one behind these. */
  readonly lanes: readonly ConnectionId[];
  readonly connections: ConnectionTable;
}

interface Lane {
  readonly x: number;
  readonly columns: number;
  /** `undefined` where it is for all others. */
  readonly connection: ConnectionId | undefined;
  readonly heading: string;
  /** The mailbox that the heading names. */
  readonly mailbox: string | undefined;
}

const TIME_FROM = 3;
const TIME_COLUMNS = 12;
/** The line of its connection and a blank before the text, and a blank behind it. */
const FRAME_COLUMNS = 3;
const TAG_COLUMNS = 10;
const WAIT_HEADING = "wait";
const WAIT_COLUMNS = 7;

export function paintLanes(canvas: Canvas, area: Area, view: LanesView): void {
  if (area.rows <= 0) return;
  const rows = view.rows.slice(0, area.rows - 1);
  const lanes = lanesOf(canvas.columns, rows, view);
  canvas.text(TIME_FROM, area.y, "time", "heading");
  for (const { x, columns, heading } of lanes) {
    canvas.text(x, area.y, padStart(WAIT_HEADING, columns - 1), "heading");
    canvas.text(x, area.y, heading, "heading", columns - WAIT_HEADING.length - 2);
  }
  rows.forEach((row, i) => {
    paintRow(canvas, area.y + 1 + i, row, lanes, view);
    if (i === view.cursor) canvas.select(area.y + 1 + i);
  });
}

function lanesOf(columns: number, rows: readonly Row[], view: LanesView): readonly Lane[] {
  const { lanes: own, connections, hidden, nowMicros } = view;
  const moment = rows.at(-1)?.atMicros ?? nowMicros;
  const others = [...new Set(rows.map(({ connection }) => connection))].filter((id) => !own.includes(id));
  const width = Math.floor((columns - LANES_FROM) / (own.length + Math.sign(others.length)));
  const lanes = own.map((id, i): Lane => {
    const selection = connections.selectionAt(id, moment);
    const heading = hidden ? `#${id}` : headingOf(id, connections.get(id), selection);
    const x = LANES_FROM + i * width;
    return { x, columns: width, connection: id, heading, mailbox: selection?.mailbox };
  });
  if (others.length === 0) return lanes;
  const heading = `others: #${others.sort((one, other) => one - other).join(" #")}`;
  const x = LANES_FROM + own.length * width;
  return [...lanes, { x, columns: width, connection: undefined, heading, mailbox: undefined }];
}

/** Number, user, and mailbox, in parentheses where it is no longer selected; a client whose user is not known, by its address. */
function headingOf(
  id: ConnectionId,
  row: ConnectionRow | undefined,
  selection: Selection | undefined,
): string {
  const { user = "", client = "" } = row ?? {};
  const { mailbox = "", stands = true } = selection ?? {};
  const words = [`#${id}`, user, stands ? mailbox : `(${mailbox})`, user === "" ? client : ""];
  return words.filter((word) => word !== "").join(" ");
}

function paintRow(canvas: Canvas, y: number, row: Row, lanes: readonly Lane[], view: LanesView): void {
  canvas.text(0, y, view.marked(row) ? "◆" : view.matched(row) ? "›" : " ", "match");
  canvas.text(TIME_FROM, y, view.clock(row.atMicros), "faint", TIME_COLUMNS);
  const own = lanes.find(({ connection }) => connection === row.connection) ?? lanes.at(-1);
  for (const lane of lanes) {
    if (lane === own) paintIn(canvas, y, row, lane, view);
    else if (isThere(lane, row.atMicros, view)) canvas.text(lane.x, y, "│", "faint");
  }
}

function isThere({ connection }: Lane, at: Micros, { connections }: LanesView): boolean {
  return connection === undefined || connections.isOpenAt(connection, at);
}

function paintIn(canvas: Canvas, y: number, row: Row, lane: Lane, view: LanesView): void {
  const sign = signOf(row).trim();
  canvas.text(lane.x, y, sign === "" ? "├" : sign, rowStyle(row));
  const x = lane.x + 2;
  const room = lane.columns - FRAME_COLUMNS;
  const end = endOf(row, view);
  const words = Math.max(0, room - end.reduce((sum, { text }) => sum + text.length, 0));
  canvas.line(x, y, textOf(row, lane, view), words);
  canvas.line(x + words, y, end, room - words);
}

/** How an exchange ended, or goes on, and how long the server thought. */
function endOf(row: Row, { nowMicros }: LanesView): Line {
  const { exchange, atMicros } = row;
  if (exchange === undefined) return [];
  const { endMicros, uploadMicros, waitMicros } = exchange;
  const waits = endMicros === undefined && waitMicros === undefined && uploadMicros !== undefined;
  const wait = waits ? Math.max(0, nowMicros - atMicros - uploadMicros) : waitMicros;
  const text = padStart(wait === undefined ? "" : formatDuration(wait), WAIT_COLUMNS);
  return [
    span(` ${statusText(row, nowMicros)}`, rowStyle(row)),
    span(` ${text}`, waits ? "open" : timeStyle(wait, row)),
  ];
}

/** What the sign says of them is not said again, unless there are no words to say what happened. */
const NAMELESS: ReadonlySet<RowKind> = new Set(["push", "greeting", "state", "tls", "defect", "notice"]);

function textOf(row: Row, lane: Lane, view: LanesView): Line {
  const { connection, kind, label, main, mailbox } = row;
  const words = wordsOf(row, view);
  const whose = lane.connection === undefined ? [span(`#${connection} `, "faint")] : [];
  const isNamed = !NAMELESS.has(kind) || words.every(({ text }) => text === "");
  const name = isNamed ? [span(`${clipStart(label, TAG_COLUMNS)} `, rowStyle(row))] : [];
  const isElsewhere = mailbox !== "" && mailbox !== lane.mailbox && !main.includes(mailbox);
  const where = isElsewhere && !view.hidden ? [span(`  ${mailbox}`, "faint")] : [];
  return [...whose, ...name, ...words, ...where];
}
