/**
 * Observations as lines for people: one for an exchange when it is over, one for each push, change of state, TLS
 * handshake, defect, notice and end of a connection, and one for an exchange that takes long. With `verbose`, the
 * dialogue stands beneath: that of an exchange is kept until its line is printed, that of a push follows at once.
 */
import type { Micros } from "../core/base/time.ts";
import type { ExchangeId } from "../core/exchange/exchange.ts";
import type { Response } from "../core/imap/response.ts";
import type { Observation, RequestObservation, ResponseObservation } from "../core/observation.ts";
import { clip } from "../core/text/cells.ts";
import { TRANSCRIPT, type TranscriptRow, transcriptRows } from "../core/text/transcript.ts";
import { createClock } from "./clock.ts";
import { createDialogueBuffer } from "./dialogue-buffer.ts";
import { dialogueLines, looseLines } from "./dialogue-lines.ts";
import { eventRow, greetingRow } from "./event-row.ts";
import { exchangeRow, inFlightRow } from "./exchange-row.ts";
import { createInFlight } from "./in-flight.ts";
import { createLayout, type Row } from "./layout.ts";
import { createPalette } from "./palette.ts";
import { createTally } from "./tally.ts";

export interface LinePrinterOptions {
  /** Takes whole lines with their line ends. */
  readonly write: (text: string) => void;
  readonly colour: boolean;
  /** Cells of a line; Infinity where nothing is to be cut (a pipe, a file). At least 80 make sense. */
  readonly columns: number;
  /** Prints the dialogue beneath; those rows are not cut to the columns. */
  readonly verbose: boolean;
  /** What the wall clock said at time 0; without it lines carry offsets. */
  readonly startedAt: Date | undefined;
  /** Which observations to show (a matcher of core/query); all where it is left out. Called once for each, in order. */
  readonly matches?: (observation: Observation) => boolean;
}

export interface LinePrinter {
  /** Takes every observation, in order; those of the dialogue too. */
  readonly print: (observation: Observation) => void;
  /** Says that time has passed, so that a line can say what is in flight. */
  readonly tick: (now: Micros) => void;
  /** Prints the summary. */
  readonly finish: () => void;
}

/** Makes a printer with a memory of what is in flight. */
export function createLinePrinter(options: LinePrinterOptions): LinePrinter {
  const { write, verbose, matches = () => true } = options;
  const palette = createPalette(options.colour);
  const layout = createLayout(options.columns, palette);
  const clock = createClock(options.startedAt);
  const inFlight = createInFlight();
  const hidden = new Set<ExchangeId>();
  const dialogues = createDialogueBuffer();
  const tally = createTally();
  let headed = false;
  // Rows of a response that belongs to no exchange: its push comes next, and its line goes first.
  let held: Held | undefined;

  function writeRow(row: Row): void {
    if (!headed) write(`${layout.heading()}\n`);
    headed = true;
    write(`${layout.line(row)}\n`);
  }

  function tick(now: Micros): void {
    for (const { exchange, atMicros, runningMicros } of inFlight.due(now)) {
      if (!hidden.has(exchange.id)) writeRow(inFlightRow(exchange, clock(atMicros), runningMicros));
    }
  }

  function named(id: ExchangeId | undefined): string | undefined {
    const exchange = id === undefined ? undefined : inFlight.open(id);
    return exchange && `${exchange.tag} ${exchange.commandName}`;
  }

  function takeRequest({ exchange, frame }: RequestObservation, shown: boolean): void {
    const rows = transcriptRows(frame, TRANSCRIPT);
    if (exchange !== undefined && dialogues.add(exchange, rows)) return;
    if (shown) writeLoose(rows);
  }

  function takeResponse(observation: ResponseObservation, shown: boolean): void {
    const { attribution, atMicros, frame } = observation;
    const { certainty } = attribution;
    if (certainty === "greeting" && shown) writeRow(greetingRow(observation, clock(atMicros)));
    if (!verbose) return;
    const rows = transcriptRows(frame, TRANSCRIPT);
    const owner = attribution.exchange ?? attribution.candidates[0];
    if (owner !== undefined && dialogues.add(owner, certainty === "ambiguous" ? rows.map(doubtful) : rows))
      return;
    if (certainty !== "greeting") held = { response: observation.response, rows, shown };
    else if (shown) writeLoose(rows);
  }

  function writeLoose(rows: readonly TranscriptRow[]): void {
    for (const line of looseLines(rows, clock, palette)) write(`${line}\n`);
  }

  function writeHeld(shown = held?.shown ?? false): void {
    const rows = held?.rows ?? [];
    held = undefined;
    if (shown) writeLoose(rows);
  }

  function print(observation: Observation): void {
    const shown = matches(observation);
    if (!isBetween(observation)) writeHeld();
    tick(observation.atMicros);
    if (shown) tally.count(observation);
    switch (observation.kind) {
      case "exchangeStarted":
        inFlight.start(observation.exchange);
        if (!shown) hidden.add(observation.exchange.id);
        if (verbose) dialogues.open(observation.exchange.id);
        return;
      case "request":
        if (verbose) takeRequest(observation, shown);
        return;
      case "response":
        takeResponse(observation, shown);
        return;
      case "exchange": {
        const { exchange } = observation;
        inFlight.end(exchange.id);
        hidden.delete(exchange.id);
        const dialogue = verbose ? dialogues.take(exchange.id) : undefined;
        if (!shown) return;
        writeRow(exchangeRow(exchange, clock(observation.atMicros)));
        if (dialogue === undefined) return;
        const lines = dialogueLines(dialogue, exchange.timings.sentMicros, palette);
        for (const line of lines) write(`${line}\n`);
        return;
      }
      case "push":
        if (shown) writeRow(eventRow(observation, clock(observation.atMicros), named(observation.during)));
        if (held?.response === observation.response) writeHeld(shown);
        return;
      case "defect":
        if (shown) writeRow(eventRow(observation, clock(observation.atMicros), named(observation.exchange)));
        return;
      default:
        if (shown) writeRow(eventRow(observation, clock(observation.atMicros), undefined));
    }
  }

  return {
    print,
    tick,
    finish() {
      writeHeld();
      for (const line of tally.summary()) write(`${palette("faint", clip(line, options.columns))}\n`);
    },
  };
}

/** The dialogue of a response that belongs to no open exchange. */
interface Held {
  readonly response: Response;
  readonly rows: readonly TranscriptRow[];
  /** Whether to show it where it turns out to be no push. */
  readonly shown: boolean;
}

/** Whether it may stand between a response and the push that it is. */
function isBetween({ kind }: Observation): boolean {
  return kind === "push" || kind === "defect" || kind === "state" || kind === "notice";
}

/** Marks a row that may belong to another exchange as well. */
function doubtful(row: TranscriptRow): TranscriptRow {
  return { ...row, text: `${row.text} (?)` };
}
