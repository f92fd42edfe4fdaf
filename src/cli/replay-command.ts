/** `imapscope replay`: serves a capture, tells what becomes of each command, and ends with a report. */
import { junitXml } from "../core/replay/junit.ts";
import { commandText, missLine } from "../core/replay/mismatch-text.ts";
import type { Sequence } from "../core/replay/part.ts";
import type { Outcome, Played } from "../core/replay/played.ts";
import { reportText } from "../core/replay/report-text.ts";
import { safe } from "../core/text/safe.ts";
import { EXIT } from "../errors.ts";
import { type Replay, replay } from "../library/replay.ts";
import { createOutput } from "../print/output.ts";
import { collectSoon } from "./collect-soon.ts";
import { tell, tellNotice } from "./tell.ts";
import { writeText } from "./text-file.ts";
import { untilAborted } from "./until-aborted.ts";

export interface ReplayCommandOptions {
  readonly listen?: readonly string[] | undefined;
  readonly plain: boolean;
  readonly match: "exact" | "canonical";
  readonly ignore?: readonly string[] | undefined;
  readonly sequence: Sequence;
  readonly speed?: number | undefined;
  readonly password?: string | undefined;
  readonly once: boolean;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly allowUnused: boolean;
  readonly junit?: string | undefined;
  readonly portFile?: string | undefined;
  readonly readyFile?: string | undefined;
  readonly name?: readonly string[] | undefined;
  readonly caDir?: string | undefined;
}

export async function runReplay(capture: string, options: ReplayCommandOptions): Promise<void> {
  collectSoon();
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const output = createOutput({
    stream: process.stdout,
    dropped: (lines) => `(${lines} lines were left out: nobody read them in time)\n`,
  });
  const running = await replay(capture, {
    ...options,
    names: options.name,
    timeoutMs: options.timeout,
    keepAlive: true,
    onNotice: tellNotice,
    onPlayed: (played) => output.write(`${playedLine(played)}\n`),
  });
  try {
    await tellReady(running, options);
    await (options.once
      ? Promise.race([untilAborted(stopped.signal), running.served()])
      : untilAborted(stopped.signal));
  } finally {
    const report = await running.close();
    process.exitCode = report.passed ? EXIT.ok : EXIT.mismatch;
    if (options.junit !== undefined)
      await writeText(options.junit, junitXml(report, capture), "ERR_REPORT_UNWRITABLE");
    await output.room();
    output.write(`\n${reportText(report)}`);
    await output.end();
  }
}

async function tellReady({ listening, caPath }: Replay, options: ReplayCommandOptions): Promise<void> {
  const urls = listening.map(({ url }) => url);
  for (const url of urls) tell(`imapscope: replaying on ${url}`);
  if (urls.some((url) => url.startsWith("imaps:"))) tell(`imapscope: clients must trust ${caPath}`);
  if (options.readyFile !== undefined)
    await writeText(options.readyFile, urls.map((url) => `${url}\n`).join(""), "ERR_REPORT_UNWRITABLE");
  if (options.portFile !== undefined) {
    await writeText(
      options.portFile,
      urls.map((url) => `${new URL(url).port}\n`).join(""),
      "ERR_REPORT_UNWRITABLE",
    );
  }
}

const MARKS: Readonly<Record<Outcome["kind"], string>> = {
  recorded: "=",
  synthesised: "~",
  refused: "!",
  miss: "!",
};

/** `1 a3 = SELECT INBOX (#12)`: client, tag, how it went, command, and of what the answer was made. */
function playedLine({ client, request, outcome }: Played): string {
  const { tag } = request.command;
  return safe(`${client} ${tag} ${MARKS[outcome.kind]} ${commandText(request)} (${words(outcome, request)})`);
}

function words(outcome: Outcome, request: Played["request"]): string {
  switch (outcome.kind) {
    case "recorded":
      return [`exchange ${outcome.step.id}`, ...(outcome.repeated ? ["again"] : []), ...outcome.altered].join(
        ", ",
      );
    case "synthesised":
      return `made up: ${outcome.how}`;
    case "refused":
      return `refused: ${outcome.why}`;
    case "miss":
      return missLine(request, outcome.mismatch);
  }
}
