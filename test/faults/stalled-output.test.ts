/** Who reads stdout stops reading: lines are dropped and counted, and the relay does not notice. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { caFolder } from "../ca-folder.ts";
import { until as eventually, fakeServer, temporaryFolder } from "../cli/running.ts";
import { collect, test } from "./whole.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

test("a stalled reader of stdout stalls nobody, and is told what it missed", async (context) => {
  const folder = temporaryFolder(context);
  const ready = join(folder, "ready");
  const child = spawn(
    process.execPath,
    [
      ...[MAIN, "proxy", `imap://127.0.0.1:${await fakeServer(context)}`, "--listen", "imap://127.0.0.1:0"],
      ...["--ca-dir", caFolder(), "--ready-file", ready, "--transcript"],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  context.after(() => void child.kill("SIGKILL"));
  await eventually(() => existsSync(ready) && readFileSync(ready, "utf8").endsWith("\n"));
  const client = connect(Number(new URL(readFileSync(ready, "utf8").trim()).port), "127.0.0.1");
  const got = collect(client);
  await eventually(() => got.octets() > 0);
  const count = 4000;
  const text = "x".repeat(1000);
  client.write(Array.from({ length: count }, (_, at) => `a${at} NOOP ${text}\r\n`).join(""));
  await eventually(() => got.text().includes(`a${count - 1} OK`));
  // Lines are made after relaying, a little in each turn of the event loop, and an answer is a turn: they are made by then.
  // Nobody has read a single one so far.
  for (let at = 0; at < 500; at++) {
    client.write(`b${at} NOOP\r\n`);
    await once(client, "data");
  }
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  child.kill("SIGTERM");
  client.end();
  await eventually(() => said.includes("Waiting for whoever reads the lines"));
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (lines: string) => {
    shown += lines;
  });
  await once(child, "close");
  assert.ok(/^\.\.\. \d+ lines were not shown: nobody took them in time$/m.test(shown));
  assert.ok(/^C: a0 NOOP/m.test(shown));
});
