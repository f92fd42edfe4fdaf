/** SIGHUP means two things: the terminal is gone, or, to a process without one, that files were moved away (logrotate). */
import { isatty } from "node:tty";

const STANDARD = [0, 1, 2];

/** A function that tells, whenever it is asked, whether a terminal that is there now is gone by then. */
export function hangupTest(isTerminal: (descriptor: number) => boolean = isatty): () => boolean {
  const terminals = STANDARD.filter(isTerminal);
  return () => terminals.some((descriptor) => !isTerminal(descriptor));
}

/**
 * Ends the process as the end of its terminal would have. At an exit of its own, Node wants to restore the terminal, and aborts
 * because there is none any more.
 */
export function endByHangup(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}
