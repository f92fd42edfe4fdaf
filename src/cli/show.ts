/** Chooses how observations are shown: lines, JSON or a transcript, through a filter, to stdout. */
import type { Observation } from "../core/observation.ts";
import { compileFilter } from "../library/show.ts";
import { createJsonPrinter, formatDropped } from "../print/json-printer.ts";
import { createLinePrinter } from "../print/line-printer.ts";
import { createOutput, type Output } from "../print/output.ts";
import { createTranscriptPrinter } from "../print/transcript-printer.ts";
import type { ShowOptions } from "./show-options.ts";
import { takesColour } from "./tell.ts";

export interface Show {
  /** Takes every observation, in order. */
  readonly print: (observation: Observation) => void;
  /** Says that time has passed. */
  readonly tick: (nowMicros: number) => void;
  /** Resolves when stdout can take more: for those who can wait, such as the reader of a file. */
  readonly room: () => Promise<void>;
  /** Prints what belongs at the end, and waits until stdout has it all. */
  readonly finish: () => Promise<void>;
}

export interface ShowSettings {
  /** What the wall clock said at time 0. */
  readonly startedAt: Date | undefined;
  /** Called when nobody reads stdout any longer. */
  readonly onGone: () => void;
}

/**
 * Refuses a filter that cannot be read, before anything is begun: whatever it is that shows.
 * @throws ImapscopeError ERR_FILTER_INVALID
 */
export function checkFilter({ filter }: Pick<ShowOptions, "filter">): void {
  if (filter !== undefined) compileFilter(filter);
}

/** @throws ImapscopeError ERR_FILTER_INVALID */
export function createShow(options: ShowOptions, settings: ShowSettings): Show {
  const matches = options.filter === undefined ? () => true : compileFilter(options.filter);
  const colour = takesColour(process.stdout);
  const output = createOutput({
    stream: process.stdout,
    dropped:
      options.json === true
        ? formatDropped
        : (lines) => `... ${lines} lines were not shown: nobody took them in time\n`,
    onGone: settings.onGone,
  });
  const { write } = output;
  const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  if (options.json === true) return shown(createJsonPrinter({ write, matches }), output);
  if (options.transcript === true) {
    return shown(createTranscriptPrinter({ write, colour, previewLines: 0, matches }), output);
  }
  const { startedAt } = settings;
  return shown(
    createLinePrinter({ write, colour, columns, verbose: options.verbose, startedAt, matches }),
    output,
  );
}

interface Printer {
  readonly print: (observation: Observation) => void;
  readonly tick?: (nowMicros: number) => void;
  readonly finish?: () => void;
}

function shown(printer: Printer, output: Output): Show {
  return {
    print: printer.print,
    tick: printer.tick ?? (() => {}),
    room: () => output.room(),
    finish: async () => {
      printer.finish?.();
      await output.end();
    },
  };
}
