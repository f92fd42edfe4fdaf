import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Notice } from "../../src/index.ts";
import { intercept, observeCapture, type RecordOptions } from "../../src/index.ts";
import { caFolder } from "../ca-folder.ts";
import { converse, fakeServer, temporaryFolder } from "../cli/running.ts";

async function exchangesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const each of observeCapture(path)) {
    if (each.kind === "connection" && each.event.kind === "open") {
      names.push(each.event.midway ? "midway" : "open");
    }
    if (each.kind === "exchange") names.push(each.exchange.commandName);
  }
  return names;
}

async function interceptWith(
  context: import("node:test").TestContext,
  record: (folder: string) => RecordOptions,
) {
  const folder = temporaryFolder(context);
  const notices: Notice[] = [];
  const interception = await intercept({
    upstream: `imap://127.0.0.1:${await fakeServer(context)}`,
    listen: ["imap://127.0.0.1:0"],
    caDir: caFolder(),
    record: record(folder),
    onNotice: (notice) => notices.push(notice),
  });
  const port = Number(new URL(interception.listening[0]?.url ?? "").port);
  return { folder, notices, interception, port };
}

test("a capture that is moved away is followed by one that can be read on its own", async (t) => {
  const { folder, interception, port, notices } = await interceptWith(t, (dir) => ({
    path: join(dir, "day.imapcap"),
  }));
  const path = join(folder, "day.imapcap");
  const socket = await converse(port, ["a1 LOGIN alice canary7", "a2 SELECT INBOX"]);
  await interception.rotate();
  assert.match(notices[0]?.text ?? "", /day\.imapcap is still there/);
  renameSync(path, `${path}.1`);
  await interception.rotate();
  await new Promise((resolve) => {
    socket.once("data", resolve);
    socket.write("a3 NOOP\r\n");
  });
  await interception.close();
  assert.deepEqual(await exchangesIn(`${path}.1`), ["open", "LOGIN", "SELECT"]);
  assert.deepEqual(await exchangesIn(path), ["midway", "NOOP"]);
});

test("a folder gets a file for each connection", async (t) => {
  const { folder, interception, port } = await interceptWith(t, (dir) => ({ path: join(dir, "captures/") }));
  await converse(port, ["a1 NOOP"]);
  await converse(port, ["b1 LOGIN alice canary7", "b2 LOGOUT"]);
  await interception.close();
  const captures = join(folder, "captures");
  const all = await Promise.all(
    readdirSync(captures)
      .sort()
      .map((name) => exchangesIn(join(captures, name))),
  );
  assert.deepEqual(all, [
    ["open", "NOOP"],
    ["open", "LOGIN", "LOGOUT"],
  ]);
});

test("where nothing is recorded there is nothing to rotate", async () => {
  const interception = await intercept({
    upstream: "imap://127.0.0.1:1",
    listen: ["imap://127.0.0.1:0"],
    caDir: caFolder(),
  });
  await interception.rotate();
  await interception.close();
});

test("a file that cannot be made leaves out its connection, told once and not counted; later ones are recorded", async (t) => {
  const { folder, interception, port, notices } = await interceptWith(t, (dir) => ({
    path: join(dir, "captures/"),
  }));
  const captures = join(folder, "captures");
  rmdirSync(captures);
  for (const connection of [1, 2]) {
    await converse(port, [`a${connection} NOOP`]);
    while (interception.recorded() !== 0) await new Promise(setImmediate);
  }
  mkdirSync(captures);
  await converse(port, ["b1 LOGOUT"]);
  await interception.close();
  assert.equal(interception.recorded(), 1);
  assert.equal(notices.length, 1);
  assert.equal(notices[0]?.connection, 1);
  assert.match(notices[0]?.text ?? "", /^Recording to .* ended: there is no such file .* Later connections/);
  const names = readdirSync(captures);
  assert.deepEqual(await Promise.all(names.map((name) => exchangesIn(join(captures, name)))), [
    ["open", "LOGOUT"],
  ]);
});

test("where a capture cannot be followed, that is told, and the recording goes on", async (t) => {
  const { folder, interception, port, notices } = await interceptWith(t, (dir) => {
    mkdirSync(join(dir, "captures"));
    return { path: join(dir, "captures", "day.imapcap") };
  });
  const socket = await converse(port, ["a1 NOOP"]);
  renameSync(join(folder, "captures"), join(folder, "moved"));
  await interception.rotate();
  assert.match(notices[0]?.text ?? "", /^No new file could be begun.*goes on.*cannot be written/);
  await new Promise((resolve) => {
    socket.once("data", resolve);
    socket.write("a2 LOGOUT\r\n");
  });
  await interception.close();
  assert.deepEqual(await exchangesIn(join(folder, "moved", "day.imapcap")), ["open", "NOOP", "LOGOUT"]);
});
