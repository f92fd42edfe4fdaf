/**
 * The dialogue: every line of both sides with the time since the command began, literals folded, and in their place what
 * else came of it: pushes, changes of state, defects. Long runs of equal responses stand as one line that can be opened.
 */
import type { Micros } from "../../core/base/time.ts";
import type { ResponseObservation } from "../../core/observation.ts";
import { formatCommand } from "../../core/text/command.ts";
import { formatOffset } from "../../core/text/duration.ts";
import { formatOctets, groupDigits } from "../../core/text/octets.ts";
import type { TranscriptRow } from "../../core/text/transcript.ts";
import { type Line, type Style, span } from "../view/style.ts";
import { attributionMark } from "./attribution.ts";
import { framedRows, framedStyle } from "./framed-rows.ts";
import { eventText } from "./header-lines.ts";
import { hiddenCommand, hiddenWord } from "./hide.ts";
import { literalLine, writeLiteral } from "./literal-lines.ts";
import { type Framed, literalFold, sortOf } from "./literals.ts";
import type { DecodedMail } from "./mail.ts";
import type { DialogueEntry, ExchangeMaterial, Material } from "./material.ts";
import { readingOrder, type Unit } from "./order.ts";
import { type Run, runsOf } from "./runs.ts";
import { responseName, subjectsOf } from "./subjects.ts";
import { rangeLabel, type Writer } from "./writer.ts";

const TIME_COLUMNS = 10;
const SIGN_COLUMNS = 2;
/** Lines that a line of the dialogue may take before the rest of it is folded. */
const ROW_LINES = 4;
/** Equal responses in a row that stand as one. */
const RUN = 12;

interface Page {
  readonly units: readonly Unit[];
  readonly runs: readonly Run[];
  /** What the times of the lines count from. */
  readonly fromMicros: Micros;
  readonly timeColumns: number;
  readonly mails: ReadonlyMap<string, DecodedMail>;
}

/** What the columns are, above those of an exchange. */
export function writeDialogueHead(writer: Writer, { kind }: Material): void {
  if (kind !== "exchange") return;
  const unit = span(`${"ms".padStart(TIME_COLUMNS)} `, "faint");
  writer.text([unit], "since it began; C: is the client, S: the server", "faint", { lines: 1 });
}

export function writeDialogue(writer: Writer, material: Material): void {
  const page = pageOf(material, writer.options.hidden);
  if (material.kind === "exchange") writeUnfinished(writer, page, material);
  const { runs } = page;
  if (runs.length === 0) writer.line([span("nothing was said", "faint")]);
  writer.ends("dialogue", runs.length, rangeLabel("lines"), (inner, place) => {
    const { first, count } = runs[place] ?? { first: 0, count: 0 };
    const unit = page.units[first];
    if (unit === undefined) return;
    if (count === 1) writeUnit(inner, page, unit);
    else writeRun(inner, page, page.units.slice(first, first + count));
  });
}

function pageOf(material: Material, hidden: boolean): Page {
  const dialogue = dialogueOf(material);
  const fromMicros =
    material.kind === "exchange" ? material.exchange.timings.sentMicros : (dialogue[0]?.atMicros ?? 0);
  const last = offset((dialogue.at(-1)?.atMicros ?? 0) - fromMicros);
  return {
    ...orderOf(dialogue, hidden),
    fromMicros,
    timeColumns: Math.max(TIME_COLUMNS, last.length),
    mails: material.mails,
  };
}

/** Of each dialogue, shown and hidden, once: a long one is looked at for every fold that is opened. */
const ORDERS = { shown: new WeakMap<object, Order>(), hidden: new WeakMap<object, Order>() };

type Order = Pick<Page, "units" | "runs">;

function orderOf(dialogue: readonly DialogueEntry[], hidden: boolean): Order {
  const orders = hidden ? ORDERS.hidden : ORDERS.shown;
  const known = orders.get(dialogue);
  if (known !== undefined) return known;
  const units = readingOrder(dialogue, (framed) => framedRows(framed, hidden));
  const order = { units, runs: runsOf(units, runKey, RUN) };
  orders.set(dialogue, order);
  return order;
}

function dialogueOf(material: Material): readonly DialogueEntry[] {
  if (material.kind === "exchange") return material.dialogue;
  const seen = material.response ?? material.observation;
  return isEntry(seen) ? [seen] : [];
}

/** A command is told of as a whole; until it has come, its first line is known from the exchange. */
function writeUnfinished(writer: Writer, page: Page, { exchange, dialogue }: ExchangeMaterial): void {
  if (dialogue.some((entry) => entry.kind === "request" && entry.role === "command")) return;
  const { command, timings } = exchange;
  const text = writer.options.hidden ? hiddenCommand(command) : formatCommand(command, 400);
  writer.text(
    [...timeOf(timings.sentMicros, page), span("C: ", "client")],
    `${command.tag} ${text}`,
    "client",
    {
      lines: ROW_LINES,
      tail: [span("  … not all of it has come", "faint")],
      about: [{ topic: "command", name: command.name }],
    },
  );
}

