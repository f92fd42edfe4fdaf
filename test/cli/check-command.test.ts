import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, temporaryFolder } from "./running.ts";

const DEMO = fileURLToPath(new URL("../../demo/session.imapcap", import.meta.url));
const V1 = fileURLToPath(new URL("../captures/v1.imapcap", import.meta.url));

test("a capture without faults is told so, and ends with 0", async () => {
  const { code, stdout, stderr } = await run(["check", DEMO]);
  assert.deepEqual([code, stdout], [0, ""]);
  assert.match(stderr, /nothing wrong/);
});

test("faults are printed with their lines and what to do, and end with 1; as objects for scripts", async () => {
  const { code, stdout } = await run(["check", V1]);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /v1\.imapcap:17: error: connection 1: the literal .* 12 octets and has 13\n {4}Write \{13\}/,
  );
  const json = await run(["check", "--json", "-"], readFileSync(V1));
  assert.equal(json.code, 1);
  const [first] = json.stdout.split("\n").map((line) => line && JSON.parse(line));
  assert.deepEqual(
    [first.kind, first.file, first.line, first.problem],
    ["problem", "-", 17, "literal-length"],
  );
});

test("--fix writes into a new file, or over it, and says where it lacks a place", async (t) => {
  const folder = temporaryFolder(t);
  const mended = join(folder, "mended.imapcap");
  assert.equal((await run(["check", V1, mended, "--fix"])).code, 0);
  assert.equal((await run(["check", mended])).code, 0);
  assert.equal((await run(["check", V1, mended, "--fix"])).code, 3);
  const edited = join(folder, "edited.imapcap");
  writeFileSync(edited, readFileSync(V1));
  const inPlace = await run(["check", edited, "--fix", "--in-place"]);
  assert.equal(inPlace.code, 0);
  assert.match(inPlace.stderr, /repaired into .*edited\.imapcap: nothing is wrong with it/);
  assert.deepEqual(readFileSync(edited), readFileSync(mended));
  const nowhere = await run(["check", V1, "--fix"]);
  assert.deepEqual([nowhere.code, /ERR_REPAIR_NOWHERE/.test(nowhere.stderr)], [2, true]);
});

test("a file with records that cannot be read is left alone", async (t) => {
  const path = join(temporaryFolder(t), "broken.imapcap");
  writeFileSync(path, `${readFileSync(DEMO, "utf8")}not a record\n`);
  const before = readFileSync(path);
  const { code, stderr } = await run(["check", path, "--fix", "--in-place"]);
  assert.deepEqual([code, /ERR_CAPTURE_NOT_MENDED/.test(stderr)], [1, true]);
  assert.deepEqual(readFileSync(path), before);
});
