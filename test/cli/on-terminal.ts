/** Runs the command line on a real terminal (a pty), with an emulator that shows what a person sees. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pty from "@lydell/node-pty";
import { createEmulator } from "../tui/emulator.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Where there are terminals. */
export const ON_TERMINAL = { skip: process.platform === "win32" ? "needs a POSIX terminal" : false };

export interface OnTerminal {
  readonly type: (keys: string) => void;
  /** Waits, at most twenty seconds, until the screen shows something. */
  readonly shows: (what: RegExp) => Promise<string>;
  /** The exit code, and what was left on the terminal. */
  readonly ended: Promise<{ readonly code: number; readonly text: string }>;
}

export function onTerminal(t: TestContext, args: readonly string[]): OnTerminal {
  const [cols, rows] = [100, 30];
  const emulator = createEmulator(cols, rows);
  const { COLORFGBG: _, IMAPSCOPE_BACKGROUND: __, ...environment } = process.env;
  const child = pty.spawn(process.execPath, [MAIN, ...args], {
    ...{ name: "xterm-256color", cols, rows },
    env: { ...environment, TERM: "xterm-256color", NODE_OPTIONS: "" },
  });
  t.after(() => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It is over already.
    }
  });
  const output = emulator.output as unknown as NodeJS.WritableStream;
  child.onData((data) => output.write(data));
  const ended = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    type: (keys) => child.write(keys),
    shows: async (what) => {
      for (let tries = 0; tries < 800; tries++) {
        await emulator.settled();
        if (what.test(emulator.text())) return emulator.text();
        await pause(25);
      }
      return assert.fail(`the screen never showed ${what}:\n${emulator.text()}`);
    },
    ended: ended.then(async (code) => {
      await emulator.settled();
      return { code, text: emulator.text() };
    }),
  };
}
