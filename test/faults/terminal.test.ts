/** What happens to a real terminal, and to us because of one: signals, crashes, and one that takes nothing. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pty from "@lydell/node-pty";
import { createEmulator, type Emulator } from "../tui/emulator.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const child = `${JSON.stringify(process.execPath)} --import tsx test/faults/terminal-child.ts`;
const options = { skip: process.platform === "win32" ? "needs a POSIX terminal" : false };

interface Running extends Emulator {
  readonly process: pty.IPty;
  /** Waits until the screen shows a text. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  readonly ended: Promise<void>;
}

/** Runs a script of bash on a terminal. */
function run(script: string): Running {
  const emulator = createEmulator();
  const started = pty.spawn("bash", ["-c", script], {
    name: "xterm-256color",
    cols: 80,
    rows: 24,
    cwd: root,
    env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "" },
  });
  const output = emulator.output as unknown as NodeJS.WritableStream;
  started.onData((data) => output.write(data));
  const ended = new Promise<void>((resolve) => {
    started.onExit(() => resolve());
  });
  return {
    ...emulator,
    process: started,
    ended,
    shows: async (text) => {
      for (let tries = 0; tries < 400; tries++) {
        await emulator.settled();
        if (emulator.text().search(text) !== -1) return;
        await pause(25);
      }
      assert.fail(`the screen never showed ${text}:\n${emulator.text()}`);
    },
  };
}

const ENDS: Readonly<Record<string, { readonly code: number; readonly says: string }>> = {
  close: { code: 0, says: "left after close" },
  SIGTERM: { code: 7, says: "left after SIGTERM" },
  SIGINT: { code: 7, says: "left after SIGINT" },
  SIGHUP: { code: 7, says: "left after SIGHUP" },
  // Without handlers, and without closing.
  crash: { code: 1, says: "Error: a bug" },
  exit: { code: 3, says: "before" },
};

for (const [act, { code, says }] of Object.entries(ENDS)) {
  test(`after ${act} the terminal is as it was, with what was on it and is said`, options, async () => {
    const pristine = createEmulator().modes();
    const running = run(`echo before; ${child} ${act}; echo code:$?; stty -a; echo the end; read -r line`);
    await running.shows("the end");
    running.process.write("\n");
    await running.ended;
    await running.settled();
    assert.match(running.written(), /\x1b\[\?1049h[\s\S]*size 80x24 drawn[\s\S]*\x1b\[\?1049l/);
    const text = running.text();
    assert.match(text, new RegExp(`code:${code}\\b`));
    assert.ok(text.includes(says), text);
    assert.match(text, /(?<!-)\bicanon\b/);
    assert.match(text, /(?<!-)\becho\b/);
    assert.match(text, /(?<!-)\bisig\b/);
    assert.deepEqual(running.modes(), pristine);
  });
}

test("a new size of a real terminal is drawn", options, async () => {
  const running = run(`${child} stay`);
  await running.shows("size 80x24 drawn");
  running.process.resize(100, 30);
  await running.resize(100, 30);
  await running.shows("size 100x30 drawn");
  running.process.write("q");
  await running.ended;
});

test("C-z gives the terminal to the shell, and after fg everything is there again", options, async () => {
  const running = run(
    `set -m; ${child} stay; echo between; stty -a; read -r line; fg; echo code:$?; stty -a`,
  );
  await running.shows("drawn");
  running.process.write("\x1a");
  await running.shows("between");
  await running.shows(/(?<!-)\bicanon\b/);
  assert.ok(running.modes().includes("normal"));
  assert.ok(!running.modes().includes("?2004"));
  running.process.write("\n");
  await running.shows("size 80x24 drawn");
  for (const mode of ["alternate", "?2004", "?1006"]) assert.ok(running.modes().includes(mode), mode);
  running.process.write("q");
  await running.shows("code:0");
  running.process.write("\n");
  await running.ended;
});

test("a terminal that takes nothing holds up neither the loop nor memory", options, async () => {
  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  const file = join(folder, "result.json");
  const running = run(`${child} flood ${file}`);
  await running.shows("drawn");
  running.process.pause();
  for (let tries = 0; tries < 400 && !existsSync(file); tries++) await pause(25);
  const { lag, drawn, skipped, waiting } = JSON.parse(readFileSync(file, "utf8"));
  rmSync(folder, { recursive: true });
  running.process.resume();
  await running.ended;
  assert.ok(lag < 1000, `the loop was held up for ${lag} ms`);
  assert.ok(drawn > 20 && skipped > 10, `${drawn} drawn, ${skipped} left out`);
  assert.ok(waiting < 200_000, `${waiting} octets wait`);
});

test("a terminal that is closed is told, and takes nothing with it", options, async () => {
  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  const file = join(folder, "told");
  const running = run(`exec ${child} hangup ${file}`);
  await running.shows("drawn");
  await pause(200);
  (running.process as unknown as { destroy(): void }).destroy();
  for (let tries = 0; tries < 400 && !existsSync(file); tries++) await pause(25);
  await pause(100);
  assert.equal(readFileSync(file, "utf8"), "lost, closed, alive");
  rmSync(folder, { recursive: true });
});
