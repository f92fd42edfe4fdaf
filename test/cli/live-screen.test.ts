import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { caFolder } from "../ca-folder.ts";
import { ON_TERMINAL, onTerminal } from "./on-terminal.ts";
import { converse, fakeServer, temporaryFolder, until } from "./running.ts";

function portIn(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const [line = ""] = readFileSync(path, "utf8").split("\n");
  return line === "" ? undefined : Number(new URL(line).port);
}

test("a recording keeps the notes that are made on the screen", ON_TERMINAL, async (t) => {
  const folder = temporaryFolder(t);
  const [capture, ready] = [join(folder, "day.imapcap"), join(folder, "ready")];
  const upstream = `imap://127.0.0.1:${await fakeServer(t)}`;
  const screen = onTerminal(t, [
    ...["proxy", upstream, "--listen", "imap://127.0.0.1:0", "--ca-dir", caFolder()],
    ...["--record", capture, "--ready-file", ready],
  ]);
  const port = await until(() => portIn(ready));
  await screen.shows(/0 connections/);
  const client = await converse(port, ["a1 NOOP", "a2 CHECK"]);
  await screen.shows(/a2 .*OK .*CHECK/);
  screen.type("R");
  await screen.shows(/recorded already, to .*day\.imapcap/);
  screen.type("gta1\r;polls\r");
  await screen.shows(/“polls”/);
  client.destroy();
  screen.type("q");
  assert.equal((await screen.ended()).code, 0);
  assert.match(readFileSync(`${capture}.notes`, "utf8"), /"label":"a1","comment":"polls"\}\n$/);
  const view = onTerminal(t, ["view", capture]);
  await view.shows(/a1 .*“polls”/);
});

test("in a folder notes stand beside the file of their connection", ON_TERMINAL, async (t) => {
  const folder = temporaryFolder(t);
  const [captures, ready] = [join(folder, "captures"), join(folder, "ready")];
  const upstream = `imap://127.0.0.1:${await fakeServer(t)}`;
  const screen = onTerminal(t, [
    ...["proxy", upstream, "--listen", "imap://127.0.0.1:0", "--ca-dir", caFolder()],
    ...["--record", `${captures}/`, "--ready-file", ready],
  ]);
  const port = await until(() => portIn(ready));
  await screen.shows(/0 connections/);
  const clients = [await converse(port, ["a1 NOOP"]), await converse(port, ["b1 CHECK"])];
  await screen.shows(/b1 .*OK .*CHECK/);
  for (const tag of ["a1", "b1"]) {
    screen.type(`gt${tag}\r;of ${tag}\r`);
    await screen.shows(new RegExp(`“of ${tag}”`));
  }
  for (const client of clients) client.destroy();
  screen.type("q");
  assert.equal((await screen.ended()).code, 0);
  const names = readdirSync(captures).sort();
  assert.deepEqual(
    names.map((name) => name.replace(/^.*-/, "")),
    ["0001.imapcap", "0001.imapcap.notes", "0002.imapcap", "0002.imapcap.notes"],
  );
  for (const [i, tag] of ["a1", "b1"].entries()) {
    assert.match(
      readFileSync(join(captures, names[i * 2 + 1] ?? ""), "utf8"),
      new RegExp(`^\\{.*"of ${tag}"\\}\n$`),
    );
  }
});

test("who has a recording moved away is told where its notes are", ON_TERMINAL, async (t) => {
  const folder = temporaryFolder(t);
  const [capture, ready, pid] = [join(folder, "day.imapcap"), join(folder, "ready"), join(folder, "pid")];
  const upstream = `imap://127.0.0.1:${await fakeServer(t)}`;
  const args = ["proxy", upstream, "--listen", "imap://127.0.0.1:0", "--ca-dir", caFolder()];
  const screen = onTerminal(t, [...args, "--record", capture, "--ready-file", ready], pid);
  const port = await until(() => portIn(ready));
  await screen.shows(/0 connections/);
  const client = await converse(port, ["a1 NOOP"]);
  await screen.shows(/a1 .*OK .*NOOP/);
  screen.type("gta1\rm");
  await screen.shows(/◆.* a1 /);
  renameSync(capture, `${capture}.1`);
  process.kill(Number(readFileSync(pid, "utf8")), "SIGHUP");
  await screen.shows(/move\s+that\s+along/);
  client.destroy();
  screen.type("q");
  const { code, text } = await screen.ended();
  assert.equal(code, 0);
  assert.match(text.replaceAll("\n", ""), /day\.imapcap\.notes: ?move that along/);
});

test("a recording that is begun on the screen keeps those of what it holds", ON_TERMINAL, async (t) => {
  const folder = temporaryFolder(t);
  const [capture, ready] = [join(folder, "part.imapcap"), join(folder, "ready")];
  const upstream = `imap://127.0.0.1:${await fakeServer(t)}`;
  const screen = onTerminal(t, [
    ...["proxy", upstream, "--listen", "imap://127.0.0.1:0", "--ca-dir", caFolder(), "--ready-file", ready],
  ]);
  const port = await until(() => portIn(ready));
  await screen.shows(/0 connections/);
  const before = await converse(port, ["a1 NOOP"]);
  await screen.shows(/a1 .*OK .*NOOP/);
  screen.type("gta1\rm");
  await screen.shows(/end with the screen/);
  screen.type(`R\x15${capture}\r`);
  await screen.shows(/recording to/);
  const during = await converse(port, ["b1 CHECK"]);
  screen.type("G");
  await screen.shows(/b1 .*OK .*CHECK/);
  screen.type("gtb1\rm");
  await screen.shows(/◆.* b1 /);
  before.destroy();
  during.destroy();
  screen.type("q");
  const { code, text } = await screen.ended();
  assert.equal(code, 0);
  assert.match(text.replaceAll("\n", ""), /recorded to .*part\.imapcap\. It holds no credentials/);
  const lines = readFileSync(`${capture}.notes`, "utf8").trim().split("\n");
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /"label":"b1"/);
});
