/**
 * An exchange, or what else was seen, as text for a bug report: when, how it ended, how long it took and where that went, and
 * the dialogue with its times.
 */
import type { Micros } from "../core/base/time.ts";
import type { Exchange } from "../core/exchange/exchange.ts";
import type { Observation } from "../core/observation.ts";
import { formatDuration, formatOffset } from "../core/text/duration.ts";
import { formatEvent } from "../core/text/event.ts";
import { exchangeLabel } from "../core/text/exchange.ts";
import { safe } from "../core/text/safe.ts";
import { TRANSCRIPT, transcriptRows } from "../core/text/transcript.ts";
import { verdictOf } from "../core/text/verdict.ts";

const TIME_COLUMNS = 10;
/** Lines of a long literal. */
const PREVIEW_LINES = 20;

/** What was observed of one row, the end of an exchange last; `startedAt` is what the wall clock said at time 0. */
export function formatReport(observations: readonly Observation[], startedAt: Date | undefined): string {
  const end = observations.at(-1);
  if (end === undefined) return "";
  const exchange = end.kind === "exchange" ? end.exchange : undefined;
  const fromMicros = exchange?.timings.sentMicros ?? end.atMicros;
  const head = [`connection ${end.connection}, ${dateOf(fromMicros, startedAt)}`, ...headOf(exchange)];
  // A push within an exchange is told of as a response first, with its octets.
  const once = observations.filter((each, i) => {
    const before = observations[i - 1];
    return each.kind !== "push" || before?.kind !== "response" || before.response !== each.response;
  });
  return [...head, ...once.flatMap((each) => linesOf(each, fromMicros))].map((line) => `${line}\n`).join("");
}

function dateOf(micros: Micros, startedAt: Date | undefined): string {
  if (startedAt === undefined) return `${(micros / 1_000_000).toFixed(3)} s after the beginning`;
  return new Date(startedAt.getTime() + Math.floor(micros / 1000)).toISOString();
}

function headOf(exchange: Exchange | undefined): readonly string[] {
  if (exchange === undefined) return [];
  const { timings, mailbox } = exchange;
  const { totalMicros, uploadMicros, waitMicros, downloadMicros } = timings;
  const where = mailbox === undefined ? "" : ` in ${safe(mailbox)}`;
  const took = totalMicros === undefined ? "" : ` after ${formatDuration(totalMicros)}`;
  const phases: readonly (readonly [name: string, micros: Micros | undefined])[] = [
    ["upload", uploadMicros],
    ["wait", waitMicros],
    ["download", downloadMicros],
  ];
  const parts = phases.flatMap(([name, micros]) =>
    micros === undefined ? [] : [`${name} ${formatDuration(micros)}`],
  );
  const verdict = verdictOf(exchange);
  return [
    `${exchangeLabel(exchange)}${took}${where}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`,
    ...(verdict === undefined ? [] : [verdict]),
    `${"ms".padStart(TIME_COLUMNS)} since it began`,
  ];
}

function linesOf(observation: Observation, fromMicros: Micros): readonly string[] {
  switch (observation.kind) {
    case "request":
    case "response":
      return transcriptRows(observation.frame, { ...TRANSCRIPT, previewLines: PREVIEW_LINES }).map(
        ({ atMicros, text }) => lineOf(atMicros - fromMicros, text),
      );
    case "exchange":
    case "exchangeStarted":
      return [];
    case "push":
      return [lineOf(observation.atMicros - fromMicros, `S: * ${formatEvent(observation)}`)];
    default:
      return [lineOf(observation.atMicros - fromMicros, `${observation.kind}: ${formatEvent(observation)}`)];
  }
}

function lineOf(micros: Micros, text: string): string {
  return `${`+${formatOffset(Math.max(0, micros))}`.padStart(TIME_COLUMNS)} ${text}`;
}
