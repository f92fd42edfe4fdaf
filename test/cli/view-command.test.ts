import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { run, start, temporaryFolder, until } from "./running.ts";

const HEAD = `{"type":"capture","version":1,"createdAt":"2026-11-22T19:00:00.000Z","createdBy":"test","redacted":["credentials"]}\n`;

function data(at: number, from: "client" | "server", text: string): string {
  return `${JSON.stringify({ type: "data", connection: 1, at, from, text: `${text}\r\n` })}\n`;
}

const OPEN = `{"type":"open","connection":1,"at":1,"client":"127.0.0.1:9","listener":"imap://127.0.0.1:143","upstream":"imap://h:143"}\n`;
const CAPTURE =
  HEAD +
  OPEN +
  data(2, "server", "* OK hi") +
  data(3, "client", "a1 NOOP") +
  data(5, "server", "a1 NO not now");

test("lines, JSON, verbose and transcript of a file", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, CAPTURE);
  assert.match((await run(["view", file])).stdout, /a1 +NO +NOOP/);
  assert.match((await run(["view", file, "-v"])).stdout, /\+2\.000 S: a1 NO not now/);
  assert.match((await run(["view", file, "--transcript"])).stdout, /C: a1 NOOP\nS: a1 NO not now/);
  const objects = (await run(["view", file, "--json"])).stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    objects.map((each) => each.kind),
    ["connection", "exchange"],
  );
});

test("from standard input and packed, whatever the name", async (t) => {
  const file = join(temporaryFolder(t), "x.txt");
  writeFileSync(file, gzipSync(CAPTURE));
  const plain = await run(["view", "-"], CAPTURE);
  assert.equal((await run(["view", file])).stdout, plain.stdout);
  assert.equal(plain.code, 0);
});

test("a filter is used, and one that cannot be read points at the column", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, CAPTURE);
  assert.doesNotMatch((await run(["view", file, "--filter", "status:ok"])).stdout, /NOOP/);
  assert.match((await run(["view", file, "--filter", "status:no wait>1ms"])).stdout, /NOOP/);
  const { code, stderr } = await run(["view", file, "--filter", "wait>soon"]);
  assert.equal(code, 2);
  assert.match(stderr, / {2}wait>soon\n {7}\^/);
});

test("what is no capture, too new or not there is said clearly", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  for (const [text, code] of [
    ["hello\n", "ERR_CAPTURE_NOT_ONE"],
    ["", "ERR_CAPTURE_NOT_ONE"],
    [HEAD.replace('"version":1', '"version":9'), "ERR_CAPTURE_TOO_NEW"],
  ] as const) {
    writeFileSync(file, text);
    const viewed = await run(["view", file]);
    assert.equal(viewed.code, 3, viewed.stderr);
    assert.match(viewed.stderr, new RegExp(code));
  }
  assert.match((await run(["view", "/nowhere/at/all"])).stderr, /ERR_CAPTURE_UNREADABLE/);
});

test("a file whose last record was cut off is shown up to there, and that is said", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, CAPTURE.slice(0, -20));
  const { code, stdout, stderr } = await run(["view", file]);
  assert.equal(code, 0);
  assert.match(stdout, /NOOP/);
  assert.match(stderr, /warning: line 5/);
});

test("--follow goes on as the file grows, until it is interrupted", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  writeFileSync(file, CAPTURE);
  const view = start(["view", file, "--follow"]);
  t.after(() => view.child.kill("SIGKILL"));
  await until(() => /a1 +NO/.test(view.stdout()));
  appendFileSync(file, data(9, "client", "a2 CHECK") + data(12, "server", "a2 OK yes"));
  await until(() => /a2 +OK +CHECK/.test(view.stdout()));
  view.child.kill("SIGINT");
  assert.equal((await view.ended).code, 0);
});

test("a large capture goes through a slow pipe without loss", async (t) => {
  const file = join(temporaryFolder(t), "x.imapcap");
  let text = HEAD + OPEN + data(2, "server", "* OK hi");
  for (let i = 0; i < 12_000; i++)
    text += data(3 + i, "client", `t${i} NOOP`) + data(3.5 + i, "server", `t${i} OK done`);
  writeFileSync(file, text);
  const view = start(["view", file]);
  view.child.stdout?.pause();
  await until(() => view.child.stdout?.readableLength !== 0 || undefined);
  view.child.stdout?.resume();
  const { stdout } = await view.ended;
  assert.equal(stdout.match(/ NOOP/g)?.length, 12_000);
  assert.ok(readFileSync(file).length > 0);
});
