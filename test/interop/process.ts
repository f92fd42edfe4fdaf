/**
 * Runs the programs of the interop suite. Each runs in a process group of its own, so that it and whatever
 * it started end together, by their own id and never by name.
 */
import { type ChildProcess, spawn } from "node:child_process";

/** What a program that has ended left: its exit code (128 + signal when a signal ended it) and its output. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Written to the program's stdin, which is then closed. Without it stdin is empty. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** A program that goes on until it is stopped. */
export interface Running {
  readonly pid: number;
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when the program has ended, however it did. */
  readonly ended: Promise<Ended>;
  /** Sends the signal, waits, and kills the whole group if the program has not ended after ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** The environment every program gets: no locale, no proxy and no home of the person who runs the suite. */
const baseEnvironment = (): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin",
  LANG: "C.UTF-8",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
  TERM: "xterm",
});

/** Starts a program in its own process group. Rejects nowhere: a program that cannot start has `code` 127. */
export function start(command: string, args: readonly string[], options: RunOptions = {}): Running {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...baseEnvironment(), ...options.env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const ended = new Promise<Ended>((resolve) => {
    child.once("error", (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }));
    child.once("close", (code, signal) => {
      resolve({ code: code ?? (signal === "SIGKILL" ? 137 : 143), stdout, stderr });
    });
  }).finally(() => running.delete(child));
  return {
    pid: child.pid ?? -1,
    output: () => ({ stdout, stderr }),
    ended,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      const timer = setTimeout(() => killGroup(child), 10_000);
      const result = await ended;
      clearTimeout(timer);
      killGroup(child);
      return result;
    },
  };
}

/** Runs a program to its end. A program that takes longer than `timeoutMs` (120,000) is killed: code 137. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const program = start(command, args, options);
  const timer = setTimeout(() => signalGroup(program.pid, "SIGKILL"), options.timeoutMs ?? 120_000);
  try {
    return await program.ended;
  } finally {
    clearTimeout(timer);
    signalGroup(program.pid, "SIGKILL");
  }
}

/** Runs a program that has to succeed. Throws with its output otherwise. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const ended = await run(command, args, options);
  if (ended.code !== 0) {
    throw new Error(
      `${command} ${args.join(" ")} ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`,
    );
  }
  return ended.stdout;
}

const running = new Set<ChildProcess>();

function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** A test that fails or is interrupted must leave no server behind. */
process.once("exit", () => {
  for (const child of running) killGroup(child);
});
for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
