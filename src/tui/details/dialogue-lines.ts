/**
 * The dialogue: every line of both sides with the time since the command began, literals folded, and in their place what
 * else came of it: pushes, changes of state, defects. Long runs of equal responses stand as one line that can be opened.
 */
import type { Micros } from "../../core/base/time.ts";
import type { ResponseObservation } from "../../core/observation.ts";
import { formatOffset } from "../../core/text/duration.ts";
import type { Subject } from "../../core/text/explain.ts";
import { formatOctets, groupDigits } from "../../core/text/octets.ts";
import type { TranscriptRow } from "../../core/text/transcript.ts";
import { type Line, type Style, span } from "../view/style.ts";
import { framedRows, framedStyle } from "./framed-rows.ts";
import { eventText } from "./header-lines.ts";
import { literalLine, writeLiteral } from "./literal-lines.ts";
import { type Framed, literalFold, sortOf } from "./literals.ts";
import type { DecodedMail } from "./mail.ts";
import type { DialogueEntry, Material } from "./material.ts";
import { type Run, runsOf } from "./runs.ts";
import { responseName, subjectsOf } from "./subjects.ts";
import { rangeLabel, type Writer } from "./writer.ts";

const TIME_COLUMNS = 11;
/** Lines that a line of the dialogue may take before the rest of it is folded. */
const ROW_LINES = 4;
/** Equal responses in a row that stand as one. */
const RUN = 12;

interface Page {
  readonly entries: readonly DialogueEntry[];
  /** What the times of the lines count from. */
  readonly fromMicros: Micros;
  readonly mails: ReadonlyMap<string, DecodedMail>;
}

export function writeDialogue(writer: Writer, material: Material): void {
  const page = pageOf(material);
  const runs = runsOf(page.entries, runKey, RUN);
  if (runs.length === 0) writer.line([span("nothing was said", "faint")]);
  writer.ends("dialogue", runs.length, rangeLabel("lines"), (inner, place) => {
    const run = runs[place];
    if (run === undefined) return;
    if (run.count === 1) writeEntry(inner, page, run.first);
    else writeRun(inner, page, run);
  });
}

function pageOf(material: Material): Page {
  const { mails } = material;
  if (material.kind === "exchange") {
    const { dialogue, exchange } = material;
    return { entries: dialogue, fromMicros: exchange.timings.sentMicros, mails };
  }
  const { observation, response } = material;
  const framed = response ?? observation;
  const entries = isEntry(framed) ? [framed] : [];
  return { entries, fromMicros: framed.atMicros, mails };
}

function isEntry(seen: { readonly kind: string }): seen is DialogueEntry {
  return ["request", "response", "push", "defect", "state", "notice"].includes(seen.kind);
}

/** Responses that look alike and of which nothing more is to be said. */
function runKey(entry: DialogueEntry): string | undefined {
  if (entry.kind !== "response" || entry.response.kind !== "data" || entry.defects.length > 0)
    return undefined;
  return `${entry.response.name} ${entry.attribution.certainty}`;
}

function writeRun(writer: Writer, page: Page, { first, count }: Run): void {
  const begin = page.entries[first];
  const end = page.entries[first + count - 1];
  if (begin?.kind !== "response" || end?.kind !== "response") return;
  let octets = 0;
  for (let place = first; place < first + count; place++) {
    const entry = page.entries[place];
    if (entry?.kind === "response") octets += entry.frame.octets;
  }
  const name = responseName(begin.response);
  const line: Line = [
    ...timeOf(begin.frame.startMicros, page, 2),
    span(`S: ${groupDigits(count)} ${name}`, "server"),
    span(`, ${formatOctets(octets)} octets, until +${formatOffset(end.atMicros - page.fromMicros)}`, "faint"),
    ...markOf(begin),
  ];
  writer.fold(
    `run/${first}`,
    line,
    (inner) =>
      inner.each(`run/${first}`, count, rangeLabel(name), (one, place) =>
        writeEntry(one, page, first + place),
      ),
    { about: subjectsOf(begin) },
  );
}

