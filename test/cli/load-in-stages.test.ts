import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { fakeServer, temporaryFolder, until } from "./running.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

test("64 file descriptors are enough to start and to serve", {
  skip: process.platform === "win32",
}, async (t) => {
  const upstream = await fakeServer(t);
  const command = `ulimit -n 64; exec "$0" "$1" proxy imap://127.0.0.1:${upstream} --listen imap://127.0.0.1:0 --ca-dir "$2"`;
  const child = spawn("/bin/sh", ["-c", command, process.execPath, MAIN, temporaryFolder(t)]);
  t.after(() => child.kill("SIGKILL"));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const url = await until(
    () => /listening on (\S+)/.exec(said)?.[1],
    () => said,
  );
  const client = connect(Number(new URL(url).port), "127.0.0.1");
  t.after(() => client.destroy());
  const greeting = await new Promise((resolve) => client.once("data", (octets) => resolve(String(octets))));
  assert.equal(greeting, "* OK [CAPABILITY IMAP4rev1] ready\r\n");
});
