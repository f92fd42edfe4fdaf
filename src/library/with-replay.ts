/** A replay for the time of one function: closed whatever happens, and failed with the report where the client did else than recorded. */
import type { ReplayReport } from "../core/replay/report.ts";
import { reportText } from "../core/replay/report-text.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { ImapscopeError } from "../errors.ts";
import { type Replay, type ReplayOptions, replay } from "./replay.ts";

/**
 * Serves a capture while `use` runs, and gives what that gives.
 *
 * @throws ImapscopeError ERR_REPLAY_FAILED with the report as its message where a command had no recorded answer, or an exchange
 * went unused; its cause is what `use` threw. Else what `use` threw, and all of `replay`
 */
export async function withReplay<T>(
  capture: string | URL | Iterable<WireEvent>,
  use: (server: Replay) => T | Promise<T>,
  options: ReplayOptions = {},
): Promise<T> {
  const server = await replay(capture, options);
  let value: T;
  try {
    value = await use(server);
  } catch (cause) {
    const report = await server.close();
    // What is unused may be so because the test has ended early: then that is what failed.
    if (hasFailed(report)) throw failed(report, { cause });
    throw cause;
  }
  const report = await server.close();
  if (!report.passed) throw failed(report, {});
  return value;
}

function hasFailed({ counts }: ReplayReport): boolean {
  return counts.miss + counts.refused + counts.failed > 0;
}

function failed(report: ReplayReport, options: { readonly cause?: unknown }): ImapscopeError {
  return new ImapscopeError("ERR_REPLAY_FAILED", { report: reportText(report).trimEnd() }, options);
}
