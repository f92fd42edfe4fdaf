import assert from "node:assert/strict";
import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MAIN, ON_TERMINAL, quoted, scriptOnTerminal } from "./on-terminal.ts";
import { run, temporaryFolder, until } from "./running.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));
const ENTRY = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A capture that is piped into a screen on a terminal, in a folder of its own; the pipe stays open. */
async function piped(t: TestContext) {
  const folder = temporaryFolder(t);
  const [pipe, pid] = [join(folder, "pipe"), join(folder, "pid")];
  const command = `( cd ${quoted(folder)}; echo $BASHPID > pid; exec ${quoted(process.execPath)} ${quoted(ENTRY)} view - --tui < pipe )`;
  const running = scriptOnTerminal(t, `mkfifo ${quoted(pipe)}; ${command}; echo "code:$?"; stty -a`);
  await until(() => existsSync(pipe));
  const writer = createWriteStream(pipe).on("error", () => {});
  t.after(() => writer.destroy());
  writer.write(readFileSync(DEMO));
  const isAlive = (): boolean => {
    try {
      return process.kill(Number(readFileSync(pid, "utf8")), 0);
    } catch {
      return false;
    }
  };
  return { folder, running, writer, isAlive };
}

test(
  "a capture that is piped in is looked at with the keys of the terminal, and never acts as keys",
  ON_TERMINAL,
  async (t) => {
    const { folder, running, writer } = await piped(t);
    const before = await running.shows(/36 exchanges/);
    // How much there is to come one cannot know.
    assert.match(before, /^ standard input .* reading {2}FOLLOW *$/m);
    running.process.write("gtE\rm");
    await running.shows(/◆.* E /);
    running.process.resize(100, 30);
    await running.resize(100, 30);
    writer.end();
    await running.shows(/^ standard input (?!.*reading)/m);
    running.process.write("q");
    const after = await running.ended();
    assert.match(after, /code:0[\s\S]* icanon[\s\S]* echo /);
    assert.deepEqual(readdirSync(folder).sort(), ["pid", "pipe"]);
  },
);

test("q ends it while the pipe stays open", ON_TERMINAL, async (t) => {
  const { running } = await piped(t);
  await running.shows(/36 exchanges/);
  running.process.write("q");
  assert.match(await running.ended(), /code:0/);
});

test("it ends where the terminal is gone", ON_TERMINAL, async (t) => {
  const { running, isAlive } = await piped(t);
  await running.shows(/36 exchanges/);
  assert.ok(isAlive());
  running.process.kill("SIGKILL");
  await until(() => !isAlive());
});

/** Ways to ask for a screen where there is no terminal for it, and what is said. */
const REFUSED: readonly (readonly [script: string, reason: RegExp])[] = [
  // Nothing is piped in: the keys would be the capture.
  [`${MAIN} view -`, /nothing is piped in/],
  [`${MAIN} view - --tui`, /nothing is piped in/],
  // A session of its own has no terminal to control it.
  [
    `${quoted(process.execPath)} -e 'process.exitCode = require("node:child_process").spawnSync(process.execPath, ["dist/cli/main.js", "view", "-", "--tui"], { detached: true, stdio: ["pipe", "inherit", "inherit"], input: "" }).status'`,
    /there is none to read keys from/,
  ],
];

for (const [script, reason] of REFUSED) {
  test(`refused: ${reason.source}, ${script.slice(-20)}`, ON_TERMINAL, async (t) => {
    const running = scriptOnTerminal(t, `${script}; echo "code:$?"`, { NODE_OPTIONS: "" }, [200, 24]);
    const text = await running.ended();
    assert.match(text, reason);
    assert.match(text, /ERR_TERMINAL_MISSING[\s\S]*code:2/);
  });
}

test("a screen that nobody could see is refused, live and over captures, from a pipe and from a file", async () => {
  for (const args of [
    ["view", "-", "--tui"],
    ["view", DEMO, "--tui"],
    ["proxy", "imap://127.0.0.1:1", "--listen", "imap://127.0.0.1:0", "--tui"],
  ]) {
    const { code, stdout, stderr } = await run(args, readFileSync(DEMO));
    assert.equal(code, 2, stderr);
    assert.match(stderr, /standard output is not one/);
    assert.equal(stdout, "");
  }
});