function isEntry(seen: { readonly kind: string }): seen is DialogueEntry {
  return ["request", "response", "push", "defect", "state", "notice"].includes(seen.kind);
}

/** Responses that look alike and of which nothing more is to be said. */
function runKey({ entry }: Unit): string | undefined {
  if (entry.kind !== "response" || entry.response.kind !== "data" || entry.defects.length > 0)
    return undefined;
  return `${entry.response.name} ${entry.attribution.certainty}`;
}

function writeRun(writer: Writer, page: Page, units: readonly Unit[]): void {
  const begin = units[0];
  const end = units.at(-1);
  if (begin?.entry.kind !== "response" || end === undefined) return;
  const octets = units.reduce(
    (sum, { entry }) => sum + (entry.kind === "response" ? entry.frame.octets : 0),
    0,
  );
  const name = responseName(begin.entry.response);
  const shown = writer.options.hidden ? hiddenWord(name) : name;
  const line: Line = [
    ...timeOf(begin.entry.frame.startMicros, page, SIGN_COLUMNS),
    span(`S: ${groupDigits(units.length)} ${shown}`, "server"),
    span(`, ${formatOctets(octets)} octets, until ${offset(end.entry.atMicros - page.fromMicros)}`, "faint"),
    ...markOf(begin.entry),
  ];
  const fold = `run/${begin.place}`;
  const inside = (inner: Writer): void =>
    inner.each(fold, units.length, rangeLabel(shown), (one, place) => {
      const unit = units[place];
      if (unit !== undefined) writeUnit(one, page, unit);
    });
  writer.fold(fold, line, inside, { about: subjectsOf(begin.entry) });
}

function writeUnit(writer: Writer, page: Page, { entry, place, row }: Unit): void {
  if (entry.kind === "request" || entry.kind === "response") {
    if (row !== undefined) writeRow(writer, page, entry, place, row.row, row.number);
    else {
      framedRows(entry, writer.options.hidden).forEach((each, number) => {
        writeRow(writer, page, entry, place, each, number);
      });
    }
    return;
  }
  const { sign, style } = SIGNS[entry.kind];
  const head = [...timeOf(entry.atMicros, page), span(sign, style)];
  writer.text(head, eventText(entry, writer.options), style, { lines: ROW_LINES, about: subjectsOf(entry) });
}

type Sign = { readonly sign: string; readonly style: Style };

const SIGNS: Readonly<Record<Exclude<DialogueEntry["kind"], "request" | "response">, Sign>> = {
  push: { sign: "S: * ", style: "push" },
  state: { sign: "> ", style: "state" },
  defect: { sign: "! ", style: "defect" },
  notice: { sign: "i ", style: "accent" },
};

function writeRow(
  writer: Writer,
  page: Page,
  framed: Framed,
  place: number,
  row: TranscriptRow,
  number: number,
): void {
  if (row.literal !== undefined) {
    writeFoldedLiteral(writer, page, framed, place, row);
    return;
  }
  const style = framedStyle(framed);
  const about = subjectsOf(framed);
  const tail = number === 0 && framed.kind === "response" ? markOf(framed) : [];
  const room = Math.max(20, writer.columns - page.timeColumns) * ROW_LINES;
  const long = row.text.length > room;
  const lines = long ? { lines: ROW_LINES } : {};
  writer.text(timeOf(row.atMicros, page), row.text, style, { about, tail, ...lines });
  if (!long) return;
  const all = [span(`all of its ${groupDigits(row.text.length)} characters`, "faint")];
  writer.fold(`row/${place}.${number}`, all, (inner) => inner.text([], row.text, style, { about }));
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
    [...timeOf(row.atMicros, page, SIGN_COLUMNS), ...literalLine(literal, sort, writer, arrival)],
    (inner) => writeLiteral(inner, literal, fold, sort, page.mails.get(fold)),
    { about: [{ topic: "notion", name: "literal" }] },
  );
}

function markOf({ attribution }: ResponseObservation): Line {
  const mark = attributionMark(attribution);
  return mark === undefined ? [] : [span("  "), mark];
}

/** `sign` cells are taken by the sign of a fold, so that times stand beneath each other. */
function timeOf(atMicros: Micros, { fromMicros, timeColumns }: Page, sign = 0): Line {
  return [span(`${offset(atMicros - fromMicros).padStart(timeColumns - sign)} `, "faint")];
}

function offset(micros: Micros): string {
  return `+${formatOffset(Math.max(0, micros))}`;
}
