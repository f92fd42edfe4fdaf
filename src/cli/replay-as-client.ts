/** `imapscope replay --as-client`: plays the client of a capture against a real server, and compares. */
import type { Credentials } from "../core/replay/as-client-login.ts";
import { compareCaptures } from "../core/replay/compare-captures.ts";
import { comparisonLines } from "../core/replay/compare-text.ts";
import { EXIT } from "../errors.ts";
import { replayAsClient } from "../library/replay-as-client.ts";
import { tellNotice, tellRecorded } from "./tell.ts";
import { readText } from "./text-file.ts";

export interface AsClientCommandOptions {
  readonly connect?: string | undefined;
  readonly insecure: boolean;
  readonly upstreamCa?: string | undefined;
  readonly plainUpstream: boolean;
  readonly allowWrites: boolean;
  readonly record?: string | undefined;
  readonly force: boolean;
}

/** Ends with 0 where the server answers as it did, with 1 where it does not, or could not be asked. */
export async function runReplayAsClient(
  capture: string,
  upstream: string,
  options: AsClientCommandOptions,
): Promise<void> {
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  process.once("SIGTERM", () => stopped.abort());
  const { record, force, upstreamCa, ...asked } = options;
  const result = await replayAsClient(capture, {
    ...asked,
    upstream,
    upstreamCa: await readText(upstreamCa, "ERR_UPSTREAM_CA_INVALID"),
    credentials: credentialsOf(process.env),
    record: record === undefined ? undefined : { path: record, force, complete: true },
    signal: stopped.signal,
    onProblem: ({ line, message }) => {
      tellNotice({ level: "warning", text: `line ${line} of the capture: ${message}` });
    },
    onNotice: tellNotice,
  });
  for (const text of result.problems) tellNotice({ level: "warning", text });
  for (const note of result.notes) tellNotice({ level: "info", ...note });
  for (const failure of result.failures) tellNotice({ level: "error", ...failure });
  const comparison = compareCaptures(result.before, result.now, result.leftOut);
  process.stdout.write(`${comparisonLines(comparison).join("\n")}\n`);
  if (record !== undefined) tellRecorded(`the new session to ${record}`, false);
  process.exitCode = comparison.same && result.failures.length === 0 ? EXIT.ok : EXIT.mismatch;
}

/** They come through the environment, since others can see a command line. */
export function credentialsOf(env: Readonly<Record<string, string | undefined>>): Credentials | undefined {
  const user = env["IMAPSCOPE_USER"];
  const password = env["IMAPSCOPE_PASSWORD"];
  const token = env["IMAPSCOPE_TOKEN"];
  if (user === undefined || user === "") return undefined;
  if (token !== undefined && token !== "") return { user, secret: { kind: "token", value: token } };
  return password === undefined ? undefined : { user, secret: { kind: "password", value: password } };
}
