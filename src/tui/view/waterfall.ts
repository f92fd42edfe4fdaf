/**
 * The waterfall: when the exchanges on the screen ran in relation to each other. All share one axis of time, from which the
 * times when nothing ran are cut down, so that a pause of an hour does not flatten the milliseconds around it. What sends,
 * waits and loads shows as such: pipelining, chains of round trips and a server that thinks can be told apart at a glance.
 */
import type { Micros } from "../../core/base/time.ts";
import type { Row } from "../rows/row.ts";
import type { Span, Style } from "./style.ts";

/** Gives the bar of a row. */
export type Waterfall = (row: Row) => readonly Span[];

interface Interval {
  readonly from: Micros;
  readonly to: Micros;
}

/** Of the time in which something ran, a pause takes at most this share. */
const PAUSE_SHARE = 0.06;

const SIGNS = {
  upload: "▒",
  wait: "─",
  download: "█",
  idle: "┄",
  none: " ",
  point: "•",
} as const;

/** The axis is made of the rows given: those on the screen. Exchanges in flight run until now. */
export function createWaterfall(rows: readonly Row[], now: Micros, columns: number): Waterfall {
  const place = axisOf(rows.map((row) => intervalOf(row, now)).filter((one) => one !== undefined));
  const cell = (at: Micros): number => Math.min(columns - 1, Math.max(0, Math.floor(place(at) * columns)));

  function bar(row: Row): readonly Span[] {
    const { exchange, atMicros } = row;
    if (exchange === undefined)
      return pieces([[cell(atMicros), cell(atMicros), SIGNS.point, pointStyle(row)]], columns);
    const end = exchange.endMicros ?? Math.max(now, atMicros);
    if (exchange.isIdle) return pieces([[cell(atMicros), cell(end), SIGNS.idle, "idle"]], columns);
    const { uploadMicros } = exchange;
    if (uploadMicros === undefined)
      return pieces([[cell(atMicros), cell(end), SIGNS.upload, "upload"]], columns);
    const sent = atMicros + uploadMicros;
    const first = exchange.waitMicros === undefined ? end : Math.min(end, sent + exchange.waitMicros);
    const loads = exchange.endMicros === undefined ? end > first : exchange.downloadMicros > 0;
    // Later phases are painted over earlier ones: the shortest download can be seen.
    return pieces(
      [
        [cell(atMicros), cell(sent), SIGNS.upload, "upload"],
        [cell(sent), cell(first), SIGNS.wait, "wait"],
        ...(loads ? ([[cell(first), cell(end), SIGNS.download, "download"]] as const) : []),
      ],
      columns,
    );
  }
  return bar;
}

type Piece = readonly [from: number, to: number, sign: string, style: Style];

/** Paints pieces over each other, and joins what looks alike. */
function pieces(painted: readonly Piece[], columns: number): readonly Span[] {
  const signs = new Array<string>(columns).fill(SIGNS.none);
  const styles = new Array<Style>(columns).fill("plain");
  for (const [from, to, sign, style] of painted) {
    signs.fill(sign, from, to + 1);
    styles.fill(style, from, to + 1);
  }
  const spans: { text: string; style: Style }[] = [];
  signs.forEach((sign, i) => {
    const style = styles[i] ?? "plain";
    const last = spans.at(-1);
    if (last?.style === style) last.text += sign;
    else spans.push({ text: sign, style });
  });
  return spans;
}

function pointStyle({ kind }: Row): Style {
  return kind === "defect" ? "defect" : kind === "push" || kind === "greeting" ? "push" : "faint";
}

/** What of a row counts as time in which something ran: idling does not. */
function intervalOf({ exchange, atMicros }: Row, now: Micros): Interval | undefined {
  if (exchange === undefined) return { from: atMicros, to: atMicros };
  if (exchange.isIdle) return { from: atMicros, to: atMicros };
  return { from: atMicros, to: Math.max(atMicros, exchange.endMicros ?? now) };
}

/** From times to places between 0 and 1. */
function axisOf(intervals: readonly Interval[]): (at: Micros) => number {
  const busy = joined(intervals);
  const [first] = busy;
  if (first === undefined) return () => 0;
  const ran = busy.reduce((sum, { from, to }) => sum + to - from, 0);
  const pause = Math.max(1, ran * PAUSE_SHARE);
  let length = 0;
  const stretches = busy.map((interval, i) => {
    const before = busy[i - 1];
    if (before !== undefined) length += Math.min(pause, interval.from - before.to);
    const start = length;
    length += interval.to - interval.from;
    return { ...interval, start };
  });
  const whole = Math.max(1, length);
  return (at) => {
    let start = 0;
    for (const stretch of stretches) {
      if (at < stretch.from) break;
      start = stretch.start + Math.min(at, stretch.to) - stretch.from;
    }
    return start / whole;
  };
}

function joined(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((one, other) => one.from - other.from);
  const busy: { from: number; to: number }[] = [];
  for (const { from, to } of sorted) {
    const last = busy.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else busy.push({ from, to });
  }
  return busy;
}
