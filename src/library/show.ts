/** Observations as text, all at once: the same lines, JSON and transcript that the commands print. */
import type { Observation } from "../core/observation.ts";
import { createMatcher, type Matcher } from "../core/query/matcher.ts";
import { formatFilterError, parseFilter } from "../core/query/parse.ts";
import { ImapscopeError } from "../errors.ts";
import { createJsonPrinter } from "../print/json-printer.ts";
import { createLinePrinter } from "../print/line-printer.ts";
import { createTranscriptPrinter } from "../print/transcript-printer.ts";

export interface ShowOptions {
  /** A filter (docs/filter.md); by default everything. */
  readonly filter?: string;
}

export interface LinesOptions extends ShowOptions {
  /** The dialogue beneath each line. */
  readonly verbose?: boolean;
  /** Cells of a line; by default nothing is cut. */
  readonly columns?: number;
  readonly colour?: boolean;
  /** What the wall clock said at time 0; without it lines carry offsets. */
  readonly startedAt?: Date;
}

/**
 * Compiles a filter into a function that says of each observation whether it matches. It has memory: give it every
 * observation, in order, once.
 * @throws ImapscopeError ERR_FILTER_INVALID, whose message points at the column
 */
export function compileFilter(filter: string): Matcher {
  const parsed = parseFilter(filter);
  if (parsed.error === undefined) return createMatcher(parsed.filter);
  throw new ImapscopeError("ERR_FILTER_INVALID", { where: formatFilterError(filter, parsed.error) });
}

/**
 * A line for each exchange, push, change of state and so on, with a heading and a summary.
 * @throws ImapscopeError ERR_FILTER_INVALID
 */
export function formatLines(observations: Iterable<Observation>, options: LinesOptions = {}): string {
  const { verbose = false, columns = Number.POSITIVE_INFINITY, colour = false, startedAt } = options;
  const text: string[] = [];
  const printer = createLinePrinter({
    write: (lines) => text.push(lines),
    colour,
    columns,
    verbose,
    startedAt,
    ...matching(options),
  });
  for (const observation of observations) printer.print(observation);
  printer.finish();
  return text.join("");
}

/**
 * The documented JSON objects (docs/json.md), one a line.
 * @throws ImapscopeError ERR_FILTER_INVALID
 */
export function formatJsonLines(observations: Iterable<Observation>, options: ShowOptions = {}): string {
  const text: string[] = [];
  const printer = createJsonPrinter({ write: (lines) => text.push(lines), ...matching(options) });
  for (const observation of observations) printer.print(observation);
  return text.join("");
}

/**
 * The classic dialogue: `C:` and `S:` lines in the order in which they were seen.
 * @throws ImapscopeError ERR_FILTER_INVALID
 */
export function formatTranscript(observations: Iterable<Observation>, options: ShowOptions = {}): string {
  const text: string[] = [];
  const printer = createTranscriptPrinter({
    write: (lines) => text.push(lines),
    colour: false,
    previewLines: 0,
    ...matching(options),
  });
  for (const observation of observations) printer.print(observation);
  return text.join("");
}

function matching({ filter }: ShowOptions): { matches?: Matcher } {
  return filter === undefined ? {} : { matches: compileFilter(filter) };
}
