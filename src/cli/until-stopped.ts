/** How a proxy comes to its end: signals, a terminal or a reader of stdout that is gone, and bugs. */
import { EXIT } from "../errors.ts";
import type { Interception } from "../library/interception.ts";
import { tellError } from "./tell.ts";
import { untilAborted } from "./until-aborted.ts";

/**
 * Waits for SIGINT or SIGTERM, or until the terminal or who reads stdout is gone. A second signal does not wait for clients.
 * SIGHUP to a process that records without having lost its terminal is for the recording.
 */
export function untilStopped(
  interception: Interception,
  stopped: AbortController,
  isHangup: () => boolean,
  giveBackTerminal: () => void,
): Promise<void> {
  const die = (error: unknown): never => {
    interception.saveNow();
    giveBackTerminal();
    tellError(error);
    process.exit(EXIT.bug);
  };
  process.on("uncaughtException", die);
  process.on("unhandledRejection", die);
  let signals = 0;
  const stop = (signal: NodeJS.Signals): void => {
    signals++;
    stopped.abort();
    if (signals < 2) return;
    interception.saveNow();
    giveBackTerminal();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", () => {
    if (isHangup()) stopped.abort();
    else void interception.rotate();
  });
  return untilAborted(stopped.signal);
}
