/** A disk that is full: the recording ends, or leaves out what it must, the user is told, and the relay does not notice. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { observeCapture } from "../../src/index.ts";
import { until as eventually, fakeServer, temporaryFolder } from "../cli/running.ts";
import { collect, test } from "./whole.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/**
 * What a file may hold at most, by the system's own limit (`ulimit -f`), in blocks of 512 or 1024 octets: beyond it writes fail
 * as they do on a full disk.
 */
const BLOCKS = 128;
const COMMANDS = 400;

/** Says far more than a file may hold, in lines whose answers are as long. */
async function talk(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const got = collect(socket);
  await eventually(() => got.octets() > 0);
  const text = "x".repeat(500);
  socket.write(Array.from({ length: COMMANDS }, (_, at) => `a${at} NOOP ${text}\r\n`).join(""));
  await eventually(() => got.text().includes(`a${COMMANDS - 1} OK`));
  socket.end("z LOGOUT\r\n");
  await once(socket, "close");
}

/** Two connections one after the other, each of which overflows; gives what the user was told. */
async function record(context: TestContext, folder: string, to: string): Promise<string> {
  const ready = join(folder, "ready");
  const upstream = await fakeServer(context);
  // The CA is made here, too, and small enough.
  const command = `ulimit -f ${BLOCKS}; exec "$0" "$1" proxy imap://127.0.0.1:${upstream} --listen imap://127.0.0.1:0 --ca-dir "$2" --ready-file "$2/ready" --record "$3"`;
  const child = spawn("sh", ["-c", command, process.execPath, MAIN, folder, join(folder, to)], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  context.after(() => void child.kill("SIGKILL"));
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  await eventually(() => existsSync(ready) && readFileSync(ready, "utf8").endsWith("\n"));
  const port = Number(new URL(readFileSync(ready, "utf8").trim()).port);
  await talk(port);
  await eventually(() => /ended: /.test(told));
  await talk(port);
  child.kill("SIGTERM");
  const [code] = await once(child, "close");
  assert.equal(code, 0);
  return told;
}

async function exchangesIn(path: string): Promise<number> {
  let count = 0;
  for await (const { kind } of observeCapture(path)) if (kind === "exchange") count++;
  return count;
}

test("the recording ends with one error; what was written can be read", async (context) => {
  if (process.platform === "win32") return context.skip("no ulimit");
  const folder = temporaryFolder(context);
  const told = await record(context, folder, "day.imapcap");
  assert.equal(told.match(/error: /g)?.length, 1, told);
  assert.match(told, /Recording to .*day\.imapcap ended: .*EFBIG/);
  assert.ok((await exchangesIn(join(folder, "day.imapcap"))) > 20);
});

test("in a folder it ends for those whose files are full, and is told once", async (context) => {
  if (process.platform === "win32") return context.skip("no ulimit");
  const folder = temporaryFolder(context);
  mkdirSync(join(folder, "captures"));
  const told = await record(context, folder, "captures");
  assert.equal(told.match(/error: /g)?.length, 1, told);
  assert.match(told, /connection 1: Recording to .* ended: .*EFBIG.*Later connections/);
  const files = readdirSync(join(folder, "captures"));
  assert.equal(files.length, 2);
  for (const file of files) assert.ok((await exchangesIn(join(folder, "captures", file))) > 20);
});
