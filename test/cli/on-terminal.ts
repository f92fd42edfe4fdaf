/** Runs the command line, or a script, on a real terminal (a pty), with an emulator that shows what a person sees. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pty from "@lydell/node-pty";
import { createEmulator, type Emulator } from "../tui/emulator.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The command line, as a word or two of a shell. */
export const MAIN = `${quoted(process.execPath)} dist/cli/main.js`;

/** Where there are terminals. */
export const ON_TERMINAL = { skip: process.platform === "win32" ? "needs a POSIX terminal" : false };

export interface OnTerminal extends Emulator {
  readonly process: pty.IPty;
  /** Waits until the screen shows something, and gives all of it. */
  readonly shows: (what: RegExp) => Promise<string>;
  /** Waits until the script is over, and all that it left is on the screen, which is given. */
  readonly ended: () => Promise<string>;
  /** The shell is gone, whatever it left on the screen. */
  readonly exited: Promise<void>;
}

/** Who hangs up a terminal loses what it has not read: so the shell stays until its last word was seen. */
const OVER = "the script is over";
/** How long a busy machine may take for anything. */
const PATIENCE_MS = 60_000;

/** Runs a script of bash on a terminal, in the folder of the project. */
export function scriptOnTerminal(
  t: TestContext,
  script: string,
  environment: Readonly<Record<string, string>> = {},
  [cols, rows]: readonly [columns: number, rows: number] = [80, 24],
): OnTerminal {
  const emulator = createEmulator(cols, rows);
  const child = pty.spawn("bash", ["-c", `${script}\necho; echo ${OVER}; read -r line`], {
    ...{ name: "xterm-256color", cols, rows, cwd: ROOT },
    env: { ...process.env, TERM: "xterm-256color", ...environment },
  });
  let over = false;
  const exited = new Promise<void>((resolve) => {
    child.onExit(() => {
      over = true;
      resolve();
    });
  });
  t.after(() => {
    if (!over) child.kill("SIGKILL");
  });
  const output = emulator.output as unknown as NodeJS.WritableStream;
  child.onData((data) => output.write(data));

  async function shows(what: RegExp): Promise<string> {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await pause(15)) {
      await emulator.settled();
      if (what.test(emulator.text())) return emulator.text();
    }
    return assert.fail(`the screen never showed ${what}:\n${emulator.text()}`);
  }

  return {
    ...emulator,
    process: child,
    shows,
    exited,
    ended: async () => {
      const text = await shows(new RegExp(`^${OVER}$`, "m"));
      child.write("\n");
      await exited;
      return text;
    },
  };
}

export interface CommandOnTerminal {
  readonly type: (keys: string) => void;
  readonly shows: OnTerminal["shows"];
  /** The exit code, and what was left on the terminal. */
  readonly ended: () => Promise<{ readonly code: number; readonly text: string }>;
}

/** Runs `imapscope ARGS` on a terminal; its process id goes to a file, where one is named. */
export function onTerminal(
  t: TestContext,
  args: readonly string[],
  pidFile = "/dev/null",
): CommandOnTerminal {
  const command = `( echo $BASHPID > ${quoted(pidFile)}; exec ${MAIN} ${args.map(quoted).join(" ")} )`;
  const script = `unset COLORFGBG IMAPSCOPE_BACKGROUND; ${command}; echo "code:$?"`;
  const running = scriptOnTerminal(t, script, { NODE_OPTIONS: "" }, [100, 30]);
  return {
    type: (keys) => running.process.write(keys),
    shows: running.shows,
    ended: async () => {
      const text = await running.ended();
      return { code: Number(/^code:(\d+)$/m.exec(text)?.[1]), text };
    },
  };
}

/** As one word of a shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
