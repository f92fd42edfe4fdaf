import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readText, writeText } from "../../src/cli/text-file.ts";
import { ImapscopeError } from "../../src/errors.ts";
import { temporaryFolder } from "./running.ts";

test("what was written is read, and of no file nothing", async (t) => {
  const path = join(temporaryFolder(t), "port");
  await writeText(path, "1143\n", "ERR_REPORT_UNWRITABLE");
  assert.equal(await readText(path, "ERR_UPSTREAM_CA_INVALID"), "1143\n");
  assert.equal(await readText(undefined, "ERR_UPSTREAM_CA_INVALID"), undefined);
});

test("what cannot be had is an error of the code that was asked for, with the reason", async (t) => {
  const path = join(temporaryFolder(t), "nowhere", "port");
  const failsWith = (code: string) => (error: unknown) =>
    error instanceof ImapscopeError && error.code === code && error.message.includes("ENOENT");
  await assert.rejects(readText(path, "ERR_UPSTREAM_CA_INVALID"), failsWith("ERR_UPSTREAM_CA_INVALID"));
  await assert.rejects(
    writeText(path, "", "ERR_READY_FILE_UNWRITABLE"),
    failsWith("ERR_READY_FILE_UNWRITABLE"),
  );
});

test("who finds the file finds all of it, also in place of one of before, and nothing is left beside it", async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, "port");
  writeFileSync(path, "1\n");
  const seen = new Set<string>();
  const watcher = watch(folder, () => seen.add(readFileSync(path, "latin1")));
  for (let port = 0; port < 200; port++) {
    await writeText(path, `${port}\n`, "ERR_REPORT_UNWRITABLE");
    seen.add(readFileSync(path, "latin1"));
  }
  watcher.close();
  assert.ok(!seen.has(""));
  assert.deepEqual(readdirSync(folder), ["port"]);
});

test("a link is written through, and a folder is no file", async (t) => {
  const folder = temporaryFolder(t);
  symlinkSync("port", join(folder, "link"));
  await writeText(join(folder, "link"), "1143\n", "ERR_REPORT_UNWRITABLE");
  assert.equal(readFileSync(join(folder, "port"), "latin1"), "1143\n");
  mkdirSync(join(folder, "folder"));
  await assert.rejects(writeText(join(folder, "folder"), "", "ERR_REPORT_UNWRITABLE"), /EISDIR/);
});
