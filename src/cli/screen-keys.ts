/**
 * Where the keys of a screen come from: a terminal, and nothing else. What is piped into the command is never taken for keys:
 * the octets of a capture would act as such.
 */
import { openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { ImapscopeError } from "../errors.ts";
import type { TerminalSource } from "../tui/terminal-types.ts";

export interface ScreenKeys {
  readonly input: TerminalSource;
  /** Gives up what was opened for them. May be called again. */
  readonly close: () => void;
}

/** What a command gives its screen. */
export interface ScreenGiven {
  readonly keys: ScreenKeys;
  /** Aborted where a person quits, or the terminal is gone. */
  readonly stopped: AbortController;
}

/** The controlling terminal of the process, whatever its standard input is. */
const CONTROLLING = "/dev/tty";

/**
 * Standard input where that is a terminal, else the controlling terminal.
 * @throws ImapscopeError ERR_TERMINAL_MISSING
 */
export function openKeys(): ScreenKeys {
  if (!process.stdout.isTTY) throw missing("standard output is not one");
  if (process.stdin.isTTY) return { input: process.stdin, close: () => undefined };
  const input = openControlling();
  return { input, close: () => input.destroy() };
}

/** For `-`: standard input is the capture, so that it must be something else than the terminal. */
export function openKeysBesideInput(): ScreenKeys {
  if (process.stdin.isTTY) throw missing("this one would be the capture (-): nothing is piped in");
  return openKeys();
}

function openControlling(): ReadStream {
  try {
    return new ReadStream(openSync(CONTROLLING, "r"));
  } catch {
    throw missing("there is none to read keys from");
  }
}

function missing(reason: string): ImapscopeError {
  return new ImapscopeError("ERR_TERMINAL_MISSING", { reason });
}
