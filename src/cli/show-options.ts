/** The options of everything that shows observations: proxy, view and demo alike. */
import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";
import type { Depth } from "../core/observer/context.ts";

export interface ShowOptions {
  readonly tui?: true | undefined;
  readonly lines?: true | undefined;
  readonly json?: true | undefined;
  readonly transcript?: true | undefined;
  readonly verbose: boolean;
  readonly filter?: string | undefined;
}

/**
 * How deep the observer has to look for what is shown. Lines alone tell of exchanges: they need nothing of the single FETCH
 * responses, which are nearly all that a server sends.
 */
export function depthOf({ json, transcript, verbose, filter }: ShowOptions): Depth {
  return json === true || transcript === true || verbose || filter !== undefined ? "full" : "skim";
}

/** Whether a person looks: on a terminal, unless something else was asked for. */
export function wantsScreen(options: ShowOptions): boolean {
  if (options.tui === true) return true;
  const { lines, json, transcript, verbose } = options;
  const other = lines === true || json === true || transcript === true || verbose;
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env["TERM"] !== "dumb";
  return !other && isTerminal;
}

/** Adds them to a command. */
export function addShowOptions<Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
) {
  return command
    .addOption(
      new Option(
        "--tui",
        "the whole screen: look inside, find, explain (the default on a terminal)",
      ).conflicts(["lines", "json", "transcript", "verbose"]),
    )
    .addOption(
      new Option("--lines", "a line for each exchange (the default elsewhere)").conflicts([
        "json",
        "transcript",
      ]),
    )
    .addOption(
      new Option("--json", "an object a line, for scripts").conflicts(["lines", "transcript", "verbose"]),
    )
    .addOption(
      new Option("--transcript", "the dialogue itself: C: and S: lines").conflicts([
        "lines",
        "json",
        "verbose",
      ]),
    )
    .option("-v, --verbose", "print the dialogue beneath each line", false)
    .option("--filter <filter>", "show only what matches: 'cmd:fetch status:no wait>500ms' (docs/filter.md)");
}
