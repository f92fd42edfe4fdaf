/** What happens to a real terminal, and to us because of one: signals, crashes, and one that takes nothing. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ON_TERMINAL, type OnTerminal, quoted, scriptOnTerminal } from "../cli/on-terminal.ts";
import { until } from "../cli/running.ts";
import { scriptArguments } from "../script.ts";
import { createEmulator } from "../tui/emulator.ts";

const child = [process.execPath, ...scriptArguments("faults/terminal-child.ts")].map(quoted).join(" ");
const options = ON_TERMINAL;

/** Runs a script on a terminal with colours. */
function run(t: TestContext, script: string): OnTerminal {
  return scriptOnTerminal(t, script, { NO_COLOR: "" });
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
  test(`after ${act} the terminal is as it was, with what was on it and is said`, options, async (t) => {
    const pristine = createEmulator().modes();
    const running = run(t, `echo before; ${child} ${act}; echo code:$?; stty -a`);
    const text = await running.ended();
    assert.match(running.written(), /\x1b\[\?1049h[\s\S]*size 80x24 drawn[\s\S]*\x1b\[\?1049l/);
    assert.match(text, new RegExp(`code:${code}\\b`));
    assert.ok(text.includes(says), text);
    assert.match(text, /(?<!-)\bicanon\b/);
    assert.match(text, /(?<!-)\becho\b/);
    assert.match(text, /(?<!-)\bisig\b/);
    assert.deepEqual(running.modes(), pristine);
  });
}

test("a new size of a real terminal is drawn", options, async (t) => {
  const running = run(t, `${child} stay`);
  await running.shows(/size 80x24 drawn/);
  running.process.resize(100, 30);
  await running.resize(100, 30);
  await running.shows(/size 100x30 drawn/);
  running.process.write("q");
  await running.ended();
});

test("C-z gives the terminal to the shell, and after fg everything is there again", options, async (t) => {
  const running = run(
    t,
    `set -m; ${child} stay; echo between; stty -a; read -r line; fg; echo code:$?; stty -a`,
  );
  await running.shows(/drawn/);
  running.process.write("\x1a");
  await running.shows(/between/);
  await running.shows(/(?<!-)\bicanon\b/);
  assert.ok(running.modes().includes("normal"));
  assert.ok(!running.modes().includes("?2004"));
  running.process.write("\n");
  await running.shows(/size 80x24 drawn/);
  for (const mode of ["alternate", "?2004", "?1006"]) assert.ok(running.modes().includes(mode), mode);
  running.process.write("q");
  await running.shows(/code:0/);
  await running.ended();
});

test("a terminal that takes nothing holds up neither the loop nor memory", options, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  const file = join(folder, "result.json");
  const running = run(t, `${child} flood ${file}`);
  await running.shows(/drawn/);
  running.process.pause();
  // It would never come from a loop that is held up.
  const waiting = await until(() => linesIn(file));
  rmSync(folder, { recursive: true });
  running.process.resume();
  // What still waited is lost, so that nobody knows what the screen shows.
  running.process.write("\n");
  await running.exited;
  assert.ok(Number.parseInt(waiting, 10) < 200_000, waiting);
});

test("a terminal that is closed is told, and takes nothing with it", options, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "terminal-"));
  const file = join(folder, "told");
  const running = run(t, `exec ${child} hangup ${file}`);
  await running.shows(/drawn, hangups are heard/);
  (running.process as unknown as { destroy(): void }).destroy();
  assert.equal(await until(() => linesIn(file)), "lost, closed, alive\n");
  rmSync(folder, { recursive: true });
});

/** What a process wrote, once it has. */
function linesIn(path: string): string | undefined {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return text.endsWith("\n") ? text : undefined;
}