function writeEntry(writer: Writer, page: Page, place: number): void {
  const entry = page.entries[place];
  if (entry === undefined) return;
  if (entry.kind === "request" || entry.kind === "response") writeFramed(writer, page, entry, place);
  else if (!(entry.kind === "push" && isTwin(page.entries[place - 1], entry))) {
    const { sign, style } = SIGNS[entry.kind];
    writer.text(
      [...timeOf(entry.atMicros, page), span(sign, style)],
      eventText(entry, writer.options),
      style,
      {
        lines: ROW_LINES,
        about: subjectsOf(entry),
      },
    );
  }
}

/** A push is told of twice, as a response and as a push; the first has its octets. */
function isTwin(before: DialogueEntry | undefined, entry: DialogueEntry): boolean {
  return before?.kind === "response" && entry.kind === "push" && before.response === entry.response;
}

type Sign = { readonly sign: string; readonly style: Style };

const SIGNS: Readonly<Record<Exclude<DialogueEntry["kind"], "request" | "response">, Sign>> = {
  push: { sign: "S: * ", style: "push" },
  state: { sign: "> ", style: "state" },
  defect: { sign: "! ", style: "defect" },
  notice: { sign: "i ", style: "accent" },
};

function writeFramed(writer: Writer, page: Page, framed: Framed, place: number): void {
  const rows = framedRows(framed, writer.options.hidden);
  const style = framedStyle(framed);
  const about = subjectsOf(framed);
  rows.forEach((row, i) => {
    const tail = i === 0 && framed.kind === "response" ? markOf(framed) : [];
    if (row.literal === undefined) writeRow(writer, page, row, `row/${place}.${i}`, style, about, tail);
    else writeFoldedLiteral(writer, page, framed, place, row);
  });
}

function writeRow(
  writer: Writer,
  page: Page,
  row: TranscriptRow,
  fold: string,
  style: Style,
  about: readonly Subject[],
  tail: Line,
): void {
  const head = timeOf(row.atMicros, page);
  const room = Math.max(20, writer.columns - TIME_COLUMNS) * ROW_LINES;
  if (row.text.length <= room) {
    writer.text(head, row.text, style, { about, tail });
    return;
  }
  writer.text(head, row.text, style, { about, tail, lines: ROW_LINES });
  writer.fold(fold, [span(`all of its ${groupDigits(row.text.length)} characters`, "faint")], (inner) =>
    inner.text([], row.text, style, { about }),
  );
}

function writeFoldedLiteral(
  writer: Writer,
  page: Page,
  framed: Framed,
  place: number,
  row: TranscriptRow,
): void {
  const literal = framed.frame.literals[row.literal ?? 0];
  if (literal === undefined) return;
  const fold = literalFold(place, row.literal ?? 0);
  const sort = sortOf(framed, literal);
  const [, arrival = ""] = /octets\}(.*)$/.exec(row.text) ?? [];
  writer.fold(
    fold,
    [...timeOf(row.atMicros, page, 2), ...literalLine(literal, sort, writer, arrival)],
    (inner) => writeLiteral(inner, literal, fold, sort, page.mails.get(fold)),
    { about: [{ topic: "notion", name: "literal" }] },
  );
}

/** Only what is not certain is marked: most is. */
function markOf({ attribution: { certainty, candidates } }: ResponseObservation): Line {
  switch (certainty) {
    case "likely":
      return [span("  ~ likely its own", "faint")];
    case "ambiguous":
      return [span(`  ? one of ${candidates.length} commands`, "faint")];
    case "unsolicited":
      return [span("  « push", "push")];
    default:
      return [];
  }
}

/** `sign` cells are taken by the sign of a fold, so that times stand beneath each other. */
function timeOf(atMicros: Micros, { fromMicros }: Page, sign = 0): Line {
  const time = `+${formatOffset(Math.max(0, atMicros - fromMicros))}`;
  return [span(`${time.padStart(TIME_COLUMNS - 1 - sign)} `, "faint")];
}
