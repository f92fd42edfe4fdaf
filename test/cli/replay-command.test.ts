/** `imapscope replay` as a script uses it: ports in files, a report at the end, exit codes. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { caFolder } from "../ca-folder.ts";
import { converse, run, start, temporaryFolder, until } from "./running.ts";

const CAPTURE = fileURLToPath(new URL("../captures/v1.imapcap", import.meta.url));
/** With exchanges that a client must send; the other one has only such that may be left out. */
const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));
const PLAIN = ["--listen", "imap://127.0.0.1:0", "--plain", "--once"];

async function replaying(context: TestContext, more: readonly string[], capture = CAPTURE) {
  const folder = temporaryFolder(context);
  const portFile = join(folder, "port");
  const junit = join(folder, "replay.xml");
  const process = start([
    ...["replay", capture, ...PLAIN, "--ca-dir", caFolder(), "--port-file", portFile, "--junit", junit],
    ...more,
  ]);
  await until(() => existsSync(portFile) && readFileSync(portFile, "utf8").endsWith("\n"), process.stderr);
  return { ...process, port: Number(readFileSync(portFile, "utf8")), junit };
}

test("serves one client, tells what became of each command, and ends with the report", async (context) => {
  const replay = await replaying(context, ["--allow-unused"]);
  const socket = await converse(replay.port, ["x1 NOOP"]);
  socket.end();
  const { code, stdout, stderr } = await replay.ended;
  assert.equal(code, 0);
  assert.match(stdout, /^1 x1 [=~] NOOP/m);
  assert.match(stdout, /^Replay passed\.$/m);
  assert.match(stderr, /^imapscope: replaying on imap:\/\/127\.0\.0\.1:\d+$/m);
  assert.match(readFileSync(replay.junit, "utf8"), /^<\?xml[\s\S]*failures="0"/);
});

test("ends with 1 where a command had no answer, and names it", async (context) => {
  const replay = await replaying(context, ["--allow-unused"]);
  const socket = await converse(replay.port, ["x1 NOOP"]);
  socket.write("x2 SELECT Nowhere\r\n");
  await once(socket, "data");
  socket.end();
  const { code, stdout } = await replay.ended;
  assert.equal(code, 1);
  assert.match(stdout, /^1 x2 ! SELECT Nowhere/m);
  assert.match(stdout, /^Replay failed: 1 command had no recorded answer\.$/m);
  assert.match(readFileSync(replay.junit, "utf8"), /failures="2"[\s\S]*SELECT Nowhere/);
});

test("serves as many clients as were recorded, one after the other, and ends with 1 where exchanges went unused", async (context) => {
  const replay = await replaying(context, [], DEMO);
  for (let client = 1; client <= 3; client++) (await converse(replay.port, ["x1 NOOP"])).end();
  const { code, stdout } = await replay.ended;
  assert.equal(code, 1);
  assert.match(stdout, /went unused/);
  assert.match(stdout, /^3 connections, 3 commands/m);
});

test("ends with 1 where no client comes in time", async (context) => {
  const args = ["replay", CAPTURE, ...PLAIN, "--ca-dir", temporaryFolder(context), "--timeout", "10ms"];
  const { code, stdout } = await run(args);
  assert.equal(code, 1);
  assert.match(stdout, /^Replay failed: No client came in 0\.01 s\.$/m);
});

const WRONG: readonly (readonly [name: string, args: readonly string[], code: number, says: RegExp])[] = [
  ["a capture that is not there", ["nowhere.imapcap"], 3, /ERR_CAPTURE_UNREADABLE/],
  ["a rule that is none", [CAPTURE, "--ignore", "nonsense"], 2, /ERR_IGNORE_RULE_INVALID/],
  ["a speed that is none", [CAPTURE, "--speed", "fast"], 2, /1x as recorded/],
  ["a time-out that is none", [CAPTURE, "--timeout", "60"], 2, /such as 30s/],
  [
    "a report of a played client",
    [CAPTURE, "--as-client", "--junit", "x"],
    2,
    /--junit.*cannot be used.*--as-client/,
  ],
  ["a client without a server", [CAPTURE, "--as-client"], 2, /ERR_UPSTREAM_MISSING/],
];

for (const [name, args, code, says] of WRONG) {
  test(`says what is wrong: ${name}`, async () => {
    const ended = await run(["replay", ...args, "--ca-dir", caFolder()]);
    assert.equal(ended.code, code);
    assert.match(ended.stderr, says);
  });
}
