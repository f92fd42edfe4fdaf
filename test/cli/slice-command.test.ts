import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, temporaryFolder } from "./running.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));

test("what is wanted goes into a new file, which is not replaced unless told so", async (t) => {
  const path = join(temporaryFolder(t), "small.imapcap");
  const args = ["slice", DEMO, path, "--connection", "2", "--connection", "3"];
  const { code, stderr } = await run(args);
  assert.equal(code, 0);
  assert.match(stderr, /wrote .*small\.imapcap, with 2 connections/);
  const connections = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).connection);
  assert.deepEqual([...new Set(connections)], [undefined, 2, 3]);
  assert.equal((await run(args)).code, 3);
  assert.equal((await run([...args, "--force"])).code, 0);
});

test("standard input and output, a filter and times", async () => {
  const { code, stdout } = await run(["slice", "-", "-", "--filter", "cmd:search"], readFileSync(DEMO));
  assert.equal(code, 0);
  assert.match(stdout, /UID SEARCH UNSEEN/);
  assert.doesNotMatch(stdout, /UID MOVE/);
  const timed = await run(["slice", DEMO, "-", "--from", "8.4s", "--until", "8.5s"]);
  assert.equal(timed.code, 0);
  assert.doesNotMatch(timed.stdout, /UID MOVE/);
});

test("what cannot be understood is a matter of usage, and where nothing is wanted no file is made", async (t) => {
  const path = join(temporaryFolder(t), "none.imapcap");
  for (const wrong of [
    ["--filter", "cmd:"],
    ["--from", "soon"],
    ["--connection", "0"],
  ]) {
    assert.equal((await run(["slice", DEMO, path, ...wrong])).code, 2, wrong.join(" "));
  }
  assert.equal((await run(["slice", DEMO, path, "--filter", "tag:nobody"])).code, 1);
  assert.ok(!existsSync(path));
});
