/** The options of everything that shows observations: proxy, view and demo alike. */
import { type Command, Option, type OptionValues } from "@commander-js/extra-typings";

export interface ShowOptions {
  readonly lines?: true | undefined;
  readonly json?: true | undefined;
  readonly transcript?: true | undefined;
  readonly verbose: boolean;
  readonly filter?: string | undefined;
}

/** Adds them to a command. */
export function addShowOptions<Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
) {
  return command
    .addOption(
      new Option("--lines", "a line for each exchange (the default)").conflicts(["json", "transcript"]),
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
