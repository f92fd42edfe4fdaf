/** The timings: a bar, what each time means, waits for continuations, and how fast the octets came. */
import type { Micros } from "../../core/base/time.ts";
import type { Exchange, Timings } from "../../core/exchange/exchange.ts";
import { padEnd, padStart } from "../../core/text/cells.ts";
import { formatDuration } from "../../core/text/duration.ts";
import { TIMING_TERMS, type TimingName } from "../../core/text/explain-terms.ts";
import { formatOctets, groupDigits } from "../../core/text/octets.ts";
import { verdictOf } from "../../core/text/verdict.ts";
import { type Line, span } from "../view/style.ts";
import type { Material } from "./material.ts";
import { isGapCut, PHASE_SIGNS, type Segment, segmentsOf, timingBar } from "./timing-bar.ts";
import { rangeLabel, type Writer } from "./writer.ts";

const NAME_COLUMNS = 14;
const VALUE_COLUMNS = 9;
const BAR_COLUMNS = 200;
const UNFINISHED = "It is in flight: what has begun and not ended is not measured yet.";

export function writeTimings(writer: Writer, material: Material): void {
  if (material.kind === "event") {
    writer.line([span("it took no time that could be measured: it is no exchange", "faint")]);
    return;
  }
  const { exchange } = material;
  const { timings } = exchange;
  const segments = segmentsOf(timings);
  if (segments.some(({ phase }) => phase !== "gap")) {
    const columns = Math.min(BAR_COLUMNS, writer.columns);
    writer.line(timingBar(segments, columns));
    writeLegend(writer, segments, isGapCut(segments, columns));
    if (exchange.end === "inFlight") writer.text([], UNFINISHED, "faint");
    const verdict = verdictOf(exchange);
    if (verdict !== undefined) writer.text([], verdict, "accent");
  } else writer.line([span("nothing has been measured yet", "faint")]);
  writer.line([]);
  for (const [name, micros] of rowsOf(timings)) writeTiming(writer, name, micros);
  writeContinuations(writer, timings.continuationMicros);
  writer.line([]);
  writeOctets(writer, exchange);
}

function writeLegend(writer: Writer, segments: readonly Segment[], isCut: boolean): void {
  const whole = segments.reduce((sum, { phase, micros }) => (phase === "gap" ? sum : sum + micros), 0);
  const legend: Line = segments.flatMap(({ phase, micros }) => {
    const { character, style } = PHASE_SIGNS[phase];
    const share = phase === "gap" ? "" : ` ${Math.round((100 * micros) / whole)} %`;
    return [span(`${character} `, style), span(`${TIMING_TERMS[phase].title}${share}   `, "faint")];
  });
  writer.line(legend);
  if (isCut) writer.text([span("// ", "faint")], "the gap was longer than it is drawn", "faint");
}

/** Times that there were, and those that there are to be. While IDLE runs neither side waits for the other. */
function rowsOf(timings: Timings): readonly (readonly [name: TimingName, micros: Micros | undefined])[] {
  const answered: readonly (readonly [TimingName, Micros | undefined])[] =
    timings.idleMicros === undefined
      ? [
          ["wait", timings.waitMicros],
          ["download", timings.downloadMicros],
        ]
      : [
          ["idle", timings.idleMicros],
          ["idleEnd", timings.idleEndMicros],
        ];
  return [
    ["gap", timings.gapMicros],
    ["upload", timings.uploadMicros],
    ...answered,
    ["total", timings.totalMicros],
  ];
}

function writeTiming(writer: Writer, name: TimingName, micros: Micros | undefined): void {
  writeRow(writer, name, micros === undefined ? "not yet" : formatDuration(micros));
}

function writeRow(writer: Writer, name: TimingName, value: string): void {
  const { title, words } = TIMING_TERMS[name];
  const head: Line = [
    span(padEnd(title, NAME_COLUMNS), "heading"),
    span(`${padStart(value, VALUE_COLUMNS)}  `, name === "total" ? "accent" : "plain"),
  ];
  writer.text(head, words, "faint", { about: [{ topic: "timing", name }] });
}

function writeContinuations(writer: Writer, waits: readonly Micros[]): void {
  if (waits.length > 0) {
    const sum = waits.reduce((whole, wait) => whole + wait, 0);
    writeRow(writer, "continuation", formatDuration(sum));
    writer.each("continuations", waits.length, rangeLabel("waits"), (inner, place) =>
      inner.line([
        span(padEnd(`  ${place + 1}`, NAME_COLUMNS)),
        span(padStart(formatDuration(waits[place] ?? 0), VALUE_COLUMNS)),
      ]),
    );
  }
}

function writeOctets(writer: Writer, { octets, timings, attributed }: Exchange): void {
  writeRow(writer, "roundTrips", String(timings.roundTrips));
  const rows: readonly (readonly [name: string, octets: number, micros: Micros | undefined])[] = [
    ["octets up", octets.clientToServer, timings.uploadMicros],
    ["octets down", octets.serverToClient, timings.downloadMicros],
  ];
  for (const [name, count, micros] of rows) {
    writeCount(writer, name, count, rateText(count, micros));
  }
  const untagged = attributed.certain + attributed.likely;
  const each = untagged === 0 ? 0 : Math.round(octets.serverToClient / untagged);
  writeCount(writer, "untagged", untagged, each === 0 ? "" : `${groupDigits(each)} octets each`);
}

function writeCount(writer: Writer, name: string, count: number, more: string): void {
  const head: Line = [
    span(padEnd(name, NAME_COLUMNS), "heading"),
    span(`${padStart(groupDigits(count), VALUE_COLUMNS)}  `),
  ];
  writer.text(head, more, "faint");
}

function rateText(octets: number, micros: Micros | undefined): string {
  if (micros === undefined || micros <= 0 || octets === 0) return "";
  return `in ${formatDuration(micros)}: ${formatOctets((octets * 1_000_000) / micros)} octets a second`;
}
