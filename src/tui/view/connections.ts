/** The page of connections. */
import type { ConnectionId } from "../../core/base/leg.ts";
import type { Micros } from "../../core/base/time.ts";
import { clip, padEnd, padStart } from "../../core/text/cells.ts";
import { formatDuration } from "../../core/text/duration.ts";
import { formatOctets } from "../../core/text/octets.ts";
import { type Area, connectionRows, connectionsTop } from "../model/layout.ts";
import type { ConnectionRow } from "../rows/connection-table.ts";
import type { Canvas } from "./frame.ts";
import type { Style } from "./style.ts";

export interface ConnectionsView {
  readonly rows: readonly ConnectionRow[];
  readonly cursor: number;
  readonly picked: ReadonlySet<ConnectionId> | undefined;
  readonly nowMicros: Micros;
  readonly hidden: boolean;
}

interface Column {
  readonly heading: string;
  readonly width: number;
  /** Left out on narrower screens; what is left out stands beneath, of the connection that the cursor is on. */
  readonly from: number;
  readonly right?: boolean;
  readonly of: (row: ConnectionRow, view: ConnectionsView) => string;
}

const COLUMNS: readonly Column[] = [
  { heading: "#", width: 4, from: 0, of: ({ id }) => `#${id}` },
  { heading: "state", width: 16, from: 0, of: stateText },
  { heading: "user", width: 12, from: 0, of: ({ user }, { hidden }) => (hidden ? "" : (user ?? "")) },
  {
    ...{ heading: "mailbox", width: 16, from: 0 },
    of: ({ mailbox, readOnly }, { hidden }) =>
      hidden || mailbox === undefined ? "" : `${mailbox}${readOnly ? " (r/o)" : ""}`,
  },
  { heading: "client", width: 21, from: 150, of: ({ client }, { hidden }) => (hidden ? "" : client) },
  {
    ...{ heading: "upstream", width: 26, from: 180 },
    of: ({ upstream }, { hidden }) => (hidden ? "" : upstream),
  },
  {
    heading: "TLS client/server",
    width: 19,
    from: 125,
    of: ({ tls }) => `${tlsText(tls.client)} / ${tlsText(tls.server)}`,
  },
  { heading: "zip", width: 3, from: 125, of: ({ compressed }) => (compressed ? "yes" : "") },
  { heading: "exch", width: 5, from: 0, right: true, of: ({ exchanges }) => formatOctets(exchanges) },
  { heading: "fail", width: 4, from: 0, right: true, of: ({ failed }) => countText(failed) },
  { heading: "push", width: 4, from: 90, right: true, of: ({ pushes }) => countText(pushes) },
  { heading: "def", width: 4, from: 90, right: true, of: ({ defects }) => countText(defects) },
  { heading: "up", width: 5, from: 100, right: true, of: ({ up }) => formatOctets(up) },
  { heading: "down", width: 5, from: 0, right: true, of: ({ down }) => formatOctets(down) },
  {
    ...{ heading: "open", width: 7, from: 0, right: true },
    of: ({ openedMicros, closedMicros }, { nowMicros }) =>
      formatDuration(Math.max(0, (closedMicros ?? nowMicros) - openedMicros)),
  },
];

export function paintConnections(canvas: Canvas, area: Area, view: ConnectionsView): void {
  const columns = COLUMNS.filter(({ from }) => canvas.columns >= from);
  const heading = columns.map(({ heading: name, width, right }) => pad(name, width, right)).join(" ");
  canvas.text(0, area.y, `    ${heading}`, "heading");
  const top = connectionsTop(canvas, view.cursor, view.rows.length);
  view.rows.slice(top, top + connectionRows(canvas)).forEach((row, i) => {
    const y = area.y + 1 + i;
    const shown = view.picked === undefined || view.picked.has(row.id);
    canvas.text(0, y, view.picked === undefined ? "   " : shown ? "[x]" : "[ ]", "match");
    const texts = columns.map(({ width, right, of }) => pad(of(row, view), width, right)).join(" ");
    canvas.text(4, y, texts, styleOf(row));
    if (top + i === view.cursor) canvas.select(y);
  });
  const current = view.rows[view.cursor];
  if (current !== undefined) canvas.text(4, area.y + area.rows - 1, legsText(current, view), "faint");
  if (view.rows.length === 0) canvas.text(2, area.y + 2, "No client has connected yet.", "faint");
}

/** Both ends in full: the columns cut them, and narrow screens have no room for these columns. */
function legsText({ client, upstream, tls, compressed }: ConnectionRow, { hidden }: ConnectionsView): string {
  const [from, to] = hidden ? ["client", "server"] : [client, upstream];
  const legs = `${from} (${tlsText(tls.client)}) -> ${to} (${tlsText(tls.server)})`;
  return compressed ? `${legs}, compressed` : legs;
}

function styleOf({ closedMicros, failed, defects }: ConnectionRow): Style {
  if (closedMicros !== undefined) return "faint";
  return failed + defects > 0 ? "no" : "plain";
}

function pad(text: string, width: number, right: boolean | undefined): string {
  return right === true ? padStart(clip(text, width), width) : padEnd(text, width);
}

function stateText({ state, closedMicros, closedBy, inFlight }: ConnectionRow): string {
  if (closedMicros !== undefined) return `closed (${closedBy})`;
  const words = STATE_WORDS[state];
  return inFlight > 0 ? `${words} ~${inFlight}` : words;
}

const STATE_WORDS = {
  notAuthenticated: "not auth.",
  authenticated: "authenticated",
  selected: "selected",
  logout: "logout",
  unknown: "unknown",
} as const;

function tlsText(text: string): string {
  return text === "" ? "plain" : (text.split(" ")[0] ?? text);
}

function countText(count: number): string {
  return count === 0 ? "" : formatOctets(count);
}
