/** The command line itself on a real terminal: opened, driven, resized, ended in every way. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { exchangesOf } from "../../src/core/observe.ts";
import { captureEvents } from "../../src/files/capture-reader.ts";
import { caFolder } from "../ca-folder.ts";
import { MAIN, ON_TERMINAL, type OnTerminal, scriptOnTerminal } from "../cli/on-terminal.ts";
import { converse, fakeServer, temporaryFolder, until } from "../cli/running.ts";
import { createEmulator } from "../tui/emulator.ts";

const VIEW = `${MAIN} view demo/session.imapcap`;
const options = ON_TERMINAL;

/** Runs a script on a terminal with colours. */
function run(t: TestContext, script: string, environment: Record<string, string> = {}): OnTerminal {
  return scriptOnTerminal(t, script, { NO_COLOR: "", ...environment });
}

/** What stood on the terminal before stands there again, and it echoes and edits lines as it did. */
async function assertGivenBack(running: OnTerminal): Promise<void> {
  const text = await running.ended();
  assert.ok(/\x1b\[\?1049h[\s\S]*\x1b\[\?1049l/.test(running.written()), text);
  for (const word of ["icanon", "echo", "isig"]) assert.match(text, new RegExp(`(?<!-)\\b${word}\\b`), text);
  assert.deepEqual(running.modes(), createEmulator().modes());
}

test("a capture is looked at, resized, and left with a summary", options, async (t) => {
  const running = run(t, `echo before; ${VIEW}; echo code:$?; stty -a`);
  await running.shows(/36 exchanges.*FOLLOW[\s\S]*q quit/);
  running.process.write("gtE\r");
  await running.shows(/#1 +E +OK/);
  running.process.write("1");
  await running.shows(/C: E UID FETCH 8/);
  running.process.resize(120, 40);
  await running.resize(120, 40);
  await running.shows(/mailbox[\s\S]*1 dialogue[\s\S]*C: E UID FETCH 8/);
  running.process.resize(80, 24);
  await running.resize(80, 24);
  running.process.write("q");
  await assertGivenBack(running);
  assert.match(running.text(), /before[\s\S]*36 exchanges[\s\S]*code:0/);
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  test(`after ${signal} the terminal is as it was`, options, async (t) => {
    const file = join(temporaryFolder(t), "pid");
    const running = run(
      t,
      `echo before; bash -c 'echo $$ > ${file}; exec ${VIEW.replaceAll("'", '"')}'; echo code:$?; stty -a`,
    );
    await running.shows(/36 exchanges/);
    process.kill(Number(readFileSync(file, "utf8")), signal);
    await assertGivenBack(running);
    assert.match(running.text(), /before/);
  });
}

test("a bug that nobody catches gives the terminal back, and says what it was", options, async (t) => {
  const folder = temporaryFolder(t);
  const bug = join(folder, "bug.mjs");
  const pid = join(folder, "pid");
  // When the screen is there, however long that takes.
  writeFileSync(bug, 'process.on("SIGUSR2", () => { throw new Error("a bug of the test"); });');
  const running = run(
    t,
    `echo before; bash -c 'echo $$ > ${pid}; exec ${VIEW.replaceAll("'", '"')}'; echo code:$?; stty -a`,
    { NODE_OPTIONS: `--import ${bug}` },
  );
  await running.shows(/36 exchanges/);
  process.kill(Number(readFileSync(pid, "utf8")), "SIGUSR2");
  await assertGivenBack(running);
  assert.match(running.written().replace(/[\s\S]*\x1b\[\?1049l/, ""), /a bug of the test/);
});

test(
  "a proxy is watched, recorded from midway, and what was marked is saved; both read back",
  options,
  async (t) => {
    const folder = temporaryFolder(t);
    const upstream = await fakeServer(t);
    const ready = join(folder, "ready");
    const running = run(
      t,
      `${MAIN} proxy imap://127.0.0.1:${upstream} --listen imap://127.0.0.1:0 --ca-dir ${caFolder()} --ready-file ${ready}; echo code:$?; stty -a`,
    );
    await until(() => existsSync(ready) && readFileSync(ready, "utf8").includes("\n"), running.text);
    const port = Number(new URL(readFileSync(ready, "utf8").trim()).port);
    await running.shows(/0 exchanges[\s\S]*Nothing has happened yet/);
    const socket = await converse(port, ["a1 NOOP", "a2 NOOP"]);
    t.after(() => socket.destroy());
    await running.shows(/a2 +OK/);
    running.process.write(`R\x15${folder}/midway.imapcap\r`);
    await running.shows(/recording to/);
    for (const tag of ["a3", "a4"]) {
      socket.write(`${tag} NOOP\r\n`);
      await running.shows(new RegExp(`${tag} +OK`));
    }
    running.process.write(`R`);
    await running.shows(/recording ended/);
    socket.write("a5 NOOP\r\n");
    await running.shows(/a5 +OK/);
    running.process.write(`gta2\rmta4\rmS\x15${folder}/marked.imapcap\r`);
    await running.shows(/saved 2 rows/);
    running.process.write("q");
    await assertGivenBack(running);
    assert.deepEqual(await tagsOf(join(folder, "midway.imapcap")), ["a3", "a4"]);
    assert.deepEqual(await tagsOf(join(folder, "marked.imapcap")), ["a2", "a4"]);
  },
);

/** A proxy that is watched, with an exchange on it, and its process. */
async function watched(t: TestContext, environment: Record<string, string> = {}) {
  const folder = temporaryFolder(t);
  const [ready, pid] = [join(folder, "ready"), join(folder, "pid")];
  const upstream = `imap://127.0.0.1:${await fakeServer(t)}`;
  const proxy = `${MAIN} proxy ${upstream} --listen imap://127.0.0.1:0 --ca-dir ${caFolder()} --ready-file ${ready}`;
  const script = `echo before; (echo $BASHPID > ${pid}; exec ${proxy}); echo code:$?; stty -a`;
  const running = run(t, script, environment);
  await until(() => existsSync(ready) && readFileSync(ready, "utf8").includes("\n"), running.text);
  await running.shows(/0 exchanges/);
  const port = Number(new URL(readFileSync(ready, "utf8").trim()).port);
  const client = await converse(port, ["a1 NOOP"]);
  t.after(() => client.destroy());
  await running.shows(/a1 +OK/);
  return {
    running,
    folder,
    client,
    kill: (signal: NodeJS.Signals) => process.kill(Number(readFileSync(pid, "utf8")), signal),
  };
}

test(
  "a proxy that gets SIGTERM while it is watched leaves the terminal as it was, and a summary",
  options,
  async (t) => {
    const { running, client, kill } = await watched(t);
    for (const mode of ["alternate", "?1006"]) assert.ok(running.modes().includes(mode), mode);
    client.end();
    kill("SIGTERM");
    await assertGivenBack(running);
    assert.match(running.text(), /before[\s\S]*1 exchange[\s\S]*code:0/);
  },
);

test(
  "a bug of a proxy that nobody catches gives the terminal back, and says what it was",
  options,
  async (t) => {
    const bug = join(temporaryFolder(t), "bug.mjs");
    writeFileSync(bug, 'process.on("SIGUSR2", () => { throw new Error("a bug of the test"); });');
    const { running, kill } = await watched(t, { NODE_OPTIONS: `--import ${bug}` });
    kill("SIGUSR2");
    await assertGivenBack(running);
    assert.match(running.written().replace(/[\s\S]*\x1b\[\?1049l/, ""), /a bug of the test/);
    assert.match(running.text(), /before[\s\S]*code:[1-9]/);
  },
);

test(
  "on a light background the screen has colours for it, and they are gone afterwards",
  options,
  async (t) => {
    for (const environment of [{ COLORFGBG: "0;15" }, { IMAPSCOPE_BACKGROUND: "light", COLORFGBG: "15;0" }]) {
      const { running, client } = await watched(t, environment);
      // Dark ink on a light grey bar, and dark green for what is well.
      assert.equal(running.style(1, 0), "ink:234 paper:252");
      const y = running
        .text()
        .split("\n")
        .findIndex((line) => / a1 +OK /.test(line));
      const x = (running.text().split("\n")[y] ?? "").indexOf("OK");
      assert.match(running.style(x, y), /^(bold )?ink:22 paper:254$/);
      client.end();
      running.process.write("q");
      await assertGivenBack(running);
      assert.equal(running.style(1, 0), "");
    }
  },
);

test("without colours and with sixteen, statuses are told apart by words", options, async (t) => {
  for (const environment of [{ NO_COLOR: "1" }, { TERM: "linux" }, { TERM: "xterm-16color" }]) {
    const running = run(t, VIEW, environment);
    await running.shows(/36 exchanges/);
    running.process.write("gee");
    await running.shows(/x .*11 +NO /);
    assert.match(running.text(), / {2}10 +OK/);
    if ("NO_COLOR" in environment) assert.doesNotMatch(running.written(), /\x1b\[[\d;]*\b[34]8;5/);
    running.process.write("q");
    await running.ended();
  }
});

async function tagsOf(path: string): Promise<readonly string[]> {
  const events = [];
  for await (const event of captureEvents(path)) events.push(event);
  return exchangesOf(events).map(({ tag }) => tag);
}
